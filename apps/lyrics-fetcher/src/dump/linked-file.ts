import { mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isProcessAlive } from "@vj/control";

const prefix = "vj-db-";

/** A file under another name, in a folder of its own, until it is removed. */
export interface LinkedFile {
  readonly file: string;
  remove(): void;
}

/**
 * A link to a file in a folder of its own, named after this process. Folders that killed processes left are removed.
 * @throws Error of the file system
 */
export function linkTo(file: string): LinkedFile {
  sweep();
  const dir = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  const link = path.join(dir, "db");
  symlinkSync(realpathSync(file), link);
  return { file: link, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d{1,9})-`).exec(name)?.[1];
    if (pid === undefined || isProcessAlive(Number(pid))) continue;
    try {
      rmSync(path.join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}
