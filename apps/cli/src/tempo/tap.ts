import type { ControlClient } from "@vj/control";
import { accepted } from "@vj/rig/manager";
import { sanitizeText } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import { printLine } from "../output.ts";
import { withAnalyzer } from "./analyzer.ts";
import { startedUs, tapKeys } from "./tap-keys.ts";
import { tempoOfReply } from "./tempo-text.ts";

/** Taps the tempo: a key each beat in a terminal; elsewhere one tap, of the moment at which this program was started. */
export async function tapTempo(): Promise<void> {
  const { stdin, stdout } = process;
  if (!stdin.isTTY || !stdout.isTTY) return withAnalyzer(async (client) => printLine(await tapAt(client, startedUs())));
  const signal = interrupted();
  await withAnalyzer(async (client) => {
    printLine("tap any key on each beat; ctrl-c ends it, and the tempo stays: vj tempo auto gives it back");
    let taps = 0;
    stdin.setRawMode(true).resume();
    try {
      await tapKeys({
        input: stdin,
        tap: (atUs) => tapAt(client, atUs),
        show: (text) => stdout.write(`\r\u001b[K${(taps += 1)}  ${text}`),
        signal,
      });
    } finally {
      stdin.setRawMode(false).pause();
      if (taps > 0) stdout.write("\n");
    }
  });
}

async function tapAt(client: ControlClient, atUs: number): Promise<string> {
  const reply = await client.request("tap", { at_us: atUs });
  // A tap that is refused, for example as too fast, ends nothing: the next ones may be right.
  if (!reply.success && process.stdin.isTTY) return sanitizeText(reply.message ?? "refused");
  const { message, data } = accepted(reply);
  const isFirst = message?.startsWith("first") === true;
  return sanitizeText((isFirst ? message : tempoOfReply(data)) ?? message ?? "tapped");
}
