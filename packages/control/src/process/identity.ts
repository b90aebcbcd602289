import { systemErrorCode } from "../errors.ts";
import { processSource } from "./process-facts.ts";
import type { ProcessFacts } from "./process-facts.ts";

/** One process and no other: the system gives a pid to somebody else as soon as it is free, the start time stays. */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the unit of this system: see `process-facts`. */
  readonly start: number;
}

/**
 * Who has this pid now; undefined when nobody has. One that ended and was not collected yet still has it.
 * @throws Error when the system cannot be asked.
 */
export function identify(pid: number): ProcessIdentity | undefined {
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  const facts = processSource.facts(pid);
  return facts === undefined ? undefined : { pid, start: facts.start };
}

/** Whether what the system says of a pid is said of this process. */
export function isOf(facts: Pick<ProcessFacts, "pid" | "start">, identity: ProcessIdentity): boolean {
  return facts.pid === identity.pid && processSource.sameStart(facts.start, identity.start);
}

/** Whether this very process runs. Where the system cannot be asked, whether any process has its pid. */
export function isRunning(identity: ProcessIdentity): boolean {
  // One system call settles the usual end, without a file or a program.
  if (!hasPid(identity.pid)) return false;
  try {
    const facts = processSource.facts(identity.pid);
    return facts !== undefined && !facts.ended && isOf(facts, identity);
  } catch {
    return true;
  }
}

/**
 * Sends a signal to this very process: who has the pid is asked immediately before.
 * @returns false when it has ended. @throws Error when the system cannot be asked, or does not let us.
 */
export function sendSignal(identity: ProcessIdentity, signal: NodeJS.Signals): boolean {
  const facts = processSource.facts(identity.pid);
  if (facts === undefined || facts.ended || !isOf(facts, identity)) return false;
  return send(identity.pid, signal);
}

/**
 * Asks this very process to end. One that is stopped (Ctrl-Z, SIGSTOP) is woken, or it would never take the signal.
 * @returns false when it has ended. @throws Error as {@link sendSignal} does.
 */
export function terminate(identity: ProcessIdentity): boolean {
  return sendSignal(identity, "SIGTERM") && sendSignal(identity, "SIGCONT");
}

/** Whether any process has this pid, and runs. For a pid whose owner is known otherwise: a child, a parent. */
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
