import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandDefinition } from "@vj/worker";
import { messageOf } from "@vj/schema";
import { z } from "zod";
import { readHistory } from "./history.ts";

/** The command `get_history`: the newest `limit` shown tracks, oldest first. */
export function historyCommand(dataDir: string): CommandDefinition {
  return defineCommand({
    description: "Returns the shown tracks, oldest first",
    args: z.object({
      since: z.iso.datetime({ offset: true }).max(64).optional().describe("Only those that began at this time or later"),
      limit: z.int().min(1).max(1000).default(100).describe("At most this many, the newest"),
    }),
    run: ({ since, limit }) => {
      try {
        return ok(null, { tracks: readHistory(dataDir, since === undefined ? 0 : Date.parse(since)).slice(-limit) });
      } catch (error) {
        return failed(messageOf(error), "failed");
      }
    },
  });
}
