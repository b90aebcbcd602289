import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { checkStore, makeFolder } from "@vj/files";
import type { PictureKind } from "./picture-kind.ts";

const mostPictures = 200;
const mostBytes = 500 * 1_048_576;
const kinds: readonly PictureKind[] = ["png", "jpg", "gif"];

/** Made pictures as files, the ones used last. A kill at any moment leaves a whole picture or none. */
export class PictureCache {
  readonly #dir: string;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The file of the picture that was made from these words; undefined when there is none. */
  async get(key: string): Promise<string | undefined> {
    const file = kinds.map((kind) => this.#file(key, kind)).find((name) => existsSync(name));
    // Used now: it is dropped last.
    if (file !== undefined) await utimes(file, new Date(), new Date()).catch(() => {});
    return file;
  }

  /** Keeps a picture, and drops the ones not used for longest. @returns its file @throws Error when it cannot be written */
  async put(key: string, bytes: Uint8Array, kind: PictureKind): Promise<string> {
    const file = this.#file(key, kind);
    makeFolder(this.#dir);
    checkStore(this.#dir);
    const part = `${file}.${process.pid}.part`;
    try {
      await writeFile(part, bytes, { mode: 0o600 });
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
    await this.#drop(file);
    return file;
  }

  #file(key: string, kind: PictureKind): string {
    return path.join(this.#dir, `${createHash("sha256").update(key).digest("hex").slice(0, 32)}.${kind}`);
  }

  async #drop(newest: string): Promise<void> {
    const files = (await readdir(this.#dir)).map((name) => path.join(this.#dir, name));
    // Left by a kill.
    for (const file of files) if (file.endsWith(".part")) await rm(file, { force: true });
    const entries = await Promise.all(
      files.map(async (file) => {
        const stats = await stat(file).catch(() => undefined);
        return { file, bytes: stats?.size ?? 0, usedAt: file === newest ? Infinity : (stats?.mtimeMs ?? 0) };
      }),
    );
    let [count, bytes] = [0, 0];
    for (const entry of entries.filter(({ file }) => !file.endsWith(".part")).toSorted((a, b) => b.usedAt - a.usedAt)) {
      count += 1;
      bytes += entry.bytes;
      if (entry.file !== newest && (count > mostPictures || bytes > mostBytes)) await rm(entry.file, { force: true });
    }
  }
}
