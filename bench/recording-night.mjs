// Cost of recording hours of a night: what an analyzer sent at full rate, sent again as fast as the recorder takes it without loss, to the
// recorder and to a bare socket that counts, at once. CPU time as a share of the hours that the messages stand for.
import { fork, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { setImmediate as turn, setTimeout as delay } from "node:timers/promises";
import { connect, serve } from "@vj/control";
import { subscribeTo } from "@vj/telemetry";
import { cpuSeconds } from "./cpu.mjs";
import { isNight, runs, scratch } from "./session.mjs";
import { answeredBy } from "./worker-answers.mjs";

const hours = isNight ? 5 : runs(1, 0.01);
/** Of a show, sent over and over; seconds. */
const sampleSec = runs(10, 1);
/** Bytes that may wait in the buffer of a socket, as the kernel counts them: half of what Linux grants without settings. */
const mostWaiting = 200_000;
/** Datagrams between two looks at those buffers. */
const burst = 32;
const apps = `${import.meta.dirname}/../apps`;

/** @returns {Promise<import("../scripts/report.mjs").Table | undefined>} */
export async function recordingNight() {
  if (process.platform !== "linux") return undefined;
  const dir = scratch("/tmp/vj-rn-");
  /** @param {string} bus */
  const envOf = (bus) => ({ ...process.env, VJ_BUS_DIR: `${dir}/${bus}`, VJ_CONFIG_DIR: `${dir}/config`, VJ_DATA_DIR: `${dir}/data`, VJ_CACHE_DIR: `${dir}/cache`, VJ_OSC_TARGETS: "127.0.0.1:9", VJ_SUPERVISED: "1" });
  mkdirSync(`${dir}/config`);
  writeFileSync(`${dir}/config/audio_analyzer.json`, JSON.stringify({ audio_source: "demo" }));
  const { packets, messages, description } = await sample(envOf("show"));
  const env = envOf("bus");
  const recorder = spawn(process.execPath, [`${apps}/recorder/bin/recorder.js`], { env, stdio: "ignore" });
  const bare = fork(`${import.meta.dirname}/bare-counter.mjs`);
  const [bareSocket, socket] = [createSocket("udp4"), createSocket("udp4")];
  try {
    const [barePort] = await once(bare, "message");
    await answeredBy(env, undefined, "recorder");
    const [port, server] = await subscription(env.VJ_BUS_DIR, socket, description);
    const receivers = [{ socket, port }, { socket: bareSocket, port: Number(barePort) }];
    await Promise.all(receivers.map(({ socket: one, port: to }) => new Promise((resolve) => one.connect(to, "127.0.0.1", () => resolve(undefined)))));
    const client = await connect("recorder", { busDir: env.VJ_BUS_DIR, reconnect: false });
    const state = async () => (await client.request("get_state")).data ?? {};
    const [before, recorderCpu, bareCpu] = [await state(), cpuSeconds(recorder.pid), cpuSeconds(bare.pid)];
    const wanted = Math.ceil((hours * 3600) / sampleSec);
    const begun = performance.now();
    for (let round = 0; round < wanted; round++) await send(packets, receivers);
    while (receivers.some(({ port: one }) => waitingAt(one) > 0)) await delay(10);
    // Its last chunk.
    await delay(500);
    const took = (performance.now() - begun) / 1000;
    const after = await state();
    /** @param {number} used */
    const share = (used) => `${((used * 100) / (wanted * sampleSec)).toFixed(2)} %`;
    const [used, bareUsed] = [cpuSeconds(recorder.pid) - recorderCpu, cpuSeconds(bare.pid) - bareCpu];
    bare.send("count");
    const [counted] = await once(bare, "message");
    await client.close();
    await server.close();
    const sent = wanted * messages;
    const recorded = Number(after.messages) - Number(before.messages);
    return {
      title: `Recording ${Math.round(hours * 100) / 100} h of what an analyzer sends, sent in ${Math.round(took)} s: CPU time of the process, of a core for those hours (goal < 1.5 %)`,
      head: ["", "CPU", "of a core", "messages sent", "lost"],
      rows: [
        ["recorder", `${used.toFixed(1)} s`, share(used), sent, sent - recorded],
        ["bare socket that counts", `${bareUsed.toFixed(1)} s`, share(bareUsed), sent, Math.round((wanted * packets.length - Number(counted)) * (messages / packets.length))],
      ],
    };
  } finally {
    recorder.kill();
    bare.kill();
    socket.close();
    bareSocket.close();
  }
}

/** What an analyzer sends of its demo signal for some seconds, as datagrams. @param {import("./worker-answers.mjs").BenchEnvironment} env */
async function sample(env) {
  const analyzer = spawn(process.execPath, [`${apps}/audio-analyzer/bin/audio-analyzer.js`], { env, stdio: "ignore" });
  try {
    await answeredBy(env, undefined, "audio_analyzer");
    const client = await connect("audio_analyzer", { busDir: env.VJ_BUS_DIR, reconnect: false });
    const description = (await client.request("describe")).data ?? {};
    /** @type {Buffer[]} */
    const packets = [];
    let messages = 0;
    let from = Infinity;
    await subscribeTo(client, { bundled: true, onPacket: (bytes, at) => {
      if (at >= from) packets.push(Buffer.from(bytes));
    }, onMessage: (_message, at) => {
      if (at >= from) messages += 1;
    } });
    await delay(runs(3000, 500));
    // Before the next packet: a packet and its messages are taken both, or neither.
    from = 0;
    await delay(sampleSec * 1000);
    await client.close();
    return { packets, messages, description };
  } finally {
    analyzer.kill();
    await once(analyzer, "exit");
  }
}

/**
 * Stands in for the analyzer on another bus, until the recorder has subscribed.
 * @param {string} busDir @param {import("node:dgram").Socket} socket the one that will send @param {Record<string, unknown>} description
 * @returns {Promise<[port: number, server: import("@vj/control").ControlServer]>}
 */
async function subscription(busDir, socket, description) {
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  let port = 0;
  const server = await serve({
    path: `${busDir}/audio_analyzer.sock`,
    onCommand: ({ cmd, ...args }) => {
      if (cmd === "describe") return { type: "response", data: description };
      if (cmd === "subscribe") port = Number(args.port);
      return { type: "ack", success: true, message: null, data: cmd === "subscribe" ? { source_port: socket.address().port } : null };
    },
  });
  while (port === 0) await delay(10);
  // It has the reply, and does not subscribe anew.
  await delay(1000);
  return [port, server];
}

/** @param {readonly Buffer[]} packets @param {readonly { socket: import("node:dgram").Socket, port: number }[]} receivers */
async function send(packets, receivers) {
  for (let from = 0; from < packets.length; from += burst) {
    for (const packet of packets.slice(from, from + burst)) for (const { socket } of receivers) socket.send(packet);
    await turn();
    while (receivers.some(({ port }) => waitingAt(port) > mostWaiting)) await delay(1);
  }
}

/** Bytes in the receive buffer of the UDP socket at a port of 127.0.0.1. @param {number} port */
function waitingAt(port) {
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const fields = readFileSync("/proc/net/udp", "latin1").split("\n").map((line) => line.trim().split(/\s+/)).find((line) => line[1] === wanted) ?? [];
  return Number.parseInt(fields[4]?.split(":")[1] ?? "0", 16);
}
