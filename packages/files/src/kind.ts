import type { BigIntStats, Stats } from "node:fs";
import { FileError } from "./file-error.ts";

/** The `code` of a system error, for example `ENOENT`; undefined for anything else. */
export function systemErrorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** The id of this user; undefined where the system has no users. */
export function ownUid(): number | undefined {
  return process.getuid?.();
}

/** The kind of a directory entry, for a person. */
export function kindOf(stats: Stats | BigIntStats): string {
  if (stats.isFile()) return "a file";
  if (stats.isDirectory()) return "a directory";
  if (stats.isSymbolicLink()) return "a symbolic link";
  if (stats.isFIFO()) return "a FIFO";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

/**
 * Why `open` failed, for a person, when something other than a file is in the way; otherwise the error itself.
 * @param file its path
 */
export function openFault(file: string, error: unknown): unknown {
  switch (systemErrorCode(error)) {
    // A link, where links are not followed; some systems say EMLINK.
    case "ELOOP":
    case "EMLINK":
      return new FileError("kind", `${file} is a symbolic link; remove it`, { cause: error });
    // A FIFO without a reader, or a socket.
    case "ENXIO":
    case "EOPNOTSUPP":
      return new FileError("kind", `${file} is not a file but a FIFO or a socket; remove it`, { cause: error });
    case "EISDIR":
      return new FileError("kind", `${file} is not a file but a directory; remove it`, { cause: error });
    default:
      return error;
  }
}
