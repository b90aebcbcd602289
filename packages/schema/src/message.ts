import { z } from "zod";
import { ackSchema } from "./ack.ts";
import { commandSchema } from "./command.ts";
import { errorSchema } from "./error.ts";
import { heartbeatSchema } from "./heartbeat.ts";
import { limits } from "./limits.ts";
import { msgIdSchema } from "./msg-id.ts";
import { parseNullsAsAbsent } from "./nulls.ts";
import { registerSchema } from "./register.ts";
import { responseSchema } from "./response.ts";
import { shorten } from "./shorten.ts";

/** Longest name or text of one fault, in characters. */
const longestFault = 200;

/** Every message that may travel on a control socket. */
export const messageSchema = z.discriminatedUnion("type", [
  heartbeatSchema,
  commandSchema,
  ackSchema,
  responseSchema,
  registerSchema,
  errorSchema,
]);
export type Message = z.infer<typeof messageSchema>;

/** A valid message, or why it is none; `msgId` is set when one could still be read. */
export type ParsedMessage = { ok: true; message: Message } | { ok: false; error: string; msgId: string | undefined };

/**
 * Validates one decoded JSON value.
 * @returns the message, or a sentence saying which field is wrong. Never throws.
 */
export function parseMessage(value: unknown): ParsedMessage {
  const result = parseNullsAsAbsent(messageSchema, value);
  if (result.success) return { ok: true, message: result.data };
  return { ok: false, error: `invalid message: ${explainIssues(result.error)}`, msgId: readMsgId(value) };
}

/**
 * One line per fault, each naming its field: "poll_interval: expected number, received string". Bounded whatever was sent:
 * the first faults are named and the rest counted, long names are cut.
 */
export function explainIssues(error: z.ZodError): string {
  const named = error.issues.slice(0, limits.namedFaults).map((issue) => {
    const message = shorten(issue.message, longestFault);
    return issue.path.length > 0 ? `${shorten(issue.path.map(String).join("."), longestFault)}: ${message}` : message;
  });
  const more = error.issues.length - named.length;
  return more > 0 ? `${named.join("; ")}; and ${more} more` : named.join("; ");
}

function readMsgId(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("msg_id" in value)) return undefined;
  const msgId = msgIdSchema.safeParse(value.msg_id);
  return msgId.success ? msgId.data : undefined;
}
