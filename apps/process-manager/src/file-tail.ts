import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { systemErrorCode } from "@vj/control";

/**
 * Reads the end of a text file: at most its last `bytes` bytes, and only what was written since it had `since` bytes.
 * A file that has become shorter than that was cut meanwhile, so all of it counts. One that is not there is empty.
 */
export function readTail(file: string, bytes: number, since = 0): string {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return "";
    throw error;
  }
  try {
    const { size } = fstatSync(fd);
    const start = Math.max(since > size ? 0 : since, size - bytes);
    const buffer = Buffer.alloc(size - start);
    const read = readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString("utf8", 0, read);
  } finally {
    closeSync(fd);
  }
}
