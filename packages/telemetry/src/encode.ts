import type { OscAddress, OscArgument, OscValues } from "@vj/schema";
import { toBuffer } from "osc-min";
import type { OscArgInput } from "osc-min";
import { messageOf } from "@vj/schema";

/** A datagram, or a sentence saying which argument is wrong. */
export type Encoded = { ok: true; bytes: Uint8Array } | { ok: false; error: string };

const largestFloat32 = 3.402_823_466_385_288_6e38;

/**
 * Encodes one message as OSC 1.0, with the type tags of the table: a float 2 stays `f`, whatever JavaScript thinks.
 * Numbers outside the range of their argument are brought to its edge. NUL characters cannot travel in an OSC string and
 * are left out. Never throws.
 * @param definition the entry of `address` in its table.
 * @param given the arguments in the table's order or by name; an optional last one may be missing.
 */
export function encode(address: string, definition: OscAddress, given: OscValues): Encoded {
  const values = inOrder(definition, given);
  const needed = definition.args.filter(({ optional }) => optional !== true).length;
  if (values.length < needed || values.length > definition.args.length) {
    return { ok: false, error: `${address} takes ${definition.args.length} arguments, got ${values.length}` };
  }
  const args: OscArgInput[] = [];
  for (const [index, argument] of definition.args.entries()) {
    if (index >= values.length) break;
    const packed = pack(argument, values[index]);
    if (typeof packed === "string") return { ok: false, error: `${address}: ${argument.name} ${packed}` };
    args.push(packed);
  }
  return write(address, args);
}

/** Arguments by name, put in the order of the table. */
function inOrder(definition: OscAddress, given: OscValues): ArrayLike<unknown> {
  if (isInOrder(given)) return given;
  const values = definition.args.map(({ name }): unknown => Reflect.get(given, name));
  const last = definition.args.at(-1);
  return last?.optional === true && values.at(-1) === undefined ? values.slice(0, -1) : values;
}

function isInOrder(given: OscValues): given is ArrayLike<unknown> {
  return Array.isArray(given) || ArrayBuffer.isView(given);
}

/** The argument with its explicit type, or what is wrong with it. */
function pack({ tag, min = -Infinity, max = Infinity }: OscArgument, value: unknown): OscArgInput | string {
  if (tag === "s") {
    if (typeof value !== "string") return `must be a text, got ${show(value)}`;
    return { type: "string", value: value.replaceAll("\0", "") };
  }
  if (typeof value !== "number" || !Number.isFinite(value)) return `must be a finite number, got ${show(value)}`;
  if (tag === "i" && (value | 0) !== value) return `must be a whole number of 32 bits, got ${value}`;
  if (tag === "f" && Math.abs(value) > largestFloat32) return `must fit into a 32-bit float, got ${value}`;
  // A level of 1.0000001 is a rounding error, and a dark screen would be the wrong answer to it.
  return { type: tag === "i" ? "integer" : "float", value: Math.min(max, Math.max(min, value)) };
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 40));
  return typeof value === "number" ? String(value) : typeof value;
}

function write(address: string, args: OscArgInput[]): Encoded {
  try {
    const { buffer, byteOffset, byteLength } = toBuffer({ address, args });
    return { ok: true, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
  } catch (error) {
    return { ok: false, error: `${address} cannot be encoded: ${messageOf(error)}` };
  }
}
