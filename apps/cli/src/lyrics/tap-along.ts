import { isTapped, placeOf, tap, undoLine } from "@vj/lyrics-fetcher";
import type { TapSession } from "@vj/lyrics-fetcher";
import { tapRows, tapScreen } from "./tap-screen.ts";

export interface TapAlongOptions {
  readonly session: TapSession;
  /** The terminal's keys, in raw mode. */
  readonly input: NodeJS.ReadableStream;
  readonly output: { readonly columns?: number; write(text: string): unknown };
  /** Where the song is, seconds of the lyrics; undefined while it does not play. */
  position(): number | undefined;
  /** The number of tapped lines has changed. */
  onLine(session: TapSession): void;
  /** Ends it, when the song is over or the process is to end. */
  readonly signal: AbortSignal;
}

const drawMs = 100;

/** Takes taps until every word is tapped, ctrl-c or the end of the signal. @returns how far it came */
export function tapAlong(options: TapAlongOptions): Promise<TapSession> {
  const { input, output, position, onLine, signal } = options;
  let session = options.session;
  let drawn = false;

  const draw = (): void => {
    const up = drawn ? `\u001b[${tapRows}A\r\u001b[J` : "";
    drawn = true;
    output.write(`${up}${tapScreen(session, position(), output.columns || 80).map((row) => `${row}\r\n`).join("")}`);
  };
  const change = (next: TapSession): void => {
    const line = placeOf(session).line;
    session = next;
    if (placeOf(session).line !== line) onLine(session);
    draw();
  };

  return new Promise((resolve) => {
    const timer = setInterval(draw, drawMs);
    const end = (): void => {
      clearInterval(timer);
      input.off("data", onData);
      signal.removeEventListener("abort", end);
      resolve(session);
    };
    const onData = (data: Buffer | string): void => {
      // Read the position at once: the moment of the key counts.
      const seconds = position();
      for (const key of String(data)) {
        if (key === "\u0003") return end();
        if (key === "\u007f" || key === "\b") change(undoLine(session));
        else if ((key === " " || key === "\r" || key === "\n") && seconds !== undefined) change(tap(session, seconds));
        if (isTapped(session)) return end();
      }
    };
    input.on("data", onData);
    signal.addEventListener("abort", end);
    draw();
    if (signal.aborted || isTapped(session)) end();
  });
}
