// For `pnpm pack:check`: the `vj` of a global install, used in a folder that depends on somebody's worker.
import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Installs `@vj/cli` under a prefix of its own, and the worker of `examples/worker-js` into a folder. There, `vj up` finds the worker
 * and lists it; it runs once it is started by name.
 * @param {{ root: string, work: string, env: Readonly<Record<string, string>>, run: typeof import("./commands.mjs").run }} options
 *   `work` is an empty folder; `env` is that of the registry.
 * @throws Error when a program fails or says something else
 */
export function checkGlobalBesideWorker({ root, work, env, run }) {
  const prefix = path.join(work, "prefix");
  const project = path.join(work, "show");
  const example = path.join(work, "smoke-js");
  for (const folder of [prefix, project]) mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, "examples/worker-js"), example, { recursive: true });
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "show", private: true }));
  const quietly = ["--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", "--prefer-offline"];
  run("npm", ["install", "--global", "--prefix", prefix, ...quietly, "@vj/cli"], work, env);
  run("npm", ["install", "--install-links", ...quietly, example], project, env);

  const folders = ["bus", "config", "data", "cache"].map((name) => [`VJ_${name.toUpperCase()}_DIR`, path.join(work, name)]);
  const rig = { ...env, ...Object.fromEntries(folders), VJ_AUDIO_SOURCE: "demo", VJ_OSC_TARGETS: "127.0.0.1:9", VJ_WORKERS: "", CI: "true" };
  /** @param {string[]} args */
  const vj = (...args) => run(path.join(prefix, "bin/vj"), args, project, rig);
  try {
    vj("up", "--only", "osc_debugger");
    assert.match(vj("status"), /^smoke +stopped .*switched off$/m, "the worker of the folder is listed, and off");
    vj("start", "smoke");
    assert.match(vj("status"), /^smoke +running /m, "the worker runs once it is started by name");
    vj("send", "smoke", "puff", "amount=0.8");
  } finally {
    vj("down");
  }
}
