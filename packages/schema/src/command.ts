import { z } from "zod";
import { limits } from "@vj/contract";
import { msgIdSchema } from "./msg-id.ts";

/** Client -> worker. Arguments are further fields at top level. */
export const commandSchema = z.looseObject({
  type: z.literal("command"),
  msg_id: msgIdSchema.optional(),
  cmd: z.string().min(1).max(limits.nameCharacters),
});
/** A request to a worker; its arguments stand beside `cmd`. */
export type Command = z.infer<typeof commandSchema>;

/** Names that an argument or a setting cannot have: arguments are fields of the message itself, beside these. */
export const reservedArguments: readonly string[] = ["type", "cmd", "msg_id"];

/** The first name among these that the envelope of a command has for itself; undefined when there is none. */
export function reservedIn(names: readonly string[]): string | undefined {
  return names.find((name) => reservedArguments.includes(name));
}

/** The fields of a command that are not its envelope. */
export function commandArgs(command: Command): Record<string, unknown> {
  const { type: _type, msg_id: _id, cmd: _cmd, ...args } = command;
  return args;
}
