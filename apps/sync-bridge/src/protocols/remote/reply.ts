import type { OscAddress } from "@vj/schema";
import { encode } from "@vj/telemetry";

/** Address of answers. */
export const replyAddress = "/vj/reply";

const definition: OscAddress = {
  args: [
    { name: "address", tag: "s" },
    { name: "ok", tag: "i", min: 0, max: 1 },
    { name: "text", tag: "s" },
  ],
  kind: "event",
  description: "Outcome of a command",
};

/** The answer to a command, as OSC: what was asked, 1 or 0, and a text for a person. */
export function encodeReply(address: string, isOk: boolean, text: string): Uint8Array | undefined {
  const encoded = encode(replyAddress, definition, [address.slice(0, 200), isOk ? 1 : 0, text]);
  return encoded.ok ? encoded.bytes : undefined;
}
