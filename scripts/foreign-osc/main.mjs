// `pnpm osc:foreign`: every address of the contract, packed and flat, to OSC programs of others, and a message back from each. A program that
// is not installed is passed over. Prints a table. Packages of npm are found in the folder VJ_FOREIGN (npm install osc node-osc osc-js there).
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { contractOsc, flatAddress, plainTargetView } from "@vj/schema";
import { createReceiver, createTelemetry } from "@vj/telemetry";
import { readNames } from "../command-line.mjs";

readNames("Usage: pnpm osc:foreign\n\nSends every address to OSC programs of others that are installed, and prints what each understood. VJ_FOREIGN: a folder with osc, node-osc and osc-js in its node_modules.", []);
const here = import.meta.dirname;
const { VJ_FOREIGN: packages = "." } = process.env;
/** Debian's own, where its packages are. */
const python = existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3";
const headless = { QTWEBENGINE_DISABLE_SANDBOX: "1", QT_QPA_PLATFORM: "offscreen" };

/** How each is started. @type {Readonly<Record<string, { check: [string, string[]], run: (ours: number, own: number) => [string, string[]] }>>} */
const peers = {
  "python-liblo": { check: [python, ["-c", "import liblo"]], run: (ours) => [python, [`${here}/liblo-peer.py`, String(ours)]] },
  SuperCollider: { check: ["which", ["sclang"]], run: (_ours, own) => ["sclang", ["-D", "-u", String(own), `${here}/sclang-peer.scd`]] },
  "Pure Data": { check: ["which", ["pd"]], run: (ours, own) => [process.execPath, [`${here}/pd-peer.mjs`, String(ours), String(own)]] },
  ...Object.fromEntries(["osc", "node-osc", "osc-js"].map((name) => [
    `npm ${name}`,
    {
      check: /** @type {[string, string[]]} */ ([process.execPath, ["-e", `require("node:module").createRequire(${JSON.stringify(`${packages}/`)})(${JSON.stringify(name)})`]]),
      run: (/** @type {number} */ ours, /** @type {number} */ own) => /** @type {[string, string[]]} */ ([process.execPath, [`${here}/npm-peer.cjs`, name, packages, String(ours), String(own)]]),
    },
  ])),
};

/** The values that are sent to an address. @param {import("@vj/schema").OscAddress} definition */
const valuesOf = ({ args }) => args.map(({ tag, min = 0, max = 1 }) => (tag === "s" ? "text" : Math.max(min, Math.min(max, 1))));

for (const [name, { check, run }] of Object.entries(peers)) {
  if (!isThere(check)) {
    console.log(`${name.padEnd(14)} not installed`);
    continue;
  }
  console.log(`${name.padEnd(14)} ${await meet(run)}`);
}

/** @param {[string, string[]]} check */
function isThere([command, args]) {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** @param {(ours: number, own: number) => [string, string[]]} run */
async function meet(run) {
  const receiver = await createReceiver();
  const own = await freePort();
  const [command, args] = run(receiver.port, own);
  const child = spawn(command, args, { env: { ...process.env, ...headless, VJ_PORT: String(receiver.port) }, stdio: ["ignore", "pipe", "ignore"] });
  /** @type {Set<string>} */
  const seen = new Set();
  let port = 0;
  createInterface({ input: child.stdout }).on("line", (line) => {
    const address = /^(?:GOT )?\["?'?(\/[^"',]+)/.exec(line)?.[1];
    if (address !== undefined) seen.add(address);
    else if (/^(?:PORT )?\d+$/.test(line)) port = Number(line.replace("PORT ", ""));
  });
  for (let tries = 0; tries < 300 && port === 0; tries++) await delay(100);
  const counts = [await send(port, "packed", seen), await send(port, "flat", seen)];
  const back = receiver.latest("/from/peer")?.message;
  child.kill();
  await receiver.close();
  return `packed ${counts[0]}  flat ${counts[1]}  back: ${back === undefined ? "nothing" : `${back.tags} ${JSON.stringify(back.args)}`}`;
}

/** Sends everything in one shape. @param {number} port @param {"packed" | "flat"} shape @param {Set<string>} seen @returns "understood/sent" */
async function send(port, shape, seen) {
  seen.clear();
  const telemetry = createTelemetry({ table: contractOsc, targets: [{ name: "peer", host: "127.0.0.1", port, enabled: true, view: { ...plainTargetView, shape } }] });
  await telemetry.settled();
  /** @type {Set<string>} */
  const expected = new Set();
  /** @type {[string, import("@vj/schema").OscAddress][]} */
  const entries = Object.entries(contractOsc);
  for (const [address, definition] of entries) {
    Reflect.apply(telemetry.send, telemetry, [address, valuesOf(definition)]);
    if (shape === "packed" || definition.args.length === 0) expected.add(address);
    else for (const argument of definition.args) expected.add(flatAddress(address, argument));
    await delay(2);
  }
  const understood = () => [...expected].filter((address) => seen.has(address)).length;
  for (let tries = 0; tries < 30 && understood() < expected.size; tries++) await delay(100);
  await telemetry.close();
  return `${understood()}/${expected.size}`;
}

async function freePort() {
  const receiver = await createReceiver();
  await receiver.close();
  return receiver.port;
}
