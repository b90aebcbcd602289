import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { messageOf } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { z } from "zod";
import type { LyricsQuery } from "../song.ts";
import { mostOffsetMs } from "./song-offsets.ts";
import type { SongOffsets } from "./song-offsets.ts";

export interface OffsetsOptions {
  readonly songs: SongOffsets;
  /** The song that plays; undefined when none does. */
  song(): LyricsQuery | undefined;
  /** The setting `timing_offset_ms`. */
  common(): number;
  /** Changes it. @throws Error when it cannot be saved */
  setCommon(offsetMs: number): Promise<void>;
  /** Another offset is in force, ms. */
  onOffset(offsetMs: number): void;
}

const scope = z.enum(["song", "all"]).default("song").describe("The song that plays, or every song that has no offset of its own");

/** The timing offset in force: that of the song, else the one of all songs. Both are remembered. */
export class Offsets {
  readonly #options: OffsetsOptions;

  constructor(options: OffsetsOptions) {
    this.#options = options;
  }

  /** Puts the offset of the song that plays in force. */
  apply(): void {
    this.#options.onOffset(this.state().ms);
  }

  /** What is in force, and why, as `get_state` has it. */
  state(): { ms: number; scope: "song" | "all" } {
    const song = this.#options.song();
    const own = song === undefined ? undefined : this.#options.songs.get(song);
    return own === undefined ? { ms: this.#options.common(), scope: "all" } : { ms: own, scope: "song" };
  }

  commands(): CommandTable {
    return {
      nudge: defineCommand({
        description: "Shows the lyrics earlier (positive) or later by some milliseconds, and remembers it",
        args: z.object({ ms: z.int().min(-mostOffsetMs).max(mostOffsetMs), scope }),
        run: ({ ms, scope: whom }) => this.#change(whom, (before) => Math.min(mostOffsetMs, Math.max(-mostOffsetMs, before + ms))),
      }),
      reset_offset: defineCommand({
        description: "Takes the offset of the song back, or that of all songs to 0",
        args: z.object({ scope }),
        run: ({ scope: whom }) => this.#change(whom, () => (whom === "all" ? 0 : undefined)),
      }),
    };
  }

  async #change(whom: "song" | "all", change: (before: number) => number | undefined): Promise<Reply> {
    const { songs, setCommon, common } = this.#options;
    const song = this.#options.song();
    if (whom === "song" && song === undefined) return failed("no song plays; for all songs give scope=all", "refused");
    try {
      if (whom === "all") await setCommon(change(common()) ?? 0);
      else if (song !== undefined) await songs.set(song, change(this.state().ms));
    } catch (error) {
      this.apply();
      return failed(`the offset holds, but is not remembered: ${messageOf(error)}`, "failed");
    }
    this.apply();
    const { ms, scope: by } = this.state();
    return ok(`offset ${ms > 0 ? "+" : ""}${ms} ms (${by === "song" ? "this song" : "all songs"})`, { offset: { ms, scope: by } });
  }
}
