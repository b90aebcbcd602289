import { sanitizeText } from "@vj/schema";
import { fit } from "./fit.ts";

/** Shows the progress of a long task. */
export interface Progress {
  /** @param done 0–1 @param doing what is done now, on one line; foreign text in it cannot steer the terminal */
  show(done: number, doing: string): void;
  /** Prints something else above the bar. @param print writes whole lines, to the terminal or elsewhere */
  above(print: () => void): void;
  /** Removes the bar: the work is over. */
  end(): void;
}

/** Where progress is shown, and how. */
export interface ProgressOptions {
  /** Default standard error, so that standard output contains results alone. */
  readonly stream?: Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write">;
  /** Draw with ASCII alone; default: as `VJ_ASCII` says. */
  readonly ascii?: boolean;
  /** Whether plain lines are printed where there is not a terminal; default true. False for work that prints lines of its own. */
  readonly lines?: boolean;
}

const barWidth = 20;
/** Interval between drawings, ms. */
const drawMs = 100;
/** Shortest time between two plain lines, ms. Work that is over sooner prints none. */
const lineMs = 2000;
/** Time after which the rest is estimated, ms, and the least part that must be done. */
const estimateMs = 3000;
const estimateFrom = 0.02;
const eraseLine = "\r\u001b[K";

/** A bar on the last line of a terminal; elsewhere a plain line at most every tenth of the work. */
export function createProgress({ stream = process.stderr, ascii = process.env["VJ_ASCII"] === "1", lines = true }: ProgressOptions = {}): Progress {
  return stream.isTTY && process.env["TERM"] !== "dumb" ? bar(stream, ascii) : plain(stream, lines);
}

function bar(stream: Pick<NodeJS.WriteStream, "columns" | "write">, ascii: boolean): Progress {
  const [full, empty] = ascii ? ["#", "."] : ["█", "·"];
  const begun = performance.now();
  let latest: { readonly done: number; readonly doing: string } | undefined;
  let timer: NodeJS.Timeout | undefined;
  let drawnAt = -Infinity;
  const draw = (): void => {
    timer = undefined;
    if (latest === undefined) return;
    const { done, doing } = latest;
    drawnAt = performance.now();
    const filled = Math.round(done * barWidth);
    const line = `${full.repeat(filled)}${empty.repeat(barWidth - filled)} ${percent(done)}${timeLeft(done, drawnAt - begun)} ${sanitizeText(doing, 200)}`;
    stream.write(`${eraseLine}${fit(line, (stream.columns || 80) - 1)}`);
  };
  return {
    show(done, doing) {
      latest = { done: limited(done), doing };
      const wait = drawnAt + drawMs - performance.now();
      if (wait <= 0) draw();
      // The last one of a burst is drawn, too: what it names may take long.
      else timer ??= setTimeout(draw, wait).unref();
    },
    above(print) {
      if (latest !== undefined) stream.write(eraseLine);
      print();
      draw();
    },
    end() {
      clearTimeout(timer);
      if (latest !== undefined) stream.write(eraseLine);
      latest = undefined;
    },
  };
}

function plain(stream: Pick<NodeJS.WriteStream, "write">, lines: boolean): Progress {
  let printedAt = performance.now();
  let tenth = 0;
  return {
    show(done, doing) {
      const now = Math.floor(limited(done) * 10);
      if (!lines || now <= tenth || performance.now() - printedAt < lineMs) return;
      [tenth, printedAt] = [now, performance.now()];
      stream.write(`${percent(done)} ${sanitizeText(doing, 200)}\n`);
    },
    above: (print) => print(),
    end: () => {},
  };
}

const limited = (done: number): number => Math.min(1, Math.max(0, done || 0));

const percent = (done: number): string => `${Math.floor(limited(done) * 100)} %`;

function timeLeft(done: number, elapsedMs: number): string {
  if (elapsedMs < estimateMs || done < estimateFrom || done >= 1) return "";
  const seconds = Math.round((elapsedMs / 1000) * (1 / done - 1));
  return `, ${seconds < 60 ? `${seconds} s` : `${Math.round(seconds / 60)} min`} left:`;
}
