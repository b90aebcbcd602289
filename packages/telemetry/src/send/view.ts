import { matchesAddress } from "@vj/schema";
import type { CheckedMessage, Encoded } from "./encode.ts";
import { encodeMessage } from "./encode.ts";
import { shapes } from "./shapes.ts";
import type { ShapeName } from "./shapes.ts";

/** Stands between the sender and one receiver: selects and shapes its messages. */
export interface View {
  readonly shape: ShapeName;
  /** Send only these addresses of the shaped messages, or prefixes that end in `*`; undefined: all. */
  readonly only: readonly string[] | undefined;
}

/** All messages, unchanged. */
export const plainView: View = { shape: "packed", only: undefined };

/** One datagram for a receiver, or the reason why it cannot be encoded. */
export interface ViewedDatagram {
  readonly address: string;
  readonly encoded: Encoded;
}

/** Returns the datagrams of one message in a view. */
export type Render = (view: View) => readonly ViewedDatagram[];

/** Renders one message for any number of views: each shape is rendered once, when a view first needs it. Never throws. */
export function renderer(message: CheckedMessage): Render {
  const made: Partial<Record<ShapeName, readonly ViewedDatagram[]>> = {};
  return ({ shape, only }) => {
    const datagrams = (made[shape] ??= shapes[shape](message).map((one) => ({ address: one.address, encoded: encodeMessage(one) })));
    return only === undefined ? datagrams : datagrams.filter(({ address }) => matchesAddress(address, only));
  };
}
