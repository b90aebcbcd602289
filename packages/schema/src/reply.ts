import type { Ack } from "./ack.ts";
import type { Response } from "./response.ts";

/** The result of a command, whichever message carried it (`response` or `ack`). */
export interface Reply {
  success: boolean;
  message: string | null;
  data: Record<string, unknown> | null;
}

/** Reads a reply from either message type; the contract lets a worker answer with both. */
export function toReply(message: Ack | Response): Reply {
  if (message.type === "response") return { success: message.success ?? true, message: null, data: message.data };
  return { success: message.success, message: message.message, data: message.data };
}
