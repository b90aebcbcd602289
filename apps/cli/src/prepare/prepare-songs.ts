import { setTimeout as delay } from "node:timers/promises";
import { ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { preparedSongSchema } from "@vj/lyrics-fetcher";
import type { PreparedSong } from "@vj/lyrics-fetcher";
import { CliError } from "../cli-error.ts";
import type { ListedSong } from "./parse-playlist.ts";

export interface PrepareOptions {
  /** Connects to the worker, which may be restarted meanwhile. */
  connect(): Promise<ControlClient>;
  readonly signal: AbortSignal;
  onBegin(song: ListedSong, index: number): void;
  onSong(song: PreparedSong, index: number): void;
}

/** A language model and a picture of a slow machine, ms. */
const songMs = 600_000;
/** Services that are asked for free are not asked without a pause, ms. */
const politeMs = 250;
/** Then nobody answers, and the rest is left for another run. */
const mostUnknown = 5;
const reconnects = 3;

/**
 * Prepares songs one after the other.
 * @returns those that were asked for; fewer than all when it was interrupted, or nobody could be asked any more
 * @throws CliError when the worker is gone for good, or too old
 */
export async function prepareSongs(songs: readonly ListedSong[], options: PrepareOptions): Promise<PreparedSong[]> {
  const done: PreparedSong[] = [];
  let client = await options.connect();
  let unknown = 0;
  try {
    for (const [index, song] of songs.entries()) {
      if (options.signal.aborted || unknown >= mostUnknown) break;
      options.onBegin(song, index);
      const prepared = await ask(song, 0);
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
      if (reply.success) throw new CliError("the reply of lyrics_fetcher does not fit this command", { hint: "restart it with: vj restart lyrics_fetcher" });
      return { artist, title, lyrics: "unknown", lines: 0, origin: null, meaning: "none", image: null, problems: [reply.message ?? "refused"] };
    } catch (error) {
      if (options.signal.aborted) return undefined;
      if (!(error instanceof ControlError) || attempt >= reconnects) throw error;
      await client.close();
      client = await options.connect();
      return ask(song, attempt + 1);
    }
  }
}
