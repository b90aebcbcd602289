import path from "node:path";
import { isProcessName, limits } from "@vj/schema";
import { busDir } from "./bus-dir.ts";
import { ControlError } from "./errors.ts";

/**
 * The socket of a process.
 * @throws ControlError `path` when the name is not a worker name, or the path is longer than all systems support.
 */
export function socketPath(name: string, dir: string = busDir()): string {
  if (!isProcessName(name)) {
    throw new ControlError("path", `"${name}" is not a worker name: use lower-case letters, digits and _`);
  }
  return checkSocketPath(path.join(dir, `${name}.sock`));
}

/**
 * Returns the path when every system can bind it.
 * @throws ControlError `path` when it has more than 103 bytes.
 */
export function checkSocketPath(socket: string): string {
  const bytes = Buffer.byteLength(socket);
  if (bytes > limits.socketPathBytes) {
    throw new ControlError(
      "path",
      `the socket path ${socket} has ${bytes} bytes, ${limits.socketPathBytes} are allowed: set VJ_BUS_DIR to a shorter one`,
    );
  }
  return socket;
}

/** Turns a name into its socket path; a text with a slash is taken as a path. */
export function resolveSocket(nameOrPath: string, dir?: string): string {
  return nameOrPath.includes("/") ? checkSocketPath(nameOrPath) : socketPath(nameOrPath, dir);
}
