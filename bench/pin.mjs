// Keeps two processes on processors of their own, so that a round trip does not depend on where the scheduler puts them.
import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { installed } from "../scripts/report.mjs";

const canPin = process.platform === "linux" && cpus().length > 1 && installed("taskset");
/** How the processes of a round trip are placed, for the title of a table. */
export const placement = canPin ? "caller on processor 0, server on processor 1" : "placed by the system";

/** @param {number} pid @param {0 | 1} processor */
export function pin(pid, processor) {
  if (canPin) execFileSync("taskset", ["-a", "-p", "-c", String(processor), String(pid)], { stdio: "ignore" });
}

/** Lets a process run anywhere again. @param {number} pid */
export function unpin(pid) {
  if (canPin) execFileSync("taskset", ["-a", "-p", "-c", `0-${cpus().length - 1}`, String(pid)], { stdio: "ignore" });
}
