import { hostSchema, placeText, plainHost, subscribeArgsSchema } from "@vj/schema";
import type { Description } from "@vj/schema";
import { z } from "zod";
import type { ChangeQueue } from "./change-queue.ts";
import { defineCommand } from "./command-table.ts";
import type { CommandTable } from "./command-table.ts";
import type { Mutes } from "./mutes.ts";
import { failed, ok } from "./reply.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** The parts of a worker that its common commands use. */
export interface CommonActions {
  getState(): Record<string, unknown>;
  describe(): Description;
  changes: ChangeQueue;
  shutdown(): void;
  subscriptions: Subscriptions;
  mutes: Mutes;
}

const none = z.object({});

/** The commands of every worker. */
export function commonCommands(actions: CommonActions): CommandTable {
  return {
    get_state: defineCommand({
      description: "Its state and its settings",
      args: none,
      run: () => ok(null, actions.getState()),
    }),
    describe: defineCommand({
      description: "Its settings, commands and OSC addresses, as JSON Schema",
      args: none,
      run: () => ok(null, { ...actions.describe() }),
    }),
    set_config: defineCommand({
      description: "Changes and saves the given settings, keeps the others",
      args: z.looseObject({}),
      run: (changes, peer) => actions.changes.setConfig(peer, changes),
    }),
    restart: defineCommand({
      description: "Reads its configuration again and restarts in place",
      args: none,
      run: (_args, peer) => actions.changes.restart(peer),
    }),
    subscribe: defineCommand({
      description: "Sends its telemetry to a UDP port for as long as this connection lives",
      args: subscribeArgsSchema,
      run: (args, peer) => actions.subscriptions.add(peer, { ...args, host: plainHost(args.host) }),
    }),
    unsubscribe: defineCommand({
      description: "Ends this connection's subscription of a port, or all of them",
      args: z.object({ port: z.int().min(1).max(65_535).optional() }),
      run: ({ port }, peer) =>
        actions.subscriptions.remove(peer, port) > 0 ? ok("Unsubscribed") : failed("this connection has no such subscription"),
    }),
    mute: defineCommand({
      description: "Sends no telemetry, or none to one host and port, for as long as this connection lives: another process publishes the same meanwhile",
      args: z.object({ host: hostSchema.default("127.0.0.1"), port: z.int().min(1).max(65_535).optional() }),
      run: ({ host: given, port }, peer) => {
        const host = plainHost(given);
        if (!actions.mutes.add(peer, port === undefined ? undefined : { host, port })) return failed("this connection silences too many places");
        return ok(port === undefined ? "Sends nothing" : `Sends nothing to ${placeText({ host, port })}`);
      },
    }),
    shutdown: defineCommand({
      description: "Ends the process in order",
      args: none,
      run: () => {
        actions.shutdown();
        return ok("Shutting down");
      },
    }),
  };
}
