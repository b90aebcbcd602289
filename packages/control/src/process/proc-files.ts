import { readFileSync, readdirSync } from "node:fs";
import { systemErrorCode } from "../errors.ts";
import type { ProcessFacts, ProcessSource } from "./process-facts.ts";

/** Reads the files of `/proc`. Start times are exact clock ticks since boot. */
export const procFiles: ProcessSource = {
  facts: readFacts,
  all: () =>
    readdirSync("/proc")
      .filter((entry) => /^\d+$/.test(entry))
      .map((entry) => readFacts(Number(entry)))
      .filter((facts) => facts !== undefined),
  children: readChildren,
  command: (pid) => (readOf(pid, "cmdline") ?? "").replaceAll("\0", " ").trim(),
  sameStart: (a, b) => a === b,
  boot: () => (bootId ??= readBoot()),
};

let bootId: string | undefined;

/** Without a readable boot id (hidden in some sandboxes) start times alone still distinguish nearly all processes. */
function readBoot(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
  } catch {
    return "";
  }
}

function readFacts(pid: number): ProcessFacts | undefined {
  const text = readOf(pid, "stat");
  return text === undefined ? undefined : parseStat(pid, text);
}

/** Children started by any of its threads. Empty on a kernel built without that file. */
function readChildren(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((thread) => {
      const list = readOf(pid, `task/${thread}/children`)?.trim() ?? "";
      return list === "" ? [] : list.split(" ").map(Number);
    });
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function readOf(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch (error) {
    // The process ended before the file was opened or while it was read. Any other fault (no descriptors left) does not
    // prove an end.
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/**
 * @param text `/proc/PID/stat`. The second field, the command, may hold spaces and brackets, so fields are counted from
 * its end.
 */
export function parseStat(pid: number, text: string): ProcessFacts {
  const [state, parent, group, session, ...rest] = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session),
    start: Number(rest[15]),
    ended: state === "Z" || state === "X",
  };
}
