// A registry on loopback, with its files in a folder of its own: ours are published there, all others come from npm's own registry.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterUs } from "../after-us.mjs";
import { run } from "./commands.mjs";

/** Verdaccio must answer this long after its start, ms. */
const startMs = 60_000;

/**
 * Starts verdaccio.
 * @param {{ program: string, folder: string }} options `folder` is empty
 * @returns {Promise<{ url: string, env: Record<string, string>, close: () => Promise<void> }>} `env` makes npm, pnpm and yarn use it, with
 *   caches of their own
 */
export async function startRegistry({ program, folder }) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  mkdirSync(folder, { recursive: true });
  const rest = run("npm", ["config", "get", "registry"], folder).trim();
  writeFileSync(path.join(folder, "config.yaml"), configOf(rest));
  writeFileSync(path.join(folder, "npmrc"), `registry=${url}\n//127.0.0.1:${port}/:_authToken=nobody\n`);
  const child = spawn(process.execPath, [program, "-c", "config.yaml", "-l", `127.0.0.1:${port}`], { cwd: folder, stdio: "ignore" });
  const isEnded = afterUs('kill "$1"', String(child.pid));
  const close = async () => {
    isEnded();
    if (child.exitCode !== null || !child.kill()) return;
    await once(child, "exit");
  };
  for (const began = Date.now(); ; await wait(100)) {
    if (child.exitCode !== null) throw new Error(`verdaccio ended with ${child.exitCode}: see ${folder}/verdaccio.log`);
    if (await fetch(`${url}-/ping`).then(({ ok }) => ok, () => false)) break;
    if (Date.now() - began > startMs) {
      await close();
      throw new Error(`verdaccio does not answer: see ${folder}/verdaccio.log`);
    }
  }
  return { url, close, env: environment(url, folder) };
}

/** @param {string} rest address of the registry that has everything else */
const configOf = (rest) => `storage: ./storage
uplinks:
  rest: { url: "${rest}", maxage: 60m, timeout: 60s }
packages:
  "@vj/*": { access: $all, publish: $all }
  "**": { access: $all, proxy: rest }
max_body_size: 50mb
web: { enable: false }
log: { type: file, path: ./verdaccio.log, level: warn }
`;

/** @param {string} url @param {string} folder @returns {Record<string, string>} */
const environment = (url, folder) => ({
  npm_config_registry: url,
  npm_config_userconfig: path.join(folder, "npmrc"),
  npm_config_cache: path.join(folder, "npm-cache"),
  npm_config_store_dir: path.join(folder, "pnpm-store"),
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
  YARN_NPM_REGISTRY_SERVER: url,
  YARN_UNSAFE_HTTP_WHITELIST: "127.0.0.1",
  YARN_GLOBAL_FOLDER: path.join(folder, "yarn"),
  YARN_ENABLE_TELEMETRY: "0",
  YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port on 127.0.0.1");
  return address.port;
}
