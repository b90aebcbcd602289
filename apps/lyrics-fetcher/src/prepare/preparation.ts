import { messageOf } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandDefinition, CommandTable } from "@vj/worker";
import { z } from "zod";
import { runPipeline } from "../pipeline.ts";
import { newSong, questionOf } from "../song.ts";
import type { LyricsQuery } from "../song.ts";
import { describeLyrics, nothingFound, outcomeOf } from "../song-report.ts";
import { prepareSong } from "./prepare-song.ts";
import type { PrepareOptions } from "./prepare-song.ts";

type Peer = Parameters<CommandDefinition["run"]>[1];

const name = z.string().trim().min(1).max(300);

export interface PreparationOptions extends PrepareOptions {
  /** Ends with the worker. */
  readonly signal: AbortSignal;
  /** Gets what a person should know. */
  onProblem(problem: string): void;
}

/** The command `prepare`: songs for later, one after the other, so that services are asked once at a time. */
export class Preparation {
  readonly #options: PreparationOptions;
  #before: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(options: PreparationOptions) {
    this.#options = options;
  }

  /** Songs that are being prepared, or wait for it. */
  get waiting(): number {
    return this.#waiting;
  }

  commands(): CommandTable {
    return {
      prepare: defineCommand({
        description: "Fetches and analyses a song for later, without touching what plays; what is known already is not asked again",
        args: z.object({ artist: name, title: name, duration: z.number().min(0).max(86_400).optional().describe("Seconds") }),
        run: ({ duration, ...song }, peer) => this.#prepare({ ...song, ...(duration === undefined ? {} : { duration }) }, peer),
      }),
    };
  }

  /**
   * Finds the lyrics of a song that is not shown, because a person asked for it, and keeps them; a language model is asked behind it.
   * @returns the reply to `fetch_lyrics`
   */
  async fetch(track: LyricsQuery): Promise<Reply> {
    const { steps, understanding, signal, onProblem } = this.#options;
    try {
      const { song, failures } = await runPipeline(steps, newSong(track, { byHand: true }), signal, () => {});
      const [failure] = failures;
      if (failure !== undefined) return failed(failure.error.message, "unavailable");
      if (song.lyrics === null) return failed(nothingFound(track), "unavailable");
      const question = questionOf(song);
      if (question.lines.length > 0) {
        understanding.prepare(question, signal).catch((error: unknown) => {
          if (!signal.aborted) onProblem(`${track.artist} - ${track.title}: ${messageOf(error)}`);
        });
      }
      return ok(`${outcomeOf(song)}; kept for when it plays, what plays stays on show`, { ...describeLyrics(song), shown: false });
    } catch (error) {
      return failed(messageOf(error), signal.aborted ? "cancelled" : "failed");
    }
  }

  /** Ends with the client that asks, or with the worker. */
  async #prepare(song: LyricsQuery, peer: Peer): Promise<Reply> {
    const gone = new AbortController();
    const forget = peer.on("close", () => gone.abort());
    const signal = AbortSignal.any([gone.signal, this.#options.signal]);
    this.#waiting += 1;
    const prepared = this.#before.then(() => prepareSong(song, this.#options, signal));
    this.#before = prepared.catch(() => {});
    try {
      return ok(null, { song: await prepared });
    } catch (error) {
      return failed(messageOf(error), signal.aborted ? "cancelled" : "failed");
    } finally {
      this.#waiting -= 1;
      forget();
    }
  }
}
