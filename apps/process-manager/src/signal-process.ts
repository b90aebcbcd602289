import { systemErrorCode } from "@vj/control";

/** Asks a process to end. One that is gone already is no fault. */
export function terminate(pid: number): void {
  send(pid, "SIGTERM");
}

/** Kills a process. */
export function kill(pid: number): void {
  send(pid, "SIGKILL");
}

/**
 * Kills the process group that `pid` leads or led: what a worker started and left behind, as a capture child that would
 * go on holding the sound device.
 */
export function killGroup(pid: number): void {
  send(-pid, "SIGKILL");
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) !== "ESRCH") throw error;
  }
}
