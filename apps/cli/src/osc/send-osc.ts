import { Outlet } from "@vj/telemetry";
import { CliError } from "../cli-error.ts";
import { printLine } from "../output.ts";
import { parseMessage } from "./parse-message.ts";
import { parsePlace } from "./place.ts";

/** How long the answer of a port where nobody listens may take. */
const answerMs = 100;

/** Sends one message. @throws CliError when it cannot be read or sent, or nobody listens on this machine's port */
export async function sendOsc(where: string, address: string, words: readonly string[]): Promise<void> {
  const { host, port } = parsePlace(where);
  const bytes = parseMessage(address, words);
  const problems: string[] = [];
  await using outlet = new Outlet({ host, port, onRecovered: () => {}, onProblem: (problem) => problems.push(problem) });
  await outlet.settled;
  outlet.send(bytes);
  await new Promise((resolve) => setTimeout(resolve, answerMs));
  if (problems.length > 0) throw new CliError(problems.join("; "));
  if (!outlet.stats().listening) throw new CliError(`nobody listens at ${host}:${port}`, { hint: "start its program, or see which port it has: vj doctor" });
  printLine(`${bytes.byteLength} bytes sent to ${host}:${port}`);
}
