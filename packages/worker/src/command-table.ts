import { commandArgs, explainIssues, issuesOf, parseNullsAsAbsent, reservedIn } from "@vj/schema";
import type { Command, Reply } from "@vj/schema";
import type { Peer } from "@vj/control";
import type { z } from "zod";
import { failed } from "./reply.ts";
import { assertZod4 } from "./zod-version.ts";
import { WorkerError } from "./errors.ts";

/** A command with typed arguments. Made by {@link defineCommand}. */
export interface CommandDefinition {
  readonly description: string;
  readonly args: z.ZodObject;
  /** Whether it is written to the worker's log when it was carried out. */
  readonly isLogged: boolean;
  /** Validates the arguments and runs the command. */
  run(command: Command, peer: Peer): Reply | Promise<Reply>;
}

/** Commands of one worker, by name. */
export type CommandTable = Readonly<Record<string, CommandDefinition>>;

/**
 * Declares a command: arguments that do not match `args` are refused with the reason, before `run` is called.
 * @example
 * defineCommand({
 *   description: "Says hello",
 *   args: z.object({ name: z.string().max(100) }),
 *   run: ({ name }) => ok(`Hello, ${name}`),
 * })
 * @throws WorkerError `reserved` when an argument has a name of the envelope: `type`, `cmd`, `msg_id`
 */
export function defineCommand<Args extends z.ZodObject>(definition: {
  description: string;
  args: Args;
  /** Default true. False for what a program sends again and again, which would push all else out of the log. */
  isLogged?: boolean;
  run(args: z.output<Args>, peer: Peer): Reply | Promise<Reply>;
}): CommandDefinition {
  assertNotReserved(definition.args, "an argument of a command");
  return {
    description: definition.description,
    args: definition.args,
    isLogged: definition.isLogged ?? true,
    run(command, peer) {
      const args = parseNullsAsAbsent(definition.args, commandArgs(command));
      if (!args.success) return failed(`${command.cmd}: ${explainIssues(args.error)}`, "bad_arguments", issuesOf(args.error));
      return definition.run(args.data, peer);
    },
  };
}

/**
 * Rejects reserved names: arguments and settings are fields of the message, beside those of its envelope.
 * @param what kind of field: "an argument of a command"
 * @throws WorkerError `reserved`, that names the field; `zod` when the schema is not one of zod 4
 */
export function assertNotReserved(fields: z.ZodObject, what: string): void {
  assertZod4(fields, what);
  const reserved = reservedIn(Object.keys(fields.shape));
  if (reserved !== undefined) throw new WorkerError("reserved", `${what} cannot be called "${reserved}", which is a field of every message; choose another name`);
}
