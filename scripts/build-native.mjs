// Runs after each install: builds naudiodon (direct sound capture), the one dependency with native code, unless that was
// done for this Node. Never fails the install: without it sound comes through a program such as parec, or the demo track
// plays.
import { spawn, spawnSync } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { once } from "node:events";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const analyzer = path.join(root, "apps/audio-analyzer");
const logFile = path.join(root, "node_modules/.cache/vj-native-build.log");

/**
 * Output of the build, its meaning for a person, and the package that contains a missing program.
 * @type {readonly (readonly [pattern: RegExp, reason: string, missing?: string])[]}
 */
const causes = [
  [/find Python.*could not be|Could not find any Python/, "no Python 3 was found", "python3"],
  [/not found: make|spawn make ENOENT/, "no make was found", "make"],
  [/(g\+\+|c\+\+|gcc|cc|clang)[^\n]*(not found|No such file)/, "no C++ compiler was found", "g++"],
  [/network connectivity|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|response downloading/, "the headers of Node could not be fetched from nodejs.org"],
  [/find VS/, "no Visual Studio build tools were found"],
];

await main();

async function main() {
  const folders = findFolders();
  if (folders === undefined || loads()) return;
  if (process.arch !== "x64" && !(process.platform === "linux" && process.arch === "arm")) {
    say(`it brings no PortAudio for ${process.platform} on ${process.arch}`, "");
    return;
  }
  mkdirSync(path.dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  await once(log, "open");
  const codes = await Promise.all(folders.map((folder) => build(folder, log)));
  log.end();
  await once(log, "finish");
  if (codes.every((code) => code === 0) && loads()) console.log("Direct sound capture (naudiodon) is built.");
  else explain(readFileSync(logFile, "utf8"));
}

/** The packages with native code; undefined where optional dependencies are left out. */
function findFolders() {
  try {
    const naudiodon = createRequire(path.join(analyzer, "package.json")).resolve("naudiodon/package.json");
    const segfaultHandler = createRequire(naudiodon).resolve("segfault-handler/package.json");
    return [naudiodon, segfaultHandler].map((manifest) => path.dirname(manifest));
  } catch {
    // Installed without optional dependencies.
    return undefined;
  }
}

function loads() {
  return spawnSync(process.execPath, ["-e", "require('naudiodon')"], { cwd: analyzer, stdio: "ignore" }).status === 0;
}

/** @param {string} folder @param {import("node:fs").WriteStream} log */
async function build(folder, log) {
  const nodeGyp = process.env["npm_config_node_gyp"];
  const command = nodeGyp === undefined ? "node-gyp" : process.execPath;
  const child = spawn(command, [...(nodeGyp === undefined ? [] : [nodeGyp]), "rebuild"], { cwd: folder, stdio: ["ignore", log, log], shell: nodeGyp === undefined });
  return new Promise((resolve) => child.on("error", (error) => resolve(log.write(`${error.message}\n`))).on("exit", resolve));
}

/** @param {string} output of the build */
function explain(output) {
  const known = causes.find(([pattern]) => pattern.test(output));
  const last = output.split("\n").findLast((line) => line.includes("gyp ERR! stack Error:"));
  const reason = known?.[1] ?? last?.replace(/.*Error: /, "") ?? "its build ended without a result";
  const missing = known?.[2];
  say(
    reason,
    missing === undefined
      ? `Details: ${path.relative(root, logFile)}`
      : `To add it: install ${missing} (for example: apt-get install g++ make python3), then npx -y pnpm@10 install`,
  );
}

/** @param {string} reason @param {string} whatToDo */
function say(reason, whatToDo) {
  console.log(`Direct sound capture (naudiodon, optional) is not available: ${reason}.`);
  console.log("Everything else works: sound comes through parec, pw-record, ffmpeg or sox, or the built-in demo track plays.");
  if (whatToDo !== "") console.log(whatToDo);
}
