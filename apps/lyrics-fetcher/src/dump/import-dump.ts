import { renameSync, rmSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { makeFolder } from "@vj/files";
import { indexPlace, indexVersion, keysOf } from "./dump-index.ts";
import type { IndexPlace } from "./dump-index.ts";
import { claimImport } from "./import-lock.ts";
import { identityOf, openDump } from "./lrclib-dump.ts";
import type { DumpIdentity } from "./lrclib-dump.ts";
import { openDatabase } from "./open-database.ts";
import type { Database } from "./open-database.ts";
import { DumpError } from "./dump-error.ts";

/** How an import is followed and ended. */
export interface ImportOptions {
  /** Ends the work after the rows under way; the next import of the same dump goes on from there. */
  readonly signal?: AbortSignal;
  /** @param done part of the dump that was read, 0–1. @param songs songs so far */
  onProgress?(done: number, songs: number): void;
}

/** The result of an import. */
export interface ImportResult {
  readonly songs: number;
  /** False when it was interrupted. */
  readonly complete: boolean;
}

/** Rows at a time: some hundred kilobytes, some milliseconds. */
const batch = 2000;

/**
 * Makes the index of a dump of LRCLIB in the data directory, so that songs are found in the dump where it lies. Goes on where an import of
 * the same dump was interrupted or killed. The dump is not copied.
 * @throws DumpError `unreadable` with what is wrong with the file, `busy` when another import runs, `no_library`.
 */
export async function importDump(dataDir: string, file: string, options: ImportOptions = {}): Promise<ImportResult> {
  const dump = await openDump(file);
  try {
    const place = indexPlace(dataDir);
    makeFolder(place.dir);
    const release = claimImport(place.lock);
    try {
      const part = await openPart(place, identityOf(file));
      const result = await fill(dump, part, options);
      if (result.complete) renameSync(place.part, place.index);
      return result;
    } finally {
      release();
    }
  } finally {
    dump.close();
  }
}

/** Removes the index. The dump stays as it is. @returns whether there was one. @throws DumpError `busy` when an import runs. */
export function forgetDump(dataDir: string): boolean {
  const place = indexPlace(dataDir);
  const release = claimImport(place.lock);
  try {
    const there = [place.index, place.part].filter((file) => removed(file));
    return there.length > 0;
  } finally {
    release();
  }
}

/** The index while it is made, and how far it is. */
interface Part {
  readonly index: Database;
  readonly lastId: number;
  readonly songs: number;
}

/** Closes the part in the end. */
async function fill(dump: Database, { index, ...begun }: Part, { signal, onProgress }: ImportOptions): Promise<ImportResult> {
  let { lastId, songs } = begun;
  try {
    const highest = Math.max(1, Number(dump.all("SELECT max(id) AS id FROM tracks")[0]?.["id"] ?? 1));
    while (signal?.aborted !== true) {
      const rows = dump.all("SELECT id, substr(name, 1, 1000) AS name, substr(artist_name, 1, 1000) AS artist_name FROM tracks WHERE id > ? AND last_lyrics_id IS NOT NULL ORDER BY id LIMIT ?", [lastId, batch]);
      const last = rows.at(-1);
      if (last === undefined) break;
      const before = lastId;
      lastId = Number(last["id"]);
      // Numbers beyond 2^53 are not exact: the same rows would come again and again.
      if (!(lastId > before)) throw new DumpError("unreadable", `its songs are not numbered as LRCLIB does it (${lastId})`);
      songs += rows.length;
      const entries = rows.flatMap(({ id, name, artist_name }) => keysOf(textOf(artist_name), textOf(name)).map((key) => [key, Number(id)]));
      index.runEach("INSERT OR IGNORE INTO songs VALUES (?, ?)", entries, { sql: "UPDATE state SET last_id = ?, songs = ?", values: [lastId, songs] });
      onProgress?.(Math.min(1, lastId / highest), songs);
      await nextTurn();
    }
  } finally {
    index.close();
  }
  return { songs, complete: signal?.aborted !== true };
}

async function openPart({ part }: IndexPlace, { file, bytes, changedMs }: DumpIdentity): Promise<Part> {
  // What a killed import left: nobody else has it open, as the import is claimed.
  rmSync(`${part}.lock`, { recursive: true, force: true });
  const identity = [indexVersion, file, bytes, changedMs];
  const before = await openPrepared(part).catch(() => undefined);
  const [state] = before?.all("SELECT * FROM state") ?? [];
  if (before !== undefined && state !== undefined && [state["version"], state["file"], state["bytes"], state["changed_ms"]].every((value, at) => value === identity[at])) {
    return { index: before, lastId: Number(state["last_id"]), songs: Number(state["songs"]) };
  }
  before?.close();
  for (const rest of ["", "-journal", ".lock"]) rmSync(`${part}${rest}`, { recursive: true, force: true });
  const index = await openPrepared(part);
  index.runEach("INSERT INTO state VALUES (?, ?, ?, ?, 0, 0)", [identity]);
  return { index, lastId: 0, songs: 0 };
}

/** @throws Error when it is not a database. */
async function openPrepared(file: string): Promise<Database> {
  const index = await openDatabase(file, { readOnly: false });
  try {
    index.exec("PRAGMA cache_size=-65536; PRAGMA synchronous=NORMAL");
    index.exec("CREATE TABLE IF NOT EXISTS songs (key INTEGER, id INTEGER, PRIMARY KEY (key, id)) WITHOUT ROWID");
    index.exec("CREATE TABLE IF NOT EXISTS state (version INTEGER, file TEXT, bytes INTEGER, changed_ms INTEGER, last_id INTEGER, songs INTEGER)");
    return index;
  } catch (error) {
    index.close();
    throw error;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function removed(file: string): boolean {
  try {
    rmSync(file);
    return true;
  } catch {
    return false;
  }
}
