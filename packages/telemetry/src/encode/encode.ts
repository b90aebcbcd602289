import { messageOf } from "@vj/contract";
import type { OscAddress, OscArgument, OscValues } from "@vj/contract";
import { toBuffer } from "osc-min";
import type { OscArgInput } from "osc-min";
import type { CheckedMessage } from "./checked-message.ts";
import { encodeNumbers, keepNumbers } from "./number-message.ts";

/** A datagram, or a sentence that names the wrong argument. */
export type Encoded = { ok: true; bytes: Uint8Array } | { ok: false; error: string };

/** A message, or a sentence that names the wrong argument. */
export type Checked = { ok: true; message: CheckedMessage } | { ok: false; error: string };

const largestFloat32 = 3.402_823_466_385_288_6e38;

/**
 * Checks the arguments of one message against its table entry. Numbers outside the range of their argument are limited to
 * it. NUL characters cannot be part of an OSC string and are left out. Never throws.
 * @param definition the entry of `address` in its table.
 * @param given the arguments in the table's order or by name; an optional last one may be missing.
 */
export function check(address: string, definition: OscAddress, given: OscValues): Checked {
  const inOrder = toOrder(definition, given);
  const { args } = definition;
  const needed = args.at(-1)?.optional === true ? args.length - 1 : args.length;
  if (inOrder.length < needed || inOrder.length > args.length) {
    return { ok: false, error: `${address} takes ${args.length} arguments, got ${inOrder.length}` };
  }
  const values: (number | string)[] = [];
  for (const argument of args) {
    if (values.length >= inOrder.length) break;
    const fitted = fit(argument, inOrder[values.length]);
    if (typeof fitted === "object") return { ok: false, error: `${address}: ${argument.name} ${fitted.fault}` };
    values.push(fitted);
  }
  return { ok: true, message: { address, definition, values } };
}

/** Encodes a checked message as OSC 1.0, with the type tags of the table: a float 2 stays `f`. Never throws. */
export function encodeMessage(message: CheckedMessage): Encoded {
  const numbers = encodeNumbers(message);
  if (numbers !== undefined) return { ok: true, bytes: numbers };
  const { address, definition, values } = message;
  const args: OscArgInput[] = [];
  for (const { tag } of definition.args) {
    const value = values[args.length];
    if (value === undefined) break;
    if (typeof value === "string") args.push({ type: "string", value });
    else args.push({ type: tag === "i" ? "integer" : "float", value });
  }
  try {
    const { buffer, byteOffset, byteLength } = toBuffer({ address, args });
    const bytes = new Uint8Array(buffer, byteOffset, byteLength);
    keepNumbers(message, bytes);
    return { ok: true, bytes };
  } catch (error) {
    return { ok: false, error: `${address} cannot be encoded: ${messageOf(error)}` };
  }
}

/** Checks and encodes one message: `check` and `encodeMessage` in one. Never throws. */
export function encode(address: string, definition: OscAddress, given: OscValues): Encoded {
  const checked = check(address, definition, given);
  return checked.ok ? encodeMessage(checked.message) : checked;
}

/** Puts arguments by name into the order of the table. */
function toOrder(definition: OscAddress, given: OscValues): ArrayLike<unknown> {
  if (isInOrder(given)) return given;
  const values = definition.args.map(({ name }): unknown => Reflect.get(given, name));
  const last = definition.args.at(-1);
  return last?.optional === true && values.at(-1) === undefined ? values.slice(0, -1) : values;
}

function isInOrder(given: OscValues): given is ArrayLike<unknown> {
  return Array.isArray(given) || ArrayBuffer.isView(given);
}

/** The value to send, or its fault. */
function fit({ tag, min = -Infinity, max = Infinity }: OscArgument, value: unknown): number | string | { fault: string } {
  if (tag === "s") return typeof value === "string" ? value.replaceAll("\0", "") : { fault: `must be a text, got ${show(value)}` };
  if (typeof value !== "number" || !Number.isFinite(value)) return { fault: `must be a finite number, got ${show(value)}` };
  if (tag === "i" && (value | 0) !== value) return { fault: `must be a whole number of 32 bits, got ${value}` };
  if (tag === "f" && Math.abs(value) > largestFloat32) return { fault: `must fit into a 32-bit float, got ${value}` };
  // A level of 1.0000001 is a rounding error; refusing it would darken a screen.
  return Math.min(max, Math.max(min, value));
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "number" ? String(value) : typeof value;
}
