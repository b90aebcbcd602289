import { z } from "zod";
import { ackSchema } from "./ack.ts";
import { commandSchema } from "./command.ts";
import { errorSchema } from "./error.ts";
import { heartbeatSchema } from "./heartbeat.ts";
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
export type Message = z.infer<typeof messageSchema>;

/** A valid message, or why it is none; `msgId` is set when one could still be read. */
export type ParsedMessage = { ok: true; message: Message } | { ok: false; error: string; msgId: string | undefined };

/**
 * Validates one decoded JSON value.
 * @returns the message, or a sentence saying which field is wrong. Never throws.
 */
export function parseMessage(value: unknown): ParsedMessage {
  const result = messageSchema.safeParse(value);
  if (result.success) return { ok: true, message: result.data };
  return { ok: false, error: `invalid message: ${explainIssues(result.error)}`, msgId: readMsgId(value) };
}

/** One line per fault, each naming its field: "poll_interval: expected number, received string". */
export function explainIssues(error: z.ZodError): string {
  return error.issues
    .map((issue) => (issue.path.length > 0 ? `${issue.path.join(".")}: ${issue.message}` : issue.message))
    .join("; ");
}

function readMsgId(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("msg_id" in value)) return undefined;
  return typeof value.msg_id === "string" ? value.msg_id : undefined;
}
