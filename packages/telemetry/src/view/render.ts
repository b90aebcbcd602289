import type { TargetView } from "@vj/schema";
import type { CheckedMessage, Encoded } from "../send/encode.ts";
import { encodeMessage } from "../send/encode.ts";
import { shapes } from "./shapes.ts";

/** One message of the table, for any number of views: each shape, and the bytes of each unchanged message, are made once. */
export interface Rendering {
  shaped(shape: TargetView["shape"]): readonly CheckedMessage[];
  encoded(message: CheckedMessage): Encoded;
}

/** Renders one message, when a view first asks for it. Never throws. */
export function rendering(message: CheckedMessage): Rendering {
  const shaped: Partial<Record<TargetView["shape"], readonly CheckedMessage[]>> = {};
  const encoded = new Map<CheckedMessage, Encoded>();
  return {
    shaped: (shape) => (shaped[shape] ??= shapes[shape](message)),
    encoded(one) {
      const known = encoded.get(one) ?? encodeMessage(one);
      encoded.set(one, known);
      return known;
    },
  };
}
