import { spawnSync } from "node:child_process";
import type { ProcessFacts, ProcessSource } from "./process-facts.ts";
import { ControlError } from "../errors.ts";

const columns = "pid=,ppid=,pgid=,stat=,lstart=";
const patienceMs = 5000;
/** `lstart` has whole seconds, and some systems compute it anew from the boot time at each call. */
const toleranceSec = 1;

/** Reads `ps`, for systems without `/proc`. Start times are epoch seconds, so they also distinguish two boots. */
export const psCommand: ProcessSource = {
  facts: (pid) => parsePs(runPs(columns, "-p", String(pid))).find((facts) => facts.pid === pid),
  all: () => parsePs(runPs(columns, "-A")),
  children: () => [],
  command: (pid) => runPs("args=", "-p", String(pid)).trim(),
  sameStart: (a, b) => Math.abs(a - b) <= toleranceSec,
  boot: () => "",
};

function runPs(format: string, ...which: string[]): string {
  const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
  const { error, signal, stdout } = spawnSync("ps", ["-o", format, ...which], {
    env,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: patienceMs,
    maxBuffer: 64 * 1_048_576,
  });
  if (error !== undefined) throw new ControlError("processes", `cannot ask ps for processes: ${error.message}`, { cause: error });
  if (signal !== null) throw new ControlError("processes", `ps was ended by ${signal}`);
  return stdout;
}

/** @param text lines of `ps -o pid=,ppid=,pgid=,stat=,lstart=` in the C locale and UTC */
export function parsePs(text: string): ProcessFacts[] {
  return text.split("\n").flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line);
    const start = Date.parse(`${match?.[5] ?? ""} UTC`) / 1000;
    if (match === null || Number.isNaN(start)) return [];
    const [pid, parent, group] = [match[1], match[2], match[3]].map(Number);
    if (pid === undefined || parent === undefined || group === undefined) return [];
    return [{ pid, parent, group, session: 0, start, ended: /^[ZX]/.test(match[4] ?? "") }];
  });
}
