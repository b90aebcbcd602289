export interface TapKeysOptions {
  /** The terminal's keys, in raw mode. */
  readonly input: NodeJS.ReadableStream;
  /** Takes a tap of this time, microseconds of the system's monotonic clock. @returns what to show */
  tap(atUs: number): Promise<string>;
  /** Shows a text in place of the last one. */
  show(text: string): void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Ctrl-C and Ctrl-D. */
const enders = /[\u0003\u0004]/;

/** Microseconds of the system's monotonic clock. */
function steadyUs(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** When this program was started, which is when a person pressed the key for it; on the clock of {@link steadyUs}. */
export function startedUs(): number {
  return steadyUs() - Math.round(performance.now() * 1000);
}

/**
 * Each key is a tap, at the time at which it is read, until ctrl-c, the end of the input or the signal. Ends when every tap has its answer.
 * @throws what `tap` throws, at once
 */
export function tapKeys({ input, tap, show, signal }: TapKeysOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Promise<void>>();
    const stop = (): void => {
      input.off("data", onData).off("end", end).off("close", end);
      signal.removeEventListener("abort", end);
    };
    const end = (): void => {
      stop();
      Promise.all(waiting).then(() => resolve(), reject);
    };
    const fail = (error: unknown): void => {
      stop();
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    const onData = (data: Buffer | string): void => {
      const atUs = steadyUs();
      if (enders.test(String(data))) return end();
      const answer = tap(atUs).then(show).catch(fail).finally(() => waiting.delete(answer));
      waiting.add(answer);
    };
    input.on("data", onData).on("end", end).on("close", end);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}
