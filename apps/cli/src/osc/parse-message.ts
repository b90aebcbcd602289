import { oscAddressPattern, readMessage } from "@vj/rig/receiver";
import { CliError, exitCodes } from "../cli-error.ts";

const hint = "write values as they are (7 is an int, 7.0 a float, anything else a text), or with their type: i:7 f:7 s:7";

/**
 * Reads an address and values as a person types them into one OSC message.
 * @returns its bytes @throws CliError naming the word that cannot be read
 */
export function parseMessage(address: string, words: readonly string[]): Uint8Array {
  if (!oscAddressPattern.test(address)) throw new CliError(`"${address}" is not an OSC address`, { hint: "it begins with /, is ASCII, and has no blank, # * , ? [ ] { }", exitCode: exitCodes.usage });
  const read = readMessage(address, words);
  if (!read.ok) throw new CliError(read.error, { hint, exitCode: exitCodes.usage });
  return read.bytes;
}
