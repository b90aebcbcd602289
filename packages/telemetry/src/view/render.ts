import type { TargetView } from "@vj/contract";
import type { CheckedMessage } from "../encode/checked-message.ts";
import type { ShapedMessage } from "./shaped-message.ts";
import { shapes } from "./shapes.ts";

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
    shaped: (shape) => (shaped[shape] ??= shapes[shape](message)),
  };
}
