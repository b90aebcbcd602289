import { closeSync, fstatSync, openSync, readSync, realpathSync, statSync } from "node:fs";
import { messageOf } from "@vj/schema";
import { openDatabase } from "./open-database.ts";
import type { Database } from "./open-database.ts";
import { DumpError } from "./dump-error.ts";

/** A dump, as the index knows it again. */
export interface DumpIdentity {
  readonly file: string;
  readonly bytes: number;
  readonly changedMs: number;
}

/** @throws the error of the file system when the file is not there */
export function identityOf(file: string): DumpIdentity {
  const real = realpathSync(file);
  const { size, mtimeMs } = statSync(real);
  return { file: real, bytes: size, changedMs: Math.round(mtimeMs) };
}

const columns = {
  tracks: ["id", "name", "artist_name", "album_name", "duration", "last_lyrics_id"],
  lyrics: ["id", "plain_lyrics", "synced_lyrics", "instrumental"],
};

/**
 * Opens a dump of LRCLIB for reading. Nothing in it is run: no view, no trigger, no virtual table.
 * @throws DumpError `unreadable`, that says what the file is instead.
 */
export async function openDump(file: string): Promise<Database> {
  const fault = faultOf(file);
  if (fault !== undefined) throw new DumpError("unreadable", `${file} ${fault}`);
  let database: Database | undefined;
  try {
    database = await openDatabase(file, { readOnly: true });
    checkTables(database);
    return database;
  } catch (error) {
    database?.close();
    throw new DumpError("unreadable", `${file} cannot be read as a dump of LRCLIB: ${messageOf(error)}`, { cause: error });
  }
}

function checkTables(database: Database): void {
  database.exec("PRAGMA trusted_schema=OFF");
  for (const [table, names] of Object.entries(columns)) {
    const [found] = database.all("SELECT type, rootpage FROM sqlite_master WHERE name = ?", [table]);
    if (found?.["type"] !== "table" || Number(found["rootpage"]) <= 0) throw new DumpError("unreadable", `it has no table ${table}`);
    const there = new Set(database.all(`PRAGMA table_info(${table})`).map((column) => column["name"]));
    const missing = names.filter((name) => !there.has(name));
    if (missing.length > 0) throw new DumpError("unreadable", `its table ${table} has no ${missing.join(", ")}`);
  }
}

/** The fault that the beginning of the file shows, in words that follow the name of the file. */
function faultOf(file: string): string | undefined {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return "is not there";
  if (!stats.isFile()) return "is not a file";
  const head = Buffer.alloc(20);
  const fd = openSync(file, "r");
  try {
    if (!fstatSync(fd).isFile()) return "is not a file";
    readSync(fd, head, 0, head.length, 0);
  } finally {
    closeSync(fd);
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return "is packed; unpack it first: gunzip --keep FILE";
  if (head.toString("latin1", 0, 15) !== "SQLite format 3") return "is not an SQLite database; a dump of LRCLIB is one, named …sqlite3";
  // Such a database cannot be read without writing beside it.
  return head[18] === 2 ? 'keeps a write-ahead log; change that first: sqlite3 FILE "pragma journal_mode=delete"' : undefined;
}
