import { limits, logLevels, messageOf, oscPattern } from "@vj/schema";
import type { LatestEntry } from "@vj/telemetry";
import { defineCommand, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { LogIntake } from "./log-intake.ts";
import type { CapturedMessage, OscIntake } from "./osc-intake.ts";
import { lastThatFit } from "./reply-size.ts";

const address = z
  .string()
  .startsWith("/")
  .max(255)
  .superRefine((pattern, context) => {
    try {
      oscPattern(pattern);
    } catch (error) {
      context.addIssue({ code: "custom", message: messageOf(error) });
    }
  })
  .optional()
  .describe("An address, or an OSC pattern with * ? [a-z] {a,b}; a * at the end also matches all parts below");

/** The commands of the debugger. Times are epoch seconds. */
export function debuggerCommands(osc: OscIntake, logs: LogIntake): CommandTable {
  return {
    get_messages: defineCommand({
      description: "The last OSC messages, oldest first; total_count is the number of kept messages that match, left_out counts older ones that do not fit into the reply",
      args: z.object({ count: z.int().min(1).max(limits.debuggerMessages).default(50), address }),
      run: ({ count, address }) => {
        const matching = osc.messages(address);
        return ok(null, { ...fitted("messages", matching.slice(-count), showMessage), total_count: matching.length });
      },
    }),
    get_addresses: defineCommand({
      description: "The newest message, count and rate of every address seen; left_out counts the first ones of the alphabet, where not all fit into the reply, and overflow the messages of addresses that could not be kept",
      args: z.object({ address }),
      run: ({ address }) => {
        const entries = osc.addresses(address);
        return ok(null, { ...fitted("addresses", entries, showAddress), total_count: entries.length, overflow: osc.stats().overflow });
      },
    }),
    get_logs: defineCommand({
      description: "The last log lines of all processes, oldest first; level includes the higher ones",
      args: z.object({
        count: z.int().min(1).max(limits.debuggerLogs).default(100),
        level: z.enum(logLevels).optional(),
        source: z.string().max(limits.nameCharacters).optional(),
      }),
      run: ({ count, ...filter }) => {
        const matching = logs.entries(filter);
        return ok(null, { ...fitted("logs", matching.slice(-count), (entry) => entry), total_count: matching.length });
      },
    }),
    clear: defineCommand({
      description: "Deletes all messages, addresses and log lines",
      args: z.object({}),
      run: () => {
        osc.clear();
        logs.clear();
        return ok("Cleared");
      },
    }),
  };
}

/** As many of the last items as one reply holds, under their name, and how many are left out. */
function fitted<T>(name: string, items: readonly T[], show: (item: T) => unknown): Record<string, unknown> {
  const shown = lastThatFit(items, show);
  return { [name]: shown, ...(shown.length === items.length ? {} : { left_out: items.length - shown.length }) };
}

function showMessage({ receivedAt, message: { address, tags, args } }: CapturedMessage): Record<string, unknown> {
  return { timestamp: receivedAt / 1000, address, tags, args };
}

function showAddress({ message, receivedAt, count, rate, changedFrom }: LatestEntry): Record<string, unknown> {
  const { address, tags, args } = message;
  return { address, tags, args, count, rate, timestamp: receivedAt / 1000, type_changed_from: changedFrom ?? null };
}
