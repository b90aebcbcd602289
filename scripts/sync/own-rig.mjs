import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { endRigAfterUs } from "../after-us.mjs";

const root = path.join(import.meta.dirname, "../..");
/** The command `vj` of this checkout. */
export const vj = path.join(root, "apps/cli/bin/vj.js");

/**
 * Starts a whole rig in folders of its own, with the demo track and these settings of sync_bridge.
 * @param {Record<string, unknown>} settings
 * @param {(place: (name: string) => string) => Record<string, string>} [envOf] more of the environment; `place` is a path in the folder of the rig
 */
export async function startRig(settings, envOf = () => ({})) {
  const dir = mkdtempSync(path.join(tmpdir(), "vj-sync-"));
  const isEnded = endRigAfterUs(dir, vj);
  const place = (/** @type {string} */ name) => path.join(dir, name);
  mkdirSync(place("config"));
  writeFileSync(place("config/sync_bridge.json"), JSON.stringify(settings));
  const full = {
    ...process.env,
    VJ_BUS_DIR: place("bus"),
    VJ_CONFIG_DIR: place("config"),
    VJ_DATA_DIR: place("data"),
    VJ_CACHE_DIR: place("cache"),
    VJ_AUDIO_SOURCE: "demo",
    VJ_OSC_TARGETS: "127.0.0.1:19000",
    ...envOf(place),
  };
  await run(["up"], full);
  await run(["start", "sync_bridge"], full);
  return {
    dir,
    /** The part of a protocol in the state of sync_bridge. @param {string} protocol @returns {Promise<Record<string, any>>} */
    state: async (protocol) => JSON.parse(await run(["send", "sync_bridge", "get_state"], full)).data[protocol],
    stop: async () => {
      await run(["down"], full);
      rmSync(dir, { recursive: true, force: true });
      isEnded();
    },
  };
}

/** Runs `vj`. @param {string[]} args @param {NodeJS.ProcessEnv} env @returns {Promise<string>} what it printed */
function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vj, ...args], { env, stdio: ["ignore", "pipe", "inherit"] });
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (out += text));
    child.on("error", reject);
    child.on("close", () => resolve(out));
  });
}
