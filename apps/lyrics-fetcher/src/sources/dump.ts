import { existsSync } from "node:fs";
import { messageOf } from "@vj/schema";
import { indexPlace, keysOf } from "../dump/dump-index.ts";
import { identityOf, openDump } from "../dump/lrclib-dump.ts";
import { openDatabase } from "../dump/open-database.ts";
import type { Row } from "../dump/open-database.ts";
import type { LyricsQuery } from "../song.ts";
import { longestLyrics } from "./lyrics-source.ts";
import type { Candidate, LyricsSource } from "./lyrics-source.ts";

const name = "dump";
const mostFound = 50;

/** A dump of LRCLIB as a source, after `vj lyrics import`: for places without a network. One that is away stops no other source. */
export class DumpSource implements LyricsSource {
  readonly name = name;
  readonly #dataDir: string;
  #problem: string | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Why the dump could not be read the last time; null when it could, or there is none. */
  get problem(): string | null {
    return this.#problem;
  }

  async find(query: LyricsQuery): Promise<Candidate[]> {
    const { index } = indexPlace(this.#dataDir);
    this.#problem = null;
    if (!existsSync(index)) return [];
    try {
      const { file, ids } = await lookUp(index, query);
      return ids.length === 0 ? [] : await read(file, ids);
    } catch (error) {
      this.#problem = `${messageOf(error)}; import it anew, or forget it: vj lyrics import --forget`;
      return [];
    }
  }
}

/** @throws Error when the index or the dump is not as it was. */
async function lookUp(index: string, { artist, title }: LyricsQuery): Promise<{ file: string; ids: number[] }> {
  const database = await openDatabase(index, { readOnly: true });
  try {
    const [state] = database.all("SELECT * FROM state");
    const file = state?.["file"];
    if (state === undefined || typeof file !== "string") throw new Error("the index of the dump of LRCLIB is damaged");
    if (!existsSync(file)) throw new Error(`the dump of LRCLIB is not there any more: ${file}`);
    const { bytes, changedMs } = identityOf(file);
    if (bytes !== state["bytes"] || changedMs !== state["changed_ms"]) throw new Error(`the dump of LRCLIB has changed: ${file}`);
    const keys = keysOf(artist, title, 12);
    const rows = database.all(`SELECT DISTINCT id FROM songs WHERE key IN (${keys.map(() => "?").join()}) LIMIT ${mostFound}`, keys);
    return { file, ids: rows.map(({ id }) => Number(id)) };
  } finally {
    database.close();
  }
}

async function read(file: string, ids: readonly number[]): Promise<Candidate[]> {
  const dump = await openDump(file);
  try {
    const rows = dump.all(
      `SELECT t.id AS id, t.name AS name, t.artist_name AS artist, t.album_name AS album, t.duration AS duration,
       substr(l.synced_lyrics, 1, ${longestLyrics}) AS synced, substr(l.plain_lyrics, 1, ${longestLyrics}) AS plain, l.instrumental AS instrumental
       FROM tracks t JOIN lyrics l ON l.id = t.last_lyrics_id WHERE t.id IN (${ids.map(() => "?").join()})`,
      ids,
    );
    return rows.map(candidateOf);
  } finally {
    dump.close();
  }
}

function candidateOf(row: Row): Candidate {
  const text = (column: string): string => (typeof row[column] === "string" ? row[column] : "");
  return {
    id: `${name}:${Number(row["id"])}`,
    source: name,
    artist: text("artist"),
    title: text("name"),
    album: text("album"),
    duration: Number(row["duration"]) || 0,
    lyrics: { synced: text("synced") || null, plain: text("plain") || null, instrumental: Boolean(row["instrumental"]) },
    exact: false,
  };
}
