import type { OscAddress, TargetView } from "@vj/schema";
import type { CheckedMessage } from "../send/checked-message.ts";
import type { Encoded } from "../send/encode.ts";
import { encodeMessage } from "../send/encode.ts";
import { shapes } from "./shapes.ts";

/** A message in one of the shapes, whose bytes are made once. */
export class ShapedMessage implements CheckedMessage {
  readonly address: string;
  readonly definition: OscAddress;
  readonly values: CheckedMessage["values"];
  #encoded: Encoded | undefined;

  constructor({ address, definition, values }: CheckedMessage) {
    this.address = address;
    this.definition = definition;
    this.values = values;
  }

  /** Its bytes, or why it has none. Never throws. */
  get encoded(): Encoded {
    return (this.#encoded ??= encodeMessage(this));
  }
}

/** One message of the table, for any number of views: each shape, and the bytes of each shaped message, are made once. */
export interface Rendering {
  /** The message as the table has it. */
  readonly message: CheckedMessage;
  /** When it was sent, ms of `performance.now()`. */
  readonly at: number;
  shaped(shape: TargetView["shape"]): readonly ShapedMessage[];
}

/** Renders one message, when a view first asks for it. Never throws. */
export function rendering(message: CheckedMessage): Rendering {
  const shaped: Partial<Record<TargetView["shape"], readonly ShapedMessage[]>> = {};
  return {
    message,
    at: performance.now(),
    shaped: (shape) => (shaped[shape] ??= shapes[shape](message).map((one) => new ShapedMessage(one))),
  };
}
