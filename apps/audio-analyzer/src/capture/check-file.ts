import { constants } from "node:fs";
import { open, readdir, readlink, stat } from "node:fs/promises";
import path from "node:path";
import { systemErrorCode } from "@vj/control";
import { messageOf, nearestNames } from "@vj/schema";
import type { Stats } from "node:fs";

/** A long name is shortened to this many characters. */
const shownName = 60;

/**
 * Why a path cannot be played, for a person; undefined when it is a readable file. Never waits: only regular files are
 * opened, because a pipe or a device may never answer.
 */
export async function fileProblem(file: string): Promise<string | undefined> {
  try {
    const found = kindProblem(await stat(file));
    if (found !== undefined) return `${file} ${found}`;
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    await handle.close();
    return undefined;
  } catch (error) {
    switch (systemErrorCode(error)) {
      case "ENOENT":
      case "ENOTDIR":
        return file === "" ? "no file name; give the path of a recording" : `${file} ${(await brokenLink(file)) ?? `does not exist${await suggestion(file)}`}`;
      case "EACCES":
      case "EPERM":
        return `${file} may not be read: change its permissions`;
      case "ENAMETOOLONG":
        return `${file.slice(0, shownName)}… does not exist: its name is too long for this system`;
      case "ELOOP":
        return `${file} is a link that leads back to itself; name the file it should lead to`;
      case "EMFILE":
      case "ENFILE":
        return `${file} cannot be read: too many files are open; raise the limit (ulimit -n)`;
      default:
        return `${file} cannot be read: ${messageOf(error)}`;
    }
  }
}

function kindProblem(found: Stats): string | undefined {
  if (found.isFile()) return found.size === 0 ? "is empty; copy it again" : undefined;
  if (found.isDirectory()) return "is a folder; give a file in it";
  if (found.isFIFO()) return "is a named pipe, not a recording; use command:cat for raw samples from it";
  if (found.isSocket()) return "is a socket, not a recording; give a file";
  return "is a device, not a recording; use device: for sound devices";
}

/** What a link without its file is; undefined where there is no link. */
async function brokenLink(file: string): Promise<string | undefined> {
  const target = await readlink(file).catch(() => undefined);
  return target === undefined ? undefined : `is a link to ${target}, which does not exist; name the file itself`;
}

/** Advice for a missing file: similar names in the nearest existing folder above it. */
async function suggestion(file: string): Promise<string> {
  for (let missing = path.resolve(file); ;) {
    const folder = path.dirname(missing);
    const names = await readdir(folder).catch(() => undefined);
    if (names !== undefined) {
      const near = nearestNames(path.basename(missing), names).map((name) => path.join(folder, name));
      return near.length > 0 ? `; nearest: ${near.join(", ")}` : `: ${folder} contains no similar name; check the path`;
    }
    if (folder === missing) return ": check the path";
    missing = folder;
  }
}
