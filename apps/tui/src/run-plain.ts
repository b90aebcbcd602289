import type { Writable } from "node:stream";
import { systemErrorCode } from "@vj/control";
import { sanitizeText } from "@vj/schema";
import { readEnvironment } from "./config.ts";
import { openRig } from "./open-rig.ts";
import { changedLines, standing } from "./plain-lines.ts";
import type { PlainLine } from "./plain-lines.ts";
import { onEndSignal } from "./process-events.ts";
import { clock } from "./text/format.ts";
import { toAscii } from "./text/paint.ts";

/** The rig to follow, and where its lines go. */
export interface PlainOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string;
  /** Output of the lines; default: standard output. */
  readonly output?: Writable;
  /** Called at the end, to stop everything that was started for this. Left out: nothing is stopped. */
  readonly onQuit?: () => Promise<void>;
  /** Ends it from outside. */
  readonly signal?: AbortSignal;
}

/** Interval of checks, besides those after each change, milliseconds. */
const lookMs = 500;
/** A state must last this long before it is printed, milliseconds: shorter ones are not worth a line. */
const settleMs = 50;
/** A worker that has not answered this long after the start is away, milliseconds: on a busy machine answers take a while. */
const findMs = 2000;

/**
 * Prints one line per change of state, `12:04:11 hello running (pid 4711)`, until SIGTERM, SIGINT, `signal`, or the end
 * of its reader. Needs no terminal.
 */
export async function runPlain(options: PlainOptions = {}): Promise<void> {
  const environment = readEnvironment();
  const output = options.output ?? process.stdout;
  let printed: ReadonlyMap<string, PlainLine> = new Map();
  let soon: NodeJS.Timeout | undefined;
  let finish = (): void => {};
  let fail = (_error: Error): void => {};
  const finished = new Promise<void>((resolve, reject) => {
    finish = resolve;
    fail = reject;
  });
  // It may fail before anything waits for it; later waits still get the error.
  finished.catch(() => {});

  const onError = (error: Error): void => {
    // The reader has closed the pipe, like `head`.
    if (systemErrorCode(error) === "EPIPE") finish();
    else fail(error);
  };
  output.on("error", onError);
  const unsignal = onEndSignal(finish);
  options.signal?.addEventListener("abort", finish);

  const beganAt = performance.now();
  const rig = openRig({ busDir: options.busDir ?? environment.busDir, wanted: ["/karaoke/track"] });
  const print = (text: string): void => {
    const line = sanitizeText(`${clock(Date.now())} ${text}`);
    output.write(`${environment.palette.ascii ? toAscii(line) : line}\n`);
  };
  const look = (): void => {
    soon = undefined;
    const now = standing(rig.store.get(), rig.telemetry(), Date.now(), { before: printed, settled: performance.now() - beganAt > findMs });
    for (const line of changedLines(printed, now)) print(line);
    printed = now;
  };
  const unwatch = rig.store.subscribe((_rig, event) => {
    if (event.type === "notice") print(event.text);
    else soon ??= setTimeout(look, settleMs);
  });
  const timer = setInterval(look, lookMs);
  for (const problem of environment.problems) print(problem);

  try {
    if (options.signal?.aborted !== true) await finished;
  } finally {
    clearInterval(timer);
    clearTimeout(soon);
    unwatch();
    await rig.close();
    await options.onQuit?.();
    options.signal?.removeEventListener("abort", finish);
    unsignal();
    output.off("error", onError);
  }
}
