import { CliError, exitCodes } from "../cli-error.ts";
import { encode } from "@vj/telemetry";
import type { OscArgument } from "@vj/schema";

const hint = "write values as they are (7 is an int, 7.0 a float, anything else a text), or with their type: i:7 f:7 s:7";

/**
 * Reads an address and values as a person types them into one OSC message.
 * @returns its bytes @throws CliError naming the word that cannot be read
 */
export function parseMessage(address: string, words: readonly string[]): Uint8Array {
  if (!/^(\/[^\s#*,/?[\]{}]+)+$/.test(address)) throw new CliError(`"${address}" is not an OSC address`, { hint: "it begins with / and has no blank, # * , ? [ ] { }", exitCode: exitCodes.usage });
  const read = words.map(parseWord);
  const args = read.map(({ tag }, index): OscArgument => ({ name: `value ${index + 1}`, tag }));
  const encoded = encode(address, { args, kind: "event", description: "" }, read.map(({ value }) => value));
  if (!encoded.ok) throw new CliError(encoded.error, { hint, exitCode: exitCodes.usage });
  return encoded.bytes;
}

function parseWord(word: string): { tag: OscArgument["tag"]; value: number | string } {
  const [, type, text = word] = /^([ifs]):(.*)$/s.exec(word) ?? [];
  if (type === "s") return { tag: "s", value: text };
  const value = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (type === undefined && Number.isNaN(value)) return { tag: "s", value: text };
  return { tag: type === "i" || (type === undefined && /^[-+]?\d+$/.test(text)) ? "i" : "f", value };
}
