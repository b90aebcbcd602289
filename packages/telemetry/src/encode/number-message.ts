import type { OscAddress } from "@vj/contract";
import type { CheckedMessage } from "./checked-message.ts";

/** An encoded message of numbers only, whose values are replaced for each message of its address. */
interface Template {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Of each definition by address: a view may send one under several names. */
const templates = new WeakMap<OscAddress, Map<string, Template>>();
/** Names of one definition that are kept. */
const mostNames = 64;
/** Every number of OSC 1.0 that we send takes four bytes. */
const numberBytes = 4;

/**
 * The bytes of a message whose arguments are all numbers, by replacing those in an earlier message of this address; undefined
 * before there is one. The numbers stand at the end (OSC 1.0), so everything before them stays as it was.
 */
export function encodeNumbers({ address, definition, values }: CheckedMessage): Uint8Array | undefined {
  const template = templates.get(definition)?.get(address);
  if (template === undefined || values.length !== definition.args.length) return undefined;
  const { bytes, view } = template;
  let at = bytes.byteLength - values.length * numberBytes;
  for (let index = 0; index < values.length; index += 1, at += numberBytes) {
    const value = values[index];
    if (typeof value !== "number") return undefined;
    if (definition.args[index]?.tag === "i") view.setInt32(at, value);
    else view.setFloat32(at, value);
  }
  // From the pool of the runtime: memory of its own costs more than the rest.
  const copy = Buffer.allocUnsafe(bytes.byteLength);
  copy.set(bytes);
  return copy;
}

/** Keeps an encoded message for `encodeNumbers`, if its arguments are all numbers. */
export function keepNumbers({ address, definition, values }: CheckedMessage, encoded: Uint8Array): void {
  if (values.length !== definition.args.length || values.some((value) => typeof value !== "number")) return;
  const bytes = encoded.slice();
  const named = templates.get(definition) ?? new Map<string, Template>();
  templates.set(definition, named);
  if (named.size >= mostNames) named.clear();
  named.set(address, { bytes, view: new DataView(bytes.buffer) });
}
