import { shorten } from "@vj/schema";
import type { OscArgument } from "@vj/schema";
import { encode } from "@vj/telemetry";

/** One OSC message as bytes, or why there is none. */
export type ReadMessage = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly error: string };

/** An address to send to: ASCII, no blank and no sign of a pattern (OSC 1.0). */
export const oscAddressPattern = /^(\/(?:(?![#*,/?[\]{}])[!-~])+)+$/;

/**
 * Reads an address and values as a person types them: `7` is an int, `7.0` a float, anything else a text; `i:7`, `f:7` and `s:7` name
 * their type. Pure.
 */
export function readMessage(address: string, words: readonly string[]): ReadMessage {
  if (!oscAddressPattern.test(address)) return { ok: false, error: `"${address}" is not an OSC address: it begins with /, is ASCII, and has no blank, # * , ? [ ] { }` };
  const read = words.map(readWord);
  const bad = read.findIndex(({ value }) => Number.isNaN(value));
  if (bad >= 0) return { ok: false, error: `value ${bad + 1}, "${shorten(words[bad] ?? "", 40)}", is not a number` };
  const args = read.map(({ tag }, index): OscArgument => ({ name: `value ${index + 1}`, tag }));
  return encode(address, { args, kind: "event", description: "" }, read.map(({ value }) => value));
}

function readWord(word: string): { tag: OscArgument["tag"]; value: number | string } {
  const [, type, text = word] = /^([ifs]):(.*)$/s.exec(word) ?? [];
  if (type === "s") return { tag: "s", value: text };
  const value = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (type === undefined && Number.isNaN(value)) return { tag: "s", value: text };
  return { tag: type === "i" || (type === undefined && /^[-+]?\d+$/.test(text)) ? "i" : "f", value };
}
