import type { Reply } from "@vj/contract";
import type { Ack } from "./ack.ts";
import type { Response } from "./response.ts";

/** Reads a reply from either message type; the contract lets a worker answer with both. */
export function toReply(message: Ack | Response): Reply {
  if (message.type === "response") return { success: message.success ?? true, message: null, data: message.data };
  return { success: message.success, message: message.message, data: message.data };
}
