import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";
import { waitedMs } from "../waited.ts";

/** Counts the frames of analyzers, in a separate thread, so that a busy main thread does not distort the seconds. */
export interface FrameCounter {
  /** A UDP port to send telemetry to for each analyzer. */
  readonly ports: readonly number[];
  /** Starts to record how long a process waits for a processor. @param pid of the first analyzer */
  watch(pid: number): Promise<void>;
  /** Each whole second since the first frame of any analyzer, by one clock. */
  seconds(): Promise<CountedSecond[]>;
  close(): Promise<void>;
}

/** The counts of one second. */
export interface CountedSecond {
  /** Frames of each analyzer. */
  readonly frames: readonly number[];
  /** Milliseconds that the watched process was ready to run and waited for a processor. */
  readonly waitedMs: number;
}

const address = Buffer.from("/audio/levels\0");

/** @param analyzers number of analyzers. @throws Error when no port can be opened. */
export async function countFrames(analyzers: number): Promise<FrameCounter> {
  const thread = new Worker(new URL(import.meta.url), { workerData: analyzers });
  const ask = async (question: unknown): Promise<unknown[]> => {
    const answered = once(thread, "message");
    thread.postMessage(question, []);
    const [answer]: unknown[] = await answered;
    if (!Array.isArray(answer)) throw new Error(`cannot count frames: ${String(answer)}`);
    return answer;
  };
  const ports = (await ask("ports")).map(Number);
  return {
    ports,
    watch: async (pid) => void (await ask(pid)),
    seconds: async () => {
      const starts = (await ask("seconds")).map((second) => (Array.isArray(second) ? second.map(Number) : []));
      // The last second is not complete; the wait in a second ends where the next begins.
      return starts.slice(0, -1).map(([waited = 0, ...frames], i) => ({ frames, waitedMs: (starts[i + 1]?.[0] ?? waited) - waited }));
    },
    close: async () => void (await thread.terminate()),
  };
}

async function count(analyzers: number): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  let [begun, pid]: (number | undefined)[] = [];
  /** For each second: the total wait of the process at its beginning, then the frames. */
  const seconds: number[][] = [];
  const secondOf = (now: number): number[] => {
    begun ??= now;
    // A second without a frame has an entry as well.
    while (seconds.length <= Math.floor((now - begun) / 1000)) {
      seconds.push([pid === undefined ? 0 : waitedMs(pid), ...Array.from({ length: analyzers }, () => 0)]);
    }
    return seconds.at(-1) ?? [];
  };
  const sockets = Array.from({ length: analyzers }, (_, which) => {
    const socket = createSocket({ type: "udp4", recvBufferSize: 4 * 1_048_576 });
    socket.on("message", (datagram) => {
      if (!datagram.subarray(0, address.length).equals(address)) return;
      const second = secondOf(performance.now());
      second[which + 1] = (second[which + 1] ?? 0) + 1;
    });
    return socket.bind(0, "127.0.0.1");
  });
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  port.on("message", (question: unknown) => {
    if (typeof question === "number") pid = question;
    port.postMessage(question === "ports" ? sockets.map((socket) => socket.address().port) : seconds);
  });
}

if (!isMainThread) await count(Number(workerData));
