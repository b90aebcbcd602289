import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { messageOf } from "@vj/schema";
import { namesTrack } from "./names-track.ts";

/** One look: `mark` differs whenever the file may have changed. */
export interface Look {
  readonly mark: string;
  readonly file: { readonly path: string; readonly writtenAt: number } | undefined;
  /** Why the file was not found, for a person. */
  readonly reason: string;
}

/** VirtualDJ begins a playlist each day and names it by its date. Of the alphabetically last names, the one written last counts. */
const newestNames = 8;
const dated = /\d{4}[-_.]\d{1,2}[-_.]\d{1,2}/;
/** A text file that is this much older than the playlist is not in use any more, ms. */
const abandonedMs = 30 * 60_000;

/**
 * Looks for the first candidate that exists; one that cannot be used is passed over. A candidate that is a folder stands for the newest
 * `.m3u` in it, and also counts before an earlier file that was not written in the half hour before that playlist, or that names
 * no track while the playlist, no older than half an hour before it, names one.
 */
export async function lookAt(candidates: readonly string[]): Promise<Look> {
  const faults: string[] = [];
  let [first, empty]: [Look | undefined, string | undefined] = [undefined, undefined];
  for (const candidate of candidates) {
    try {
      const entry = await stat(candidate);
      if (entry.isFile()) first ??= found(candidate, entry);
      else if (!entry.isDirectory()) faults.push(`${candidate} is not a file`);
      else {
        const newest = await newestIn(candidate);
        if (newest === undefined) empty ??= candidate;
        else if (first === undefined || (await givesWay(first, newest))) first = newest;
      }
    } catch (error) {
      if (!isAbsent(error)) faults.push(`cannot look at ${candidate}: ${messageOf(error)}`);
    }
  }
  if (first !== undefined) return first;
  const reason = faults.length > 0 ? faults.join("; ") : `${whyAbsent(candidates, empty)}; it is used as soon as it appears`;
  return { mark: `absent ${empty ?? ""} ${faults.join(" ")}`, file: undefined, reason };
}

async function givesWay(first: Look, playlist: Look): Promise<boolean> {
  const laterMs = writtenAt(playlist) - writtenAt(first);
  return laterMs > abandonedMs || (laterMs >= -abandonedMs && !(await names(first)) && (await names(playlist)));
}

async function names({ mark, file }: Look): Promise<boolean> {
  return file !== undefined && (await namesTrack(file.path, mark));
}

function whyAbsent(candidates: readonly string[], empty: string | undefined): string {
  if (candidates.length > 1) return "none of the usual files exists";
  return empty === undefined ? `${candidates[0]} does not exist` : `${empty} is not a file, and there is no .m3u history in it`;
}

async function newestIn(folder: string): Promise<Look | undefined> {
  const names = (await readdir(folder)).filter((name) => /\.m3u8?$/i.test(name)).sort();
  const histories = names.filter((name) => dated.test(name)).slice(-newestNames);
  const others = names.filter((name) => !dated.test(name)).slice(-newestNames);
  const looks = await Promise.all([...histories, ...others].map((name) => lookAtEntry(path.join(folder, name))));
  return looks.flatMap((look) => look ?? []).toSorted((a, b) => writtenAt(b) - writtenAt(a))[0];
}

function writtenAt({ file }: Look): number {
  return file?.writtenAt ?? 0;
}

async function lookAtEntry(file: string): Promise<Look | undefined> {
  try {
    const entry = await stat(file);
    return entry.isFile() ? found(file, entry) : undefined;
  } catch {
    // It was removed between two calls.
    return undefined;
  }
}

function found(file: string, { ino, size, mtimeMs }: { ino: number; size: number; mtimeMs: number }): Look {
  return { mark: `${file} ${ino} ${size} ${mtimeMs}`, file: { path: file, writtenAt: mtimeMs }, reason: "" };
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}
