import { execFileSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, readlinkSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { trackOsc } from "@vj/schema";
import { encode } from "@vj/telemetry";
import { answers, everybody, killed, pidOf } from "./fault.ts";
import type { Fault } from "./fault.ts";
import { until } from "../rig.ts";
import type { RealRig } from "../rig.ts";

/** FIFOs in place of the files of a starting worker: it runs without them, and has its settings again when the files are back. */
export const fifoInPlace: Fault = {
  name: "FIFO in place of files",
  async run(context) {
    const { rig, random, acknowledged, incidents } = context;
    const worker = incidents.pickSteady([...acknowledged.keys()], random);
    const settings = path.join(rig.configDir, `${worker}.json`);
    const log = path.join(rig.busDir, "logs", `${worker}.log`);
    const inPlace = [settings, log, path.join(rig.configDir, "targets.json")];
    for (const file of inPlace) {
      if (existsSync(file)) renameSync(file, `${file}.kept`);
      execFileSync("mkfifo", [file]);
    }
    try {
      return await killed(context, worker);
    } finally {
      for (const file of inPlace) {
        rmSync(file, { force: true });
        if (existsSync(`${file}.kept`)) renameSync(`${file}.kept`, file);
      }
      await rig.request(worker, "restart");
    }
  },
};

const forgery = "MALLORY";
const forgingMs = 1000;

/** Forged packets to every UDP port of the rig except the one for any sender: no worker may accept them. */
export const foreignUdp: Fault = {
  name: "foreign UDP",
  unavailable: () => (existsSync("/proc/net/udp") ? undefined : "there is no /proc/net/udp to find the ports in"),
  async run(context) {
    const { rig } = context;
    const { osc_port: open } = await rig.workerState("osc_debugger");
    const targets = everybody(context).flatMap((worker) => udpPorts(pidOf(rig, worker))).filter((port) => port !== open);
    if (targets.length === 0) throw new Error("the rig has no UDP port");
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const end = performance.now() + forgingMs;
    while (performance.now() < end) {
      for (const port of targets) for (const packet of forged()) socket.send(packet, port, "127.0.0.1");
      await delay(20);
    }
    socket.close();
    await until("no worker accepts the forged packets", () => nobodyBelieves(rig), 2000);
    return answers(rig, "osc_debugger");
  },
};

/** A track, as `now_playing` and the monitors would publish it. */
function forged(): Uint8Array[] {
  return ["/karaoke/track", "/playback/virtualdj/track", "/playback/spotify/track"].map((address) => {
    const packet = encode(address, trackOsc["/karaoke/track"], [1, "virtualdj", forgery, "Title", "", 0, 0]);
    if (!packet.ok) throw new Error(packet.error);
    return packet.bytes;
  });
}

async function nobodyBelieves(rig: RealRig): Promise<void> {
  const replies = await Promise.all([
    rig.request("now_playing", "get_state"),
    rig.request("lyrics_fetcher", "get_state"),
    rig.request("osc_debugger", "get_messages", { count: 1000, address: "/karaoke/*" }),
    rig.request("osc_debugger", "get_messages", { count: 1000, address: "/playback/*" }),
  ]);
  for (const { data } of replies) if (JSON.stringify(data).includes(forgery)) throw new Error(`the forged track is in ${JSON.stringify(data).slice(0, 300)}`);
}

/** UDP ports over IPv4 of a process. */
function udpPorts(pid: number): number[] {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => socketInode(`/proc/${pid}/fd/${fd}`)));
  return readFileSync("/proc/net/udp", "latin1")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter(({ length, 9: inode }) => length > 9 && inodes.has(inode))
    .map((fields) => Number.parseInt(fields[1]?.split(":")[1] ?? "0", 16));
}

function socketInode(descriptor: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(descriptor))?.[1];
  } catch {
    // Closed meanwhile.
    return undefined;
  }
}
