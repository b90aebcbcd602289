import { placeText } from "@vj/schema";
import { sendMessage } from "@vj/rig/receiver";
import { CliError } from "../cli-error.ts";
import { printLine } from "../output.ts";
import { parseMessage } from "./parse-message.ts";
import { parsePlace } from "./place.ts";

/** Sends one message. @throws CliError when it cannot be read or sent, or nobody listens on this machine's port */
export async function sendOsc(where: string, address: string, words: readonly string[]): Promise<void> {
  const { host, port } = parsePlace(where);
  const bytes = parseMessage(address, words);
  const { problem, refused } = await sendMessage({ host, port }, bytes);
  if (problem !== "") throw new CliError(problem);
  if (refused) throw new CliError(`nobody listens at ${placeText({ host, port })}`, { hint: "start its program, or see which port it has: vj doctor" });
  printLine(`${bytes.byteLength} bytes sent to ${placeText({ host, port })}`);
}
