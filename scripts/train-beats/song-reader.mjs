// Songs of make_songs.py for the scripts that record what the tracker does with them.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readNames, refuse } from "../command-line.mjs";

/** Hz. */
export const rate = 44_100;

/** @param {string} path */
export const samplesOf = (path) => {
  const bytes = readFileSync(path);
  return Float32Array.from({ length: bytes.length >> 1 }, (_, k) => bytes.readInt16LE(2 * k) / 32_768);
};

/**
 * Writes a file beside each song of the folder in the arguments, unless it is there. Ends the process if there is no folder.
 * @param {string} extension of what is written
 * @param {(samples: Float32Array, path: string) => string | Uint8Array} read gets the song and its path without the extension
 */
export const readSongs = (extension, read) => {
  const [folder, ...more] = readNames("Usage: node dump-….mjs FOLDER\n\nThe folder is one that make_songs.py or make_ends.py has filled.");
  if (folder === undefined || more.length > 0) refuse("give one folder of songs");
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".pcm")).sort()) {
    const path = join(folder, file.slice(0, -".pcm".length));
    if (!existsSync(path + extension)) writeFileSync(path + extension, read(samplesOf(`${path}.pcm`), path));
  }
};
