import type { RecordedMessage } from "./messages-of.ts";
import type { Timeline } from "./timeline.ts";

/** What is played, when, and to whom. */
export interface PlayOptions {
  readonly timeline: Timeline;
  /** Called for each message when it is due. @param lateMs how long ago it was due, milliseconds */
  readonly send: (message: RecordedMessage, lateMs: number) => void;
  /** The clock of the timeline, milliseconds; default: this process's monotonic one. */
  readonly now?: () => number;
  /** Waits this many milliseconds, or less when the timeline changes or the signal aborts. */
  readonly wait: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

/** A message due within this time is sent now, milliseconds: timers are never early, but always a little late. */
const slackMs = 0.5;
/** A wait that is long enough to read the next chunk meanwhile, milliseconds. */
const calmMs = 4;
/** Longest wait, milliseconds. */
const longestWaitMs = 60_000;

/** Sends messages when they are due, in their order. Reads the next chunk in a pause, before it is needed. */
export async function play(chunks: AsyncIterable<readonly RecordedMessage[]>, options: PlayOptions): Promise<void> {
  const { timeline, send, signal, wait, now = () => performance.now() } = options;
  const iterator = chunks[Symbol.asyncIterator]();
  let next = iterator.next();
  try {
    for (let chunk = await next; chunk.done !== true && !signal.aborted; chunk = await next) {
      let ahead: typeof next | undefined;
      for (const message of chunk.value) {
        for (let left = timeline.due(message.at) - now(); left > slackMs && !signal.aborted; left = timeline.due(message.at) - now()) {
          if (left > calmMs) ahead ??= keepFault(iterator.next());
          await wait(Math.max(1, Math.floor(Math.min(left, longestWaitMs))));
        }
        if (signal.aborted) break;
        send(message, now() - timeline.due(message.at));
      }
      next = ahead ?? iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

/** The fault is thrown where the chunk is awaited; until then it must not count as unhandled. */
function keepFault<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}
