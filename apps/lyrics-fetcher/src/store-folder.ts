import { readdirSync, statSync, unlinkSync } from "node:fs";
import path from "node:path";

/** Limits of the store. */
export interface StoreLimits {
  readonly files: number;
  readonly bytes: number;
}

const usual: StoreLimits = { files: 5000, bytes: 67_108_864 };
const entryName = /^[0-9a-f]{32}\.json$/;

/** The files of a store in one folder; older ones make room for newer ones. Files of others are left alone. */
export class StoreFolder {
  readonly dir: string;
  readonly #limits: StoreLimits;
  #counted: { readonly changedMs: number; readonly count: number } | undefined;
  /** Roughly how much there is; undefined before it was measured. */
  #size: { files: number; bytes: number } | undefined;

  constructor(dir: string, limits: StoreLimits = usual) {
    this.dir = dir;
    this.#limits = limits;
  }

  /** Read anew only when a file came or went: it is asked for every second. */
  get count(): number {
    const changedMs = changeOf(this.dir);
    if (this.#counted?.changedMs !== changedMs) this.#counted = { changedMs, count: this.names().length };
    return this.#counted.count;
  }

  names(): string[] {
    try {
      return readdirSync(this.dir).filter((name) => entryName.test(name));
    } catch {
      // No directory yet: nothing is stored.
      return [];
    }
  }

  /**
   * Removes the oldest files when there are too many or they are too large together, a tenth more than needed.
   * @param added the file that was just written: it stays
   * @param mayGo whether a file may go; the others go only when nothing else is left
   */
  makeRoom(added: { name: string; bytes: number }, mayGo: (name: string) => boolean): void {
    this.#size ??= this.#measure();
    this.#size.files += 1;
    this.#size.bytes += added.bytes;
    if (this.#size.files <= this.#limits.files && this.#size.bytes <= this.#limits.bytes) return;
    const files = this.#files().filter(({ name }) => name !== added.name);
    const kept = new Set(files.filter(({ name }) => !mayGo(name)).map(({ name }) => name));
    const order = [...files.filter(({ name }) => !kept.has(name)), ...files.filter(({ name }) => kept.has(name))];
    let left = { files: files.length + 1, bytes: files.reduce((sum, { bytes }) => sum + bytes, added.bytes) };
    for (const { name, bytes } of order) {
      if (left.files <= this.#limits.files * 0.9 && left.bytes <= this.#limits.bytes * 0.9) break;
      remove(path.join(this.dir, name));
      left = { files: left.files - 1, bytes: left.bytes - bytes };
    }
    this.#size = left;
  }

  #measure(): { files: number; bytes: number } {
    const files = this.#files();
    return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  /** The oldest first. */
  #files(): { name: string; bytes: number; changedMs: number }[] {
    const files = this.names().flatMap((name) => {
      const stats = statSync(path.join(this.dir, name), { throwIfNoEntry: false });
      return stats === undefined ? [] : [{ name, bytes: stats.size, changedMs: stats.mtimeMs }];
    });
    return files.toSorted((one, other) => one.changedMs - other.changedMs);
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Gone already, or it cannot be removed: then the next one is.
  }
}

function changeOf(dir: string): number {
  return statSync(dir, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
