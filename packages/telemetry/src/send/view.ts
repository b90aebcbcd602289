import { matchesAddress } from "@vj/schema";
import type { CheckedMessage, Encoded } from "./encode.ts";
import { encodeMessage } from "./encode.ts";
import { shapes } from "./shapes.ts";
import type { ShapeName } from "./shapes.ts";

/** What stands between the sender and one receiver: which messages it gets, and how they look. */
export interface View {
  readonly shape: ShapeName;
  /** Of the shaped messages only these addresses, or prefixes that end in `*`; undefined: all. */
  readonly only: readonly string[] | undefined;
}

/** Everything, as the table has it. */
export const plainView: View = { shape: "packed", only: undefined };

/** One datagram for a receiver, or why it cannot be made. */
export interface ViewedDatagram {
  readonly address: string;
  readonly encoded: Encoded;
}

/** Gives the datagrams that one message is in a view. */
export type Render = (view: View) => readonly ViewedDatagram[];

/** Renders one message for any number of views: each shape is made once, when a view first asks for it. Never throws. */
export function renderer(message: CheckedMessage): Render {
  const made: Partial<Record<ShapeName, readonly ViewedDatagram[]>> = {};
  return ({ shape, only }) => {
    const datagrams = (made[shape] ??= shapes[shape](message).map((one) => ({ address: one.address, encoded: encodeMessage(one) })));
    return only === undefined ? datagrams : datagrams.filter(({ address }) => matchesAddress(address, only));
  };
}
