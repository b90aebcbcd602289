import { systemErrorCode } from "../errors.ts";
import { processSource } from "./process-source.ts";
import type { ProcessFacts } from "./process-facts.ts";

/** Identifies one process for good: the system reuses a pid as soon as it is free, but not with the same start time. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In a unit that depends on the system: see `process-facts`. */
  readonly start: number;
}

/**
 * The process that has this pid now; undefined when there is none. An ended process that its parent has not collected
 * still has it.
 * @throws ControlError `processes` when the system cannot be asked.
 */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const facts = processSource.facts(pid);
  return facts === undefined ? undefined : { pid, start: facts.start };
}

/** Whether facts about a pid belong to this process. */
export function isOf(facts: Pick<ProcessFacts, "pid" | "start">, identity: ProcessIdentity): boolean {
  return facts.pid === identity.pid && processSource.sameStart(facts.start, identity.start);
}

/** Whether exactly this process runs. Where the system cannot be asked: whether any process has its pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  // One system call settles the common case without reading a file or running a program.
  if (!hasPid(identity.pid)) return false;
  try {
    const facts = processSource.facts(identity.pid);
    return facts !== undefined && !facts.ended && isOf(facts, identity);
  } catch {
    return true;
  }
}

/**
 * Sends a signal to exactly this process: its identity is checked immediately before.
 * @returns false when it has ended. @throws ControlError `processes` when the system cannot be asked; the system's error when it does not permit the signal.
 */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  const facts = processSource.facts(identity.pid);
  if (facts === undefined || facts.ended || !isOf(facts, identity)) return false;
  return send(identity.pid, signal);
}

/**
 * Asks exactly this process to end. If it is stopped (Ctrl-Z, SIGSTOP) it is also continued, so that it receives the
 * signal.
 * @returns false when it has ended. @throws as {@link sendSignal} does.
 */
export function terminate(identity: ProcessIdentity): boolean {
  return sendSignal(identity, "SIGTERM") && sendSignal(identity, "SIGCONT");
}

/** Whether any process has this pid and runs. For a pid that is known to be right: a child, a parent. */
export function isProcessAlive(pid: number): boolean {
  if (!hasPid(pid)) return false;
  try {
    return processSource.facts(pid)?.ended !== true;
  } catch {
    return true;
  }
}

function hasPid(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemErrorCode(error) === "EPERM";
  }
}

/** @param target a pid, or a process group as a negative number. @returns false when there is none. */
export function send(target: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(target, signal);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === "ESRCH") return false;
    throw error;
  }
}
