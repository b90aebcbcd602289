import { spawn } from "node:child_process";
import { fstatSync } from "node:fs";

/**
 * Watches whether somebody still reads the pipe that standard output goes to. Node finds out only when it writes, which a long
 * computation does at its end; GNU's `tail -f` ends as soon as nobody reads what it would write. With another `tail` nothing is watched, and neither is
 * output that does not go to a pipe. Keeps no process alive, and ends with this one, however it ends.
 * @param onLeft called once
 */
export function watchReader(onLeft: () => void): void {
  if (process.platform !== "linux" || !isPipe(process.stdout.fd)) return;
  // With `--pid` it outlives a process that is killed by a second at most.
  const tail = spawn("tail", ["-f", `--pid=${process.pid}`, "/dev/null"], { stdio: ["ignore", process.stdout.fd, "ignore"] });
  const end = (): void => void tail.kill();
  process.once("exit", end);
  tail.on("error", () => {});
  tail.on("exit", (_code, signal) => {
    process.off("exit", end);
    if (signal === "SIGPIPE") onLeft();
  });
  tail.unref();
}

function isPipe(fd: number): boolean {
  try {
    return fstatSync(fd).isFIFO();
  } catch {
    // It is closed.
    return false;
  }
}
