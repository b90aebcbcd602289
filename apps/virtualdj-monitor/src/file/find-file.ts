import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "@vj/schema";

/** One look: `mark` differs whenever the file may have changed. */
export interface Look {
  readonly mark: string;
  readonly file: { readonly path: string; readonly writtenAt: number } | undefined;
  /** Why the file was not found, for a person. */
  readonly reason: string;
}

/** VirtualDJ begins a playlist each day and names it by its date; of the last names by the alphabet the one written last counts. */
const newestNames = 8;

/** Looks for the first candidate that exists. One that is a folder stands for the newest `.m3u` in it. */
export async function lookAt(candidates: readonly string[]): Promise<Look> {
  let empty: string | undefined;
  for (const candidate of candidates) {
    try {
      const entry = await stat(candidate);
      if (entry.isFile()) return found(candidate, entry);
      if (!entry.isDirectory()) return { mark: `no file ${candidate}`, file: undefined, reason: `${candidate} is not a file` };
      const newest = await newestIn(candidate);
      if (newest !== undefined) return newest;
      empty ??= candidate;
    } catch (error) {
      if (isAbsent(error)) continue;
      const reason = `cannot look at ${candidate}: ${messageOf(error)}`;
      return { mark: reason, file: undefined, reason };
    }
  }
  return { mark: `absent ${empty ?? ""}`, file: undefined, reason: `${whyAbsent(candidates, empty)}; it is used as soon as it appears` };
}

function whyAbsent(candidates: readonly string[], empty: string | undefined): string {
  if (candidates.length > 1) return "none of the usual files exists";
  return empty === undefined ? `${candidates[0]} does not exist` : `${empty} is not a file, and there is no .m3u history in it`;
}

async function newestIn(folder: string): Promise<Look | undefined> {
  const names = (await readdir(folder)).filter((name) => /\.m3u8?$/i.test(name)).sort().slice(-newestNames);
  const looks = await Promise.all(names.map((name) => lookAtEntry(path.join(folder, name))));
  return looks.flatMap((look) => look ?? []).toSorted((a, b) => (b.file?.writtenAt ?? 0) - (a.file?.writtenAt ?? 0))[0];
}

async function lookAtEntry(file: string): Promise<Look | undefined> {
  try {
    const entry = await stat(file);
    return entry.isFile() ? found(file, entry) : undefined;
  } catch {
    // It went between two calls.
    return undefined;
  }
}

function found(file: string, { ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): Look {
  return { mark: `${file} ${ino} ${size} ${mtimeMs}`, file: { path: file, writtenAt: mtimeMs }, reason: "" };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
