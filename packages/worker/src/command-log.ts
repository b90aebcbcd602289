import { commandArgs, shorten } from "@vj/schema";
import type { Command } from "@vj/schema";
import type { z } from "zod";
import type { Logger } from "./logger.ts";
import { isSecret } from "./setting-marks.ts";

/** Commands that only read, or concern the connection that sent them. */
const quiet = /^(?:get|list|show|describe|subscribe|unsubscribe|mute|hold|benchmark)(?:_|$)/;
/** Names of arguments whose values are not written down. */
const secret = /secret|token|password|passwd|api_?key/i;
/** Commands that are logged in a second, at most; further ones are counted. */
const mostPerSecond = 10;
/** Longest arguments that are logged, characters. */
const mostCharacters = 500;

/**
 * Logs the commands that a worker carried out, so that the log, or a recording, shows what was changed when. Lines have a field `command`
 * with `cmd` and `args`.
 */
export class CommandLog {
  readonly #log: () => Logger;
  readonly #now: () => number;
  #second = 0;
  #count = 0;

  /** @param now epoch milliseconds */
  constructor(log: () => Logger, now: () => number = Date.now) {
    this.#log = log;
    this.#now = now;
  }

  /**
   * Notes a command that was carried out.
   * @param schema of its arguments, where it is known: values of secrets are not written down
   */
  note(command: Command, schema?: z.ZodObject): void {
    const { cmd } = command;
    if (quiet.test(cmd)) return;
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) {
      const left = this.#count - mostPerSecond;
      if (left > 0) this.#log().info(`${left} more commands within one second`);
      [this.#second, this.#count] = [second, 0];
    }
    this.#count += 1;
    if (this.#count > mostPerSecond) return;
    const args = argsOf(command, schema);
    const text = Object.entries(args).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`).join("");
    this.#log().info({ command: { cmd, args } }, shorten(`command ${cmd}${text}`, 200));
  }
}

/** The arguments without secrets; only their names where they are long. */
function argsOf(command: Command, schema: z.ZodObject | undefined): Record<string, unknown> {
  const isHidden = (key: string): boolean => secret.test(key) || (schema !== undefined && isSecret(schema, key));
  const args = Object.fromEntries(Object.entries(commandArgs(command)).map(([key, value]) => [key, isHidden(key) ? "…" : value]));
  const isLong = JSON.stringify(args).length > mostCharacters;
  return isLong ? Object.fromEntries(Object.keys(args).slice(0, 20).map((key) => [shorten(key, 40), "…"])) : args;
}
