import { readFileSync, readdirSync } from "node:fs";
import { systemErrorCode } from "../errors.ts";
import type { ProcessFacts, ProcessSource } from "./process-facts.ts";

/** From the files of `/proc`. Start times are clock ticks since boot, exact. */
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

/** A boot id that cannot be read (hidden in some sandboxes) leaves the start times, which differ in all but freak cases. */
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

/** Those that any of its threads has started. Empty on a kernel built without that file. */
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
    // Gone before the file was opened, or while it was read. Anything else (no descriptors left) does not prove an end.
    const code = systemErrorCode(error);
    if (code === "ENOENT" || code === "ESRCH") return undefined;
    throw error;
  }
}

/** @param text `/proc/PID/stat`. The second field, the command, may hold spaces and brackets, so fields count from its end. */
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
