import { existsSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "@vj/files";
import { messageOf } from "@vj/schema";

/** Why nothing can be written, for a person. */
export interface WriteFault {
  /** With the system's code. */
  readonly text: string;
  /** What helps against it, besides another folder; undefined where that is not known. */
  readonly help: string | undefined;
}

const permissions = "change the permissions of the folder";
const room = "make room on its disk";
const helps: Readonly<Record<string, string>> = {
  ENOENT: "plug in the disk that it is on, or make it",
  ENOTDIR: "move the file away that stands in its place",
  EACCES: permissions,
  EPERM: permissions,
  EROFS: "make its disk writable",
  ENOSPC: room,
  EDQUOT: room,
};

/** @param file that could not be made or written */
export function writeFault(error: unknown, file: string): WriteFault {
  const code = systemErrorCode(error) ?? "";
  const text = code === "ENOENT" ? `the folder ${missingOf(path.dirname(file))} does not exist (ENOENT)` : messageOf(error);
  return { text, help: helps[code] };
}

/** The highest folder of the path that is not there: the one of a disk, mostly. */
function missingOf(folder: string): string {
  const above = path.dirname(folder);
  return above === folder || existsSync(above) ? folder : missingOf(above);
}
