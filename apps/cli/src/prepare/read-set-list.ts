import { messageOf } from "@vj/schema";
import { openMedia, systemErrorCode } from "@vj/files";
import { PlaylistError, playlistId, readPlaylist } from "@vj/spotify-monitor";
import { decodeText, detectEncoding } from "@vj/virtualdj-monitor";
import { readEnvironment } from "@vj/worker";
import { CliError } from "../cli-error.ts";
import { parsePlaylist } from "./parse-playlist.ts";
import type { ParsedPlaylist } from "./parse-playlist.ts";

/** Longer files are not set lists, bytes. */
const longestFile = 8 * 1_048_576;
const understood = 'understood: m3u, a VirtualDJ history, one "artist - title" per line, vj played --json, a Spotify playlist';
/** A night has a few dozen songs; more are prepared in another run. */
const mostSongs = 2000;

/**
 * Reads a set list: the address of a Spotify playlist, a file, or (`-`) standard input.
 * @throws CliError that says what is wrong with it
 */
export async function readSetList(place: string, signal: AbortSignal): Promise<ParsedPlaylist> {
  const list = await read(place, signal);
  if (list.songs.length === 0) {
    throw new CliError(`${place} names no song`, { hint: understood });
  }
  return { songs: list.songs.slice(-mostSongs), unread: list.unread };
}

async function read(place: string, signal: AbortSignal): Promise<ParsedPlaylist> {
  const id = playlistId(place);
  if (id !== undefined) {
    try {
      return { songs: await readPlaylist(id, { configDir: readEnvironment().configDir, signal }), unread: [] };
    } catch (error) {
      if (error instanceof PlaylistError) throw new CliError(error.message, { cause: error });
      throw error;
    }
  }
  if (/^https?:|^spotify:/i.test(place)) throw new CliError(`${place} is not a Spotify playlist`, { hint: "for example https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M" });
  return parsePlaylist(place === "-" ? await readInput() : await readFile(place));
}

async function readFile(file: string): Promise<string> {
  try {
    const handle = await openMedia(file);
    try {
      const { size } = await handle.stat();
      if (size > longestFile) throw new Error(`it has ${size} bytes, ${longestFile} are allowed`);
      const bytes = Buffer.alloc(size);
      const { bytesRead } = await handle.read(bytes, 0, size, 0);
      const content = bytes.subarray(0, bytesRead);
      return textOf(content);
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") throw new CliError(`cannot read ${file}: it does not exist`, { hint: understood, cause: error });
    throw new CliError(`cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** In whichever encoding it is. */
function textOf(bytes: Uint8Array): string {
  return decodeText(bytes, detectEncoding(bytes)).replace(/^\uFEFF/, "");
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.byteLength;
    if (size > longestFile) throw new CliError("standard input is too long for a set list");
  }
  return textOf(Buffer.concat(chunks));
}
