import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { answers, everybody, pidOf } from "./fault.ts";
import type { Fault } from "./fault.ts";

/** More than the remaining descriptors. */
const clients = 40;
const spareDescriptors = 12;

/**
 * A running process may open only a few more descriptors, and clients take all of them. It must go on, and answer when
 * they have gone.
 */
export const descriptorShortage: Fault = {
  name: "descriptor shortage",
  unavailable: () => (hasPrlimit() ? undefined : "prlimit (util-linux) is not there"),
  async run(context) {
    const { rig, random } = context;
    const worker = random.pick(everybody(context));
    const pid = pidOf(rig, worker);
    const former = limitOf(pid);
    setLimit(pid, `${readdirSync(`/proc/${pid}/fd`).length + spareDescriptors}:`);
    const sockets: Socket[] = [];
    try {
      for (let i = 0; i < clients; i += 1) {
        const socket = connectSocket(rig.socket(worker));
        socket.on("error", () => {});
        sockets.push(socket);
        await Promise.race([once(socket, "connect").catch(() => {}), delay(50)]);
      }
      await delay(1500);
    } finally {
      for (const socket of sockets) socket.destroy();
      setLimit(pid, `${former}:`);
    }
    const took = await answers(rig, worker);
    if (pidOf(rig, worker) !== pid) throw new Error(`${worker} ended when it had no descriptors left`);
    return took;
  },
};

function hasPrlimit(): boolean {
  try {
    limitOf(process.pid);
    return true;
  } catch {
    return false;
  }
}

function limitOf(pid: number): string {
  return execFileSync("prlimit", ["--pid", String(pid), "--nofile", "--noheadings", "--output", "SOFT"], { encoding: "utf8" }).trim();
}

function setLimit(pid: number, limit: string): void {
  execFileSync("prlimit", ["--pid", String(pid), `--nofile=${limit}`]);
}
