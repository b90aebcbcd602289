import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Worker, isMainThread, parentPort, workerData } from "node:worker_threads";

/** Counts the frames of analyzers, in a separate thread, so that a busy main thread does not distort the seconds. */
export interface FrameCounter {
  /** A UDP port to send telemetry to for each analyzer. */
  readonly ports: readonly number[];
  /** Frames of each analyzer in each whole second since the first frame of any; all by one clock. */
  seconds(): Promise<number[][]>;
  close(): Promise<void>;
}

const address = Buffer.from("/audio/levels\0");

/** @param analyzers how many to count. @throws Error when no port can be opened. */
export async function countFrames(analyzers: number): Promise<FrameCounter> {
  const thread = new Worker(new URL(import.meta.url), { workerData: analyzers });
  const ask = async (question: string): Promise<unknown[]> => {
    const answered = once(thread, "message");
    thread.postMessage(question, []);
    const [answer]: unknown[] = await answered;
    if (!Array.isArray(answer)) throw new Error(`cannot count frames: ${String(answer)}`);
    return answer;
  };
  const ports = (await ask("ports")).map(Number);
  return {
    ports,
    seconds: async () => (await ask("seconds")).map((counts) => (Array.isArray(counts) ? counts.map(Number) : [])),
    close: async () => void (await thread.terminate()),
  };
}

async function count(analyzers: number): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const seconds: number[][] = [];
  let begun: number | undefined;
  const sockets = Array.from({ length: analyzers }, (_, which) => {
    const socket = createSocket({ type: "udp4", recvBufferSize: 4 * 1_048_576 });
    socket.on("message", (datagram) => {
      if (!datagram.subarray(0, address.length).equals(address)) return;
      const now = performance.now();
      begun ??= now;
      const second = (seconds[Math.floor((now - begun) / 1000)] ??= Array.from({ length: analyzers }, () => 0));
      second[which] = (second[which] ?? 0) + 1;
    });
    return socket.bind(0, "127.0.0.1");
  });
  await Promise.all(sockets.map((socket) => once(socket, "listening")));
  port.on("message", (question: unknown) => {
    if (question === "ports") port.postMessage(sockets.map((socket) => socket.address().port));
    // The last second is not complete. A second without a frame has no entry.
    else port.postMessage(Array.from({ length: Math.max(0, seconds.length - 1) }, (_, i) => seconds[i] ?? Array.from({ length: analyzers }, () => 0)));
  });
}

if (!isMainThread) await count(Number(workerData));
