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
  /** By how much more the nearest line would have to come earlier to begin now, ms; undefined when none is near. */
  toNearestLine(): number | undefined;
  /** Another offset is in force, ms. */
  onOffset(offsetMs: number): void;
}

const ms = z.int().min(-mostOffsetMs).max(mostOffsetMs);
const scope = z.enum(["song", "all"]).default("song").describe("The song that plays, or every song that has no offset of its own");

/** An offset in force, ms, and whose it is. */
interface Offset {
  readonly ms: number;
  readonly scope: "song" | "all";
}

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
  state(): Offset {
    const song = this.#options.song();
    const own = song === undefined ? undefined : this.#options.songs.get(song);
    return own === undefined ? { ms: this.#options.common(), scope: "all" } : { ms: own, scope: "song" };
  }

  commands(): CommandTable {
    return {
      nudge: defineCommand({
        description: "Shows the lyrics earlier (positive) or later by some milliseconds, and remembers it",
        args: z.object({ ms, scope }),
        run: ({ ms: step, scope: whom }) => this.#change(whom, (before) => Math.min(mostOffsetMs, Math.max(-mostOffsetMs, before + step))),
      }),
      set_offset: defineCommand({
        description: "Shows the lyrics earlier (positive) or later by exactly so many milliseconds, and remembers it",
        args: z.object({ ms, scope }),
        run: ({ ms: wanted, scope: whom }) => this.#change(whom, () => wanted),
      }),
      tap_line: defineCommand({
        description: "A line of the song begins now: moves the lyrics so that the nearest one does, and remembers it",
        args: z.object({}),
        run: async () => {
          const off = this.#options.toNearestLine();
          return off === undefined ? failed("no line is within 10 s of where the song is", "refused") : this.#change("song", (before) => Math.min(mostOffsetMs, Math.max(-mostOffsetMs, before + off)));
        },
      }),
      reset_offset: defineCommand({
        description: "Removes the offset of the song, or sets that of all songs to 0",
        args: z.object({ scope }),
        run: ({ scope: whom }) => this.#change(whom, () => (whom === "all" ? 0 : undefined)),
      }),
    };
  }

  async #change(whom: "song" | "all", change: (before: number) => number | undefined): Promise<Reply> {
    const { songs, setCommon, common } = this.#options;
    const song = this.#options.song();
    if (whom === "song" && song === undefined) return failed("no song plays: its offset cannot be changed; that of all songs can (scope=all)", "refused");
    try {
      if (whom === "all") await setCommon(change(common()) ?? 0);
      else if (song !== undefined) await songs.set(song, change(this.state().ms));
    } catch (error) {
      this.apply();
      return failed(`the offset is in force, but could not be saved: ${messageOf(error)}`, "failed");
    }
    this.apply();
    return ok(describe(whom, this.state(), common()), { offset: this.state() });
  }
}

/** The result of a change, in words. @param whom whose offset was changed @param now what is in force @param common that of all songs, ms */
function describe(whom: "song" | "all", now: Offset, common: number): string {
  if (whom === "all") return `offset ${signed(common)} for all songs${now.scope === "song" ? `; this song keeps its own, ${signed(now.ms)}` : ""}`;
  return now.scope === "song" ? `offset ${signed(now.ms)} for this song` : `done: this song now has the offset of all songs, ${signed(common)}`;
}

function signed(milliseconds: number): string {
  return `${milliseconds > 0 ? "+" : ""}${milliseconds} ms`;
}
