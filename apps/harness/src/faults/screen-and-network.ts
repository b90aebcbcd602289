import { once } from "node:events";
import { createSocket } from "node:dgram";
import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { answers } from "./fault.ts";
import type { Fault } from "./fault.ts";
import { rigProcesses } from "../processes.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";

const floodMs = 1500;

/** Kills a TUI in its own terminal; a second one must show the rig again. */
export const killTui: Fault = {
  name: "kill TUI",
  unavailable: () => (isInPath("script") ? undefined : "there is no `script` to make a terminal with"),
  async run({ rig }) {
    await showTui(rig);
    return showTui(rig);
  },
};

function isInPath(program: string): boolean {
  return (process.env["PATH"] ?? "").split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));
}

/** Starts the TUI, waits until it shows a worker, kills it. @returns milliseconds until it showed the worker. */
async function showTui(rig: RealRig): Promise<number> {
  const command = `${process.execPath} ${rig.vjProgram} tui`;
  const terminal = rig.spawn("script", ["-qfc", `stty rows 24 cols 80; CI=false exec ${command}`, "/dev/null"]);
  let shown = "";
  terminal.stdout?.on("data", (chunk: Buffer) => {
    shown = (shown + chunk.toString()).slice(-100_000);
  });
  const ended = once(terminal, "exit");
  try {
    return await until(
      "the TUI shows the workers",
      () => {
        if (!shown.includes("osc_debugger")) throw new Error(`it shows ${JSON.stringify(shown.slice(-200))}`);
      },
      30_000,
    );
  } finally {
    for (const { pid, command: line } of rigProcesses(rig.busDir)) if (line.endsWith(" tui") || line === "vj tui") kill(pid);
    terminal.kill("SIGKILL");
    await ended;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It ended meanwhile, as intended.
  }
}

/** Sends valid and invalid datagrams to the debugger's port. */
export const udpFlood: Fault = {
  name: "UDP flood",
  async run({ rig, random }) {
    const { osc_port: port } = await rig.workerState("osc_debugger");
    if (typeof port !== "number") throw new Error("osc_debugger does not report its port");
    const socket = createSocket("udp4");
    const valid = Buffer.from("/flood\0\0,f\0\0\0\0\0\0", "latin1");
    const end = performance.now() + floodMs;
    while (performance.now() < end) {
      for (let i = 0; i < 50; i += 1) {
        const senseless = Buffer.from(Array.from({ length: random.below(64) }, () => random.below(256)));
        socket.send(i % 2 === 0 ? valid : senseless, port, "127.0.0.1");
      }
      await delay(2);
    }
    socket.close();
    return answers(rig, "osc_debugger");
  },
};

const fakeTimeLibrary = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

/** Variables that let the wall clock of the rig be moved by writing a file; empty where that is not possible. */
export function clockVariables(dir: string): Record<string, string> {
  if (!existsSync(fakeTimeLibrary)) return {};
  const file = path.join(dir, "clock");
  writeFileSync(file, "+0\n");
  return {
    LD_PRELOAD: fakeTimeLibrary,
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_CACHE_DURATION: "1",
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}

/** Moves the wall clock of the whole rig forward or back by up to a day. */
export const clockJump: Fault = {
  name: "clock jump",
  unavailable: (rig) => (rig.env["FAKETIME_TIMESTAMP_FILE"] === undefined ? "libfaketime is not installed" : undefined),
  async run(context) {
    const { rig, random } = context;
    const file = rig.env["FAKETIME_TIMESTAMP_FILE"];
    if (file === undefined) throw new Error("there is no clock to move");
    const seconds = random.below(172_800) - 86_400;
    writeFileSync(file, `${seconds >= 0 ? "+" : ""}${seconds}\n`);
    // The library reads its file once a second.
    await delay(2500);
    return Math.max(...(await Promise.all(context.workers.map((worker) => answers(rig, worker)))));
  },
};
