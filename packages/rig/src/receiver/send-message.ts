import { Outlet } from "@vj/telemetry";
import { pause, unlessAborted } from "../wait.ts";
import type { WaitOptions } from "../wait.ts";

/** Wait for the system's report that nothing listens on the port, ms. */
const answerMs = 100;

/** Outcome of sending one datagram. */
export interface SentMessage {
  /** Whether the system reported that nothing listens on the port; for another machine this report may be missing. */
  readonly refused: boolean;
  /** Why it could not be sent; empty when it was. */
  readonly problem: string;
}

/**
 * Sends one datagram, and waits a moment for the system's report that nothing listens there.
 * @throws ControlError `aborted`, nothing else
 */
export async function sendMessage({ host, port }: { readonly host: string; readonly port: number }, bytes: Uint8Array, options: WaitOptions = {}): Promise<SentMessage> {
  const problems: string[] = [];
  await using outlet = new Outlet({ host, port, onRecovered: () => {}, onProblem: (problem) => problems.push(problem) });
  await unlessAborted(() => outlet.settled, options);
  outlet.send(bytes);
  await pause(answerMs, options);
  return { refused: !outlet.stats().listening, problem: problems.join("; ") };
}
