import { rmSync } from "node:fs";
import path from "node:path";
import { jsonFile } from "./json-file.ts";

/** The last good content of a file that people edit: for a process that starts while the file is broken. Nothing of it throws. */
export interface LastGood {
  /** Keeps a content. Where it cannot be written, as on a full disk, an older one stays. */
  keep(value: unknown): void;
  /** The kept content; undefined when there is none. */
  read(): unknown;
  /** The file was removed: what it had is no longer wanted. */
  forget(): void;
}

/** @param file the file that people edit; the copy is in the hidden folder `.last-good` beside it */
export function lastGood(file: string): LastGood {
  const copy = jsonFile(path.join(path.dirname(file), ".last-good", path.basename(file)));
  const read = (): unknown => attempt(() => copy.read());
  return {
    read,
    keep(value) {
      if (JSON.stringify(read()) !== JSON.stringify(value)) attempt(() => copy.writeSync(value));
    },
    forget: () => attempt(() => rmSync(copy.path, { force: true })),
  };
}

function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
