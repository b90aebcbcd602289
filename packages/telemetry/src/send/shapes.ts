import type { CheckedMessage } from "./encode.ts";

/** How a receiver wants messages: the messages that it gets for one of the table, in order. Pure. */
export type Shape = (message: CheckedMessage) => readonly CheckedMessage[];

/** As the table has it, for code: one message, all arguments in it. */
const packed: Shape = (message) => [message];

/** Every shape by its name. */
export const shapes = { packed } as const satisfies Readonly<Record<string, Shape>>;
export type ShapeName = keyof typeof shapes;
