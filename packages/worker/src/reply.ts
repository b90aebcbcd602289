import type { ReplyMessage } from "@vj/control";
import { refuse } from "@vj/schema";
import type { Command, Issue, RefusalCode, Reply } from "@vj/schema";

/** A command was carried out. */
export function ok(message: string | null = null, data: Record<string, unknown> | null = null): Reply {
  return { success: true, message, data };
}

/** A command was refused; `message` gives the reason and the next step, `issues` the arguments at fault. */
export function failed(message: string, code: RefusalCode = "refused", issues: readonly Issue[] = []): Reply {
  return refuse(message, code, issues);
}

/** A reply as a message: `response` for queries, `ack` for actions and refusals. */
export function toReplyMessage({ cmd }: Command, reply: Reply): ReplyMessage {
  const query = cmd === "get_state" || cmd === "describe";
  return query && reply.success && reply.data !== null ? { type: "response", data: reply.data } : { type: "ack", ...reply };
}
