import { accessSync, constants, lstatSync, statSync } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "./kind.ts";
import { storeFault } from "./safe-path.ts";

const readOnly = "is on a disk that cannot be written";
const faults: Readonly<Record<string, string>> = {
  EACCES: "may not be written: change its permissions",
  EPERM: "may not be written: change its permissions",
  EROFS: readOnly,
  ELOOP: "is a link that leads back to itself",
  ENAMETOOLONG: "has a name that is too long for this system",
};

/**
 * Why files cannot be kept in a directory that is there, or is created when it is needed: it cannot be written, or another
 * user could change what is in it. Creates nothing, never throws.
 * @returns the fault, which completes "<directory> …"; undefined when there is none to be seen
 */
export function folderFault(dir: string): string | undefined {
  return writeFault(dir) ?? changeFault(dir);
}

function changeFault(dir: string): string | undefined {
  try {
    const fault = storeFault(dir);
    return fault === undefined ? undefined : `could be changed by another user: ${fault}`;
  } catch {
    // What cannot be looked at cannot be judged; each use of the directory checks it again.
    return undefined;
  }
}

function writeFault(dir: string): string | undefined {
  const whole = path.resolve(dir);
  try {
    if (!statSync(whole).isDirectory()) return "is not a directory";
    accessSync(whole, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    const code = systemErrorCode(error) ?? "";
    if (code !== "ENOENT" && code !== "ENOTDIR") return faults[code] ?? `cannot be used: ${code}`;
    if (isLink(whole)) return "is a link that leads nowhere";
    const parent = path.dirname(whole);
    const above = writeFault(parent);
    // The fault of a directory further up already names that one.
    return above === undefined || above.startsWith("cannot be created") ? above : `cannot be created: ${parent} ${above}`;
  }
}

function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    // It is not there, or below a file.
    return false;
  }
}
