import type { Socket } from "node:net";

/** A connection is read this much in `periodMs`; ten times what a busy program sends. */
const bytesPerPeriod = 16_384;
const periodMs = 100;

/** Limits how fast a connection is read: the rest waits at its sender. */
export function limitReading(socket: Socket): void {
  let left = bytesPerPeriod;
  let timer: NodeJS.Timeout | undefined;
  socket.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    timer ??= setTimeout(() => {
      timer = undefined;
      left = bytesPerPeriod;
      socket.resume();
    }, periodMs);
    if (left <= 0) socket.pause();
  });
  socket.on("close", () => clearTimeout(timer));
}
