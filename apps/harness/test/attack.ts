import { once } from "node:events";
import { connect } from "node:net";
import type { Socket } from "node:net";
import { encodeFrame } from "@vj/control";
import { limits } from "@vj/schema";
import { waitFor } from "@vj/test-kit";

/** Clients that misbehave, each in its own way, until they are stopped. */
export interface Attack {
  end(): void;
}

const repeat = (frame: Buffer, times: number): Buffer => Buffer.concat(Array.from({ length: times }, () => frame));
const question = repeat(encodeFrame({ type: "command", cmd: "describe" }), 200);
const nonsense = (() => {
  const payload = Buffer.from('{"type": "command", "cmd": 7}');
  const header = Buffer.alloc(4);
  header.writeUInt32BE(payload.length);
  return repeat(Buffer.concat([header, payload]), 500);
})();
const half = Buffer.alloc(100);
half.writeUInt32BE(limits.frameBytes);

/**
 * 1,000 idle clients, 100 that stop in the middle of a frame, 10 that send requests and do not read, 2 floods of valid
 * and 2 of invalid messages.
 */
export async function attack(path: string): Promise<Attack> {
  const sockets: Socket[] = [];
  let over = false;
  // The queue of pending clients is short; when it is full, try again.
  const open = (): Promise<Socket> =>
    waitFor("a place in the queue", async () => {
      const socket = connect(path);
      await once(socket, "connect");
      socket.on("error", () => {});
      sockets.push(socket);
      return socket;
    });
  const flood = async (bytes: Buffer, reads: boolean): Promise<void> => {
    const socket = await open();
    if (reads) socket.resume();
    const more = (): void => {
      if (!over && socket.writable) socket.write(bytes, more);
    };
    more();
  };

  for (let i = 0; i < 1000; i++) await open();
  for (let i = 0; i < 100; i++) (await open()).write(half);
  for (let i = 0; i < 10; i++) await flood(question, false);
  for (let i = 0; i < 2; i++) await flood(question, true);
  for (let i = 0; i < 2; i++) await flood(nonsense, true);
  return {
    end: () => {
      over = true;
      for (const socket of sockets) socket.destroy();
    },
  };
}
