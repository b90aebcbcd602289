import type { CheckedMessage } from "./encode.ts";

/** The form in which a receiver gets messages: maps one message of the table to the messages to send, in order. Pure. */
export type Shape = (message: CheckedMessage) => readonly CheckedMessage[];

/** Unchanged, for programs: one message with all arguments. */
const packed: Shape = (message) => [message];

/** Every shape by its name. */
export const shapes = { packed } as const satisfies Readonly<Record<string, Shape>>;
export type ShapeName = keyof typeof shapes;
