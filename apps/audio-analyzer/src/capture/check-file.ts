import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { messageOf, systemErrorCode } from "@vj/control";
import type { Stats } from "node:fs";

/**
 * Why a path cannot be played, in words for a person; undefined when it is a file that may be read. Never waits: only
 * regular files are opened, because a pipe or a device may never answer.
 */
export async function fileProblem(path: string): Promise<string | undefined> {
  try {
    const found = kindProblem(await stat(path));
    if (found !== undefined) return `${path} ${found}`;
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    await file.close();
    return undefined;
  } catch (error) {
    switch (systemErrorCode(error)) {
      case "ENOENT":
      case "ENOTDIR":
        return `${path} does not exist (${String(systemErrorCode(error))})`;
      case "EACCES":
      case "EPERM":
        return `${path} may not be read (${String(systemErrorCode(error))}): change its permissions`;
      default:
        return `${path} cannot be read: ${messageOf(error)}`;
    }
  }
}

function kindProblem(found: Stats): string | undefined {
  if (found.isFile()) return found.size === 0 ? "is empty" : undefined;
  if (found.isDirectory()) return "is a folder; name a file in it";
  if (found.isFIFO()) return "is a named pipe, not a recording; use command:cat for raw samples from it";
  if (found.isSocket()) return "is a socket, not a recording";
  return "is a device, not a recording; use device: for sound devices";
}
