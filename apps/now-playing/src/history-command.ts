import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandDefinition } from "@vj/worker";
import { limits, messageOf } from "@vj/schema";
import { z } from "zod";
import { readHistory } from "./history.ts";
import type { Played } from "./history.ts";

/** What a reply needs beside the tracks, bytes. */
const spareBytes = 4096;

/** The command `get_history`: the newest `limit` shown tracks, as far as they fit into one reply, oldest first. */
export function historyCommand(dataDir: string): CommandDefinition {
  return defineCommand({
    description: "Returns the shown tracks, oldest first; left_out counts older ones that do not fit into the reply",
    args: z.object({
      since: z.iso.datetime({ offset: true }).max(64).optional().describe("Only those that began at this time or later"),
      limit: z.int().min(1).max(1000).default(100).describe("At most this many, the newest"),
    }),
    run: ({ since, limit }) => {
      try {
        const wanted = readHistory(dataDir, since === undefined ? 0 : Date.parse(since)).slice(-limit);
        const tracks = newestWithin(wanted, limits.frameBytes - spareBytes);
        const leftOut = wanted.length - tracks.length;
        return ok(null, { tracks, ...(leftOut === 0 ? {} : { left_out: leftOut }) });
      } catch (error) {
        return failed(messageOf(error), "failed");
      }
    },
  });
}

/** The newest of the tracks whose JSON has at most so many bytes together. */
export function newestWithin(tracks: readonly Played[], bytes: number): Played[] {
  let left = bytes;
  const first = tracks.findLastIndex((track) => (left -= Buffer.byteLength(JSON.stringify(track)) + 1) < 0);
  return tracks.slice(first + 1);
}
