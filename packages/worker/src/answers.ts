import type { Peer, ReplyMessage } from "@vj/control";
import type { Command, Reply } from "@vj/schema";
import type { z } from "zod";
import type { CommandLog } from "./command-log.ts";
import type { CommandDefinition, CommandTable } from "./command-table.ts";
import { toReplyMessage } from "./reply.ts";

export interface AnswerParts {
  /** The commands of the worker; empty until it starts. */
  readonly table: () => CommandTable;
  /** The schema of its settings, the arguments of `set_config`. */
  readonly settings: () => z.ZodObject;
  /** Takes the commands that are not in the table. */
  readonly other: (command: Command, peer: Peer) => Reply | Promise<Reply>;
  /** Where carried out commands are noted. */
  readonly log: CommandLog;
}

/** Makes the function that carries out a command and gives its reply: at once where it can, else as a promise. */
export function createAnswers({ table, settings, other, log }: AnswerParts): (command: Command, peer: Peer) => ReplyMessage | Promise<ReplyMessage> {
  function replyTo(command: Command, entry: CommandDefinition | undefined, reply: Reply): ReplyMessage {
    if (reply.success && entry?.isLogged !== false) log.note(command, command.cmd === "set_config" ? settings() : entry?.args);
    return toReplyMessage(command, reply);
  }

  return (command, peer) => {
    const commands = table();
    const entry = Object.hasOwn(commands, command.cmd) ? commands[command.cmd] : undefined;
    const reply = entry === undefined ? other(command, peer) : entry.run(command, peer);
    return reply instanceof Promise ? reply.then((later) => replyTo(command, entry, later)) : replyTo(command, entry, reply);
  };
}
