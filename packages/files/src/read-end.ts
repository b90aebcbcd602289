import { closeSync, readSync } from "node:fs";
import { systemErrorCode } from "./kind.ts";
import { openOwn } from "./open-own.ts";

/**
 * Reads the end of a text file of ours, opened as in `openOwn`: at most its last `bytes` bytes, and nothing from its
 * first `since` bytes. If the file is now shorter than `since`, it was truncated meanwhile, so all of it counts.
 * @returns undefined when there is no such file. @throws as `openOwn`.
 */
export function readEnd(file: string, bytes: number, since = 0): string | undefined {
  let opened: ReturnType<typeof openOwn>;
  try {
    opened = openOwn(file, "read");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return undefined;
    throw error;
  }
  const { fd, stats } = opened;
  try {
    const start = Math.max(since > stats.size ? 0 : since, stats.size - bytes);
    const buffer = Buffer.alloc(stats.size - start);
    const read = readSync(fd, buffer, 0, buffer.length, start);
    return buffer.toString("utf8", 0, read);
  } finally {
    closeSync(fd);
  }
}
