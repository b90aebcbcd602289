import { z } from "zod";
import { limits } from "./limits.ts";
import { msgIdSchema } from "./msg-id.ts";

/** Client -> worker. Arguments are further fields at top level. */
export const commandSchema = z.looseObject({
  type: z.literal("command"),
  msg_id: msgIdSchema.optional(),
  cmd: z.string().min(1).max(limits.nameCharacters),
});
export type Command = z.infer<typeof commandSchema>;

/** Names that an argument or a setting cannot have: arguments are fields of the message itself, beside these. */
export const reservedArguments: readonly string[] = ["type", "cmd", "msg_id"];

/** @returns the first reserved name among these, or undefined */
export function reservedIn(names: readonly string[]): string | undefined {
  return names.find((name) => reservedArguments.includes(name));
}

/** The fields of a command that are not its envelope. */
export function commandArgs(command: Command): Record<string, unknown> {
  const { type: _type, msg_id: _id, cmd: _cmd, ...args } = command;
  return args;
}
