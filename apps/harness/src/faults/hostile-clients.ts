import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { encodeFrame } from "@vj/control";
import { limits } from "@vj/schema";
import { answers, everybody } from "./fault.ts";
import type { Fault, FaultContext } from "./fault.ts";

const hostileMs = 1500;

/** A client that attacks the socket of some process, and checks meanwhile and afterwards that the process answers. */
function client(name: string, attack: (socket: Socket, context: FaultContext) => Promise<void>): Fault {
  return {
    name,
    async run(context) {
      const worker = context.random.pick(everybody(context));
      const socket = connectSocket(context.rig.socket(worker));
      // The process may hang up on a misbehaving client.
      socket.on("error", () => {});
      await once(socket, "connect");
      const attacking = attack(socket, context);
      const took = await answers(context.rig, worker);
      await attacking;
      socket.destroy();
      return Math.max(took, await answers(context.rig, worker));
    },
  };
}

export const brokenFrames = client("broken frames", async (socket, { random }) => {
  for (let i = 0; i < 50 && socket.writable; i += 1) {
    const payload = Buffer.from(Array.from({ length: 1 + random.below(200) }, () => random.below(256)));
    const frame = Buffer.alloc(4 + payload.length);
    frame.writeUInt32BE(payload.length);
    payload.copy(frame, 4);
    socket.write(frame);
  }
  socket.write(Buffer.from([0, 0]));
  await delay(100);
});

export const oversizeFrame = client("oversize frame", async (socket) => {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(2 * limits.frameBytes);
  socket.write(header);
  socket.write(Buffer.alloc(2 * limits.frameBytes));
  await delay(100);
});

export const slowClient = client("slow client", async (socket) => {
  socket.pause();
  const question = encodeFrame({ type: "command", cmd: "describe" });
  const end = performance.now() + hostileMs;
  while (socket.writable && performance.now() < end) {
    for (let i = 0; i < 100; i += 1) socket.write(question);
    await delay(10);
  }
});

export const flood = client("flood of commands", async (socket) => {
  const burst = Buffer.concat(Array.from({ length: 500 }, () => encodeFrame({ type: "command", cmd: "no_such_command" })));
  socket.resume();
  const end = performance.now() + hostileMs;
  while (socket.writable && performance.now() < end) {
    if (!socket.write(burst)) await Promise.race([once(socket, "drain").catch(() => {}), delay(100)]);
  }
});
