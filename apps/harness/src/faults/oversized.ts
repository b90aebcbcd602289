import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { limits, managerName } from "@vj/schema";
import { answers, everybody } from "./fault.ts";
import type { Fault, FaultContext } from "./fault.ts";

const hostileMs = 1500;

/** A frame with a long text. @param bytes of the whole payload */
function longFrame(bytes: number): Buffer {
  const text = '{"type":"command","cmd":"describe","filler":"';
  const frame = Buffer.alloc(4 + bytes, "x");
  frame.writeUInt32BE(bytes);
  frame.write(text, 4);
  frame.write('"}', 4 + bytes - 2);
  return frame;
}

/** Connects many clients to one process, lets each write, and checks meanwhile and afterwards that it answers. */
async function crowd(context: FaultContext, count: number, write: (socket: Socket) => void): Promise<number> {
  const { rig, random } = context;
  const worker = random.pick(everybody(context));
  const sockets: Socket[] = [];
  try {
    for (let i = 0; i < count; i += 1) {
      const socket = connectSocket(rig.socket(worker));
      // The process may hang up on a misbehaving client.
      socket.on("error", () => {});
      await Promise.race([once(socket, "connect").catch(() => {}), delay(1000)]);
      sockets.push(socket);
      write(socket);
    }
    const took = await answers(rig, worker);
    await delay(hostileMs);
    return Math.max(took, await answers(rig, worker));
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

/** Clients that send only frames of nearly the longest length, as fast as they are read. */
export const giantFrames: Fault = {
  name: "giant frames",
  run: (context) =>
    crowd(context, 3, (socket) => {
      const frame = longFrame(limits.frameBytes - 100);
      socket.resume();
      const more = (): void => {
        if (socket.writable) socket.write(frame, more);
      };
      more();
    }),
};

/** Clients that each leave one frame incomplete by one byte. */
export const halfFrames: Fault = {
  name: "half frames",
  run: (context) => crowd(context, 100, (socket) => void socket.write(longFrame(limits.frameBytes).subarray(0, -1))),
};

/** Names, texts and settings over their limits: each is refused, and no part of it is accepted. */
export const longNames: Fault = {
  name: "long names",
  async run(context) {
    const { rig, random } = context;
    const worker = random.pick(everybody(context));
    for (const length of [limits.nameCharacters + 1, limits.settingCharacters + 1, limits.frameBytes - 4000]) {
      const long = "x".repeat(length);
      const tries: [string, Record<string, unknown>][] = [[long, {}], ["subscribe", { port: 9, host: long }], ["set_config", { [long.slice(0, 2000)]: long }]];
      if (worker === managerName) tries.push(["restart_worker", { worker: long }]);
      for (const [cmd, args] of tries) {
        const { success } = await rig.request(worker, cmd, args, 20_000);
        if (success) throw new Error(`${worker} took ${cmd.slice(0, 20)} with ${length} characters`);
      }
    }
    return answers(rig, worker);
  },
};
