import { z } from "zod";
import { ackSchema } from "./ack.ts";
import { commandSchema } from "./command.ts";
import { errorSchema } from "./error.ts";
import { heartbeatSchema } from "./heartbeat.ts";
import { msgIdSchema } from "./msg-id.ts";
import { parseNullsAsAbsent } from "./nulls.ts";
import { explainIssues, issuesOf } from "./refusal.ts";
import type { Issue } from "./refusal.ts";
import { registerSchema } from "./register.ts";
import { responseSchema } from "./response.ts";

/** Every message that may travel on a control socket. */
export const messageSchema = z.discriminatedUnion("type", [
  heartbeatSchema,
  commandSchema,
  ackSchema,
  responseSchema,
  registerSchema,
  errorSchema,
]);
/** Any message on a control socket, as {@link messageSchema} accepts it. */
export type Message = z.infer<typeof messageSchema>;

/** Why a value is not a message; `msgId` is set if it could still be read. */
export interface InvalidMessage {
  readonly ok: false;
  readonly error: string;
  readonly msgId: string | undefined;
  /** The fields at fault, if the fault lies in fields. */
  readonly issues: readonly Issue[];
}

/** A valid message, or the reason why it is invalid. */
export type ParsedMessage = { readonly ok: true; readonly message: Message } | InvalidMessage;

/**
 * Validates one decoded JSON value.
 * @returns the message, or a sentence that names the wrong field. Never throws.
 */
export function parseMessage(value: unknown): ParsedMessage {
  const result = parseNullsAsAbsent(messageSchema, value);
  if (result.success) return { ok: true, message: result.data };
  return { ok: false, error: `invalid message: ${explainIssues(result.error)}`, msgId: readMsgId(value), issues: issuesOf(result.error) };
}

function readMsgId(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("msg_id" in value)) return undefined;
  const msgId = msgIdSchema.safeParse(value.msg_id);
  return msgId.success ? msgId.data : undefined;
}
