import { setTimeout as delay } from "node:timers/promises";
import { ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { preparedSongSchema } from "@vj/lyrics-fetcher";
import type { PreparedSong } from "@vj/lyrics-fetcher";
import { CliError } from "../cli-error.ts";
import type { ListedSong } from "./parse-playlist.ts";

export interface PrepareOptions {
  /** Connects to the worker, which may be restarted meanwhile. @throws Error while it does not run */
  connect(): Promise<ControlClient>;
  /** How long a worker that went away may take to come back, ms; default 20 s. */
  readonly backMs?: number;
  readonly signal: AbortSignal;
  onBegin(song: ListedSong, index: number): void;
  onSong(song: PreparedSong, index: number): void;
}

/** Longest time for one song, ms: a language model and a picture, on a slow machine. */
const songMs = 600_000;
/** Pause between two songs, ms: the services are free, and must not be overrun. */
const politeMs = 250;
/** After so many songs in a row without an answer, the rest is left for another run. */
const mostUnknown = 5;
const usualBackMs = 20_000;
const lookMs = 250;
/** How often a song is tried during which the worker ends. */
const mostAttempts = 3;

/**
 * Prepares songs one after the other.
 * @returns the songs that were requested; fewer than all after an interruption, or when the worker did not come back
 * @throws CliError when the worker does not run at first, or is too old
 */
export async function prepareSongs(songs: readonly ListedSong[], options: PrepareOptions): Promise<PreparedSong[]> {
  const done: PreparedSong[] = [];
  let client = await options.connect();
  let unknown = 0;
  try {
    for (const [index, song] of songs.entries()) {
      if (options.signal.aborted || unknown >= mostUnknown) break;
      options.onBegin(song, index);
      const prepared = await ask(song, 1);
      if (prepared === undefined) break;
      done.push(prepared);
      options.onSong(prepared, index);
      unknown = prepared.lyrics === "unknown" ? unknown + 1 : 0;
      // An abort ends the pause, and with it the loop.
      if (prepared.origin !== "cache") await delay(politeMs, undefined, { signal: options.signal }).catch(() => {});
    }
    return done;
  } finally {
    await client.close();
  }

  async function ask(song: ListedSong, attempt: number): Promise<PreparedSong | undefined> {
    const { artist, title, duration } = song;
    try {
      const reply = await client.request("prepare", { artist, title, ...(duration > 0 ? { duration } : {}) }, { timeoutMs: songMs, signal: options.signal });
      const prepared = preparedSongSchema.safeParse(reply.data?.["song"]).data;
      if (prepared !== undefined) return prepared;
      if (reply.data?.["code"] === "cancelled") return await again(song, attempt);
      if (reply.success) throw new CliError("the reply of lyrics_fetcher does not fit this command", { hint: "restart it with: vj restart lyrics_fetcher" });
      return unknownSong(song, reply.message ?? "refused");
    } catch (error) {
      if (options.signal.aborted) return undefined;
      if (!(error instanceof ControlError)) throw error;
      return again(song, attempt);
    }
  }

  /** The worker ended in the middle of a song: the song is requested again once the worker is back. Undefined when it does not come back. */
  async function again(song: ListedSong, attempt: number): Promise<PreparedSong | undefined> {
    await client.close();
    const next = await comeBack();
    if (next === undefined) return undefined;
    client = next;
    return attempt < mostAttempts ? ask(song, attempt + 1) : unknownSong(song, "lyrics_fetcher ended each time; see: vj logs lyrics_fetcher");
  }

  async function comeBack(): Promise<ControlClient | undefined> {
    const end = performance.now() + (options.backMs ?? usualBackMs);
    while (!options.signal.aborted && performance.now() < end) {
      try {
        return await options.connect();
      } catch {
        await delay(lookMs, undefined, { signal: options.signal }).catch(() => {});
      }
    }
    return undefined;
  }
}

function unknownSong({ artist, title }: ListedSong, problem: string): PreparedSong {
  return { artist, title, lyrics: "unknown", lines: 0, origin: null, meaning: "none", image: null, problems: [problem] };
}
