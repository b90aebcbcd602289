import { ReceivedMessage } from "./message.ts";
import type { OscMessage } from "./message.ts";

/** What a message keeps in memory, bytes. */
export function keptBytes(message: OscMessage): number {
  return message instanceof ReceivedMessage ? message.bytes.byteLength : 0;
}
