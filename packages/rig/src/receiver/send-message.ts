import { setTimeout as delay } from "node:timers/promises";
import { Outlet } from "@vj/telemetry";

/** How long the answer of a port where nobody listens may take, ms. */
const answerMs = 100;

/** What became of one datagram. */
export interface SentMessage {
  /** Whether its port answered that nobody listens; a receiver on another machine may not say so. */
  readonly refused: boolean;
  /** Why it could not be sent; empty when it was. */
  readonly problem: string;
}

/** Sends one datagram, and waits a moment for the answer of a port where nobody listens. Never rejects. */
export async function sendMessage({ host, port }: { readonly host: string; readonly port: number }, bytes: Uint8Array): Promise<SentMessage> {
  const problems: string[] = [];
  await using outlet = new Outlet({ host, port, onRecovered: () => {}, onProblem: (problem) => problems.push(problem) });
  await outlet.settled;
  outlet.send(bytes);
  await delay(answerMs);
  return { refused: !outlet.stats().listening, problem: problems.join("; ") };
}
