import { createSocket } from "node:dgram";
import { once } from "node:events";
import { Worker, isMainThread, parentPort } from "node:worker_threads";

/** Counts the frames of the analyzer in a separate thread, so that a busy main thread does not distort the seconds. */
export interface FrameCounter {
  /** UDP port to send telemetry to. */
  readonly port: number;
  /** Frames in each whole second since the first frame. */
  seconds(): Promise<number[]>;
  close(): Promise<void>;
}

const address = "/audio/levels";

/** @throws Error when no port can be opened. */
export async function countFrames(): Promise<FrameCounter> {
  const thread = new Worker(new URL(import.meta.url));
  const ask = async (question: string): Promise<unknown> => {
    const answered = once(thread, "message");
    thread.postMessage(question, []);
    const [answer]: unknown[] = await answered;
    return answer;
  };
  const port = await ask("port");
  if (typeof port !== "number") throw new Error(`cannot count frames: ${String(port)}`);
  return {
    port,
    seconds: async () => {
      const counts = await ask("seconds");
      return Array.isArray(counts) ? counts.map(Number) : [];
    },
    close: async () => void (await thread.terminate()),
  };
}

async function count(): Promise<void> {
  const port = parentPort;
  if (port === null) return;
  const socket = createSocket({ type: "udp4", recvBufferSize: 4 * 1_048_576 });
  const counts: number[] = [];
  let begun: number | undefined;
  socket.on("message", (datagram) => {
    if (!datagram.subarray(0, address.length + 1).equals(Buffer.from(`${address}\0`))) return;
    const now = performance.now();
    begun ??= now;
    const second = Math.floor((now - begun) / 1000);
    counts[second] = (counts[second] ?? 0) + 1;
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  port.on("message", (question: unknown) => {
    if (question === "port") port.postMessage(socket.address().port);
    // The last second is not complete. A second without a frame has no entry.
    else port.postMessage(Array.from({ length: Math.max(0, counts.length - 1) }, (_, i) => counts[i] ?? 0));
  });
}

if (!isMainThread) await count();
