import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { limits } from "@vj/schema";

/**
 * Descriptors reserved for other uses than clients: telemetry (a socket per subscription), logs, files, children, other
 * control sockets.
 */
const reserve = 320;

/** Number of descriptors this process may open; undefined where the system does not report it, or sets no limit. */
export function descriptorLimit(): number | undefined {
  try {
    const found = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return process.platform === "win32" ? undefined : askShell();
  }
}

/** Without /proc: a child has the limits of its parent. */
function askShell(): number | undefined {
  try {
    const limit = Number(execFileSync("/bin/sh", ["-c", "ulimit -n"], { encoding: "utf8", timeout: 2000, stdio: ["ignore", "pipe", "ignore"] }));
    return Number.isInteger(limit) && limit > 0 ? limit : undefined;
  } catch {
    // No shell, or no descriptor for its pipe: assume the fewest clients.
    return 2 * limits.fewestConnections;
  }
}

/** Number of clients that a control server may accept under a limit of descriptors, after the reserve. */
export function clientsWithin(descriptors: number | undefined): number {
  if (descriptors === undefined) return limits.connections;
  const own = Math.min(reserve, Math.floor(descriptors / 2));
  return Math.max(limits.fewestConnections, Math.min(limits.connections, descriptors - own));
}
