import type { RecordedMessage } from "@vj/recording";
import type { OscTable } from "@vj/schema";
import { check, decode } from "@vj/telemetry";
import { Worker, defineCommand, ok, packageVersion, processContext } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";

/** Name of the worker that replays a recording. */
export const replayName = "replay";

/** Publishes a recording on the bus as workers do: to the targets, and to everybody who subscribes. */
export class ReplayWorker extends Worker {
  readonly #table: OscTable;

  /** @param table the addresses of the recording */
  constructor(table: OscTable) {
    // Log lines go to its file: the terminal shows how far the replay is.
    super({ name: replayName, version: packageVersion(import.meta.url), description: "Replays a recording", config: z.object({}), osc: table }, { ...processContext(), print: undefined });
    this.#table = table;
  }

  /** @returns whether it was sent: false for types that a table does not have, and for values that do not fit the table, as NaN */
  publish({ channel: { topic }, data }: RecordedMessage): boolean {
    const entry = Object.hasOwn(this.#table, topic) ? this.#table[topic] : undefined;
    const decoded = entry === undefined ? undefined : decode(data);
    const message = decoded?.ok === true ? decoded.messages[0] : undefined;
    if (entry === undefined || message === undefined || !/^[ifs]*$/.test(message.tags)) return false;
    const values = message.args.filter((value) => typeof value === "number" || typeof value === "string");
    if (!check(topic, entry, values).ok) return false;
    this.telemetry.send(topic, values);
    return true;
  }

  protected override commands(): CommandTable {
    return {
      hold_output: defineCommand({
        description: "Accepted, so that recorded sources can be followed; what was recorded is published all the same",
        args: z.object({}),
        run: () => ok("The recording goes on"),
      }),
    };
  }
}
