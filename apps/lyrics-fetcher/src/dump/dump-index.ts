import { createHash } from "node:crypto";
import path from "node:path";
import { foldTitle, artistNames } from "../song-names.ts";

/** Where the index of a dump lies, and its parts while it is made. */
export interface IndexPlace {
  readonly dir: string;
  readonly index: string;
  readonly part: string;
  readonly lock: string;
}

/** @param dataDir the data directory of the rig */
export function indexPlace(dataDir: string): IndexPlace {
  const dir = path.join(dataDir, "lyrics-dump");
  return { dir, index: path.join(dir, "index.sqlite3"), part: path.join(dir, "index.part"), lock: path.join(dir, "import.pid") };
}

/** Another version of the keys makes another index. */
export const indexVersion = 1;

/** A song of a dump is found by at most this many artists. */
const mostArtists = 3;

/** What a song of the dump is found by: its title with each of its artists. */
export function keysOf(artist: string, title: string, most = mostArtists): number[] {
  const folded = foldTitle(title);
  return artistNames(artist).slice(0, most).map((name) => keyOf(`${name}\n${folded}`));
}

/** 48 bits: whole numbers of JavaScript, and no two songs in a million millions alike by chance. */
function keyOf(text: string): number {
  return createHash("sha1").update(text).digest().readUIntBE(0, 6);
}
