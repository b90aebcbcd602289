// How late a replay sends, beside a bare loop of timers for the same moments. In turns, so that both meet the same machine.
import { setTimeout as delay } from "node:timers/promises";
import { RecordingWriter, createPartFile, createTimeline, loadCodec, messagesFrom, openRecording, play } from "@vj/recording";
import { Outlet, createReceiver, encode } from "@vj/telemetry";
import { audioOsc } from "@vj/schema";
import { ms, quantile } from "../scripts/report.mjs";
import { runs, scratch } from "./session.mjs";

const seconds = runs(10, 1);
const rounds = runs(2, 1);
const frameMs = 1000 / 60;
const messagesPerFrame = 10;

/** @returns {Promise<import("../scripts/report.mjs").Table>} */
export async function replayLateness() {
  const dir = scratch("/tmp/vj-rl-");
  try {
    await writeRecording(`${dir}/show.mcap`, seconds);
    /** @type {{ replay: number[], bare: number[] }} */
    const late = { replay: [], bare: [] };
    for (let round = 0; round < rounds; round++) {
      late.replay.push(...(await replayed(`${dir}/show.mcap`)));
      late.bare.push(...(await bareTimers()));
    }
    /** @param {string} name @param {number[]} times */
    const row = (name, times) => [name, ...[0.5, 0.99].map((part) => ms(quantile(times, part))), ms(Math.max(...times)), times.length];
    return {
      title: "Replay of an analyzer at full rate: how late (goal p99 < 2 ms)",
      head: ["", "p50", "p99", "max", "messages"],
      rows: [row("replay to one place", late.replay), row("bare timers, one a frame", late.bare)],
    };
  } finally {
  }
}

/** @param {string} file @param {number} length seconds */
export async function writeRecording(file, length) {
  await loadCodec();
  const encoded = encode("/audio/levels", audioOsc["/audio/levels"], [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8]);
  if (!encoded.ok) throw new Error(encoded.error);
  const part = await createPartFile(file);
  const writer = new RecordingWriter(part);
  await writer.begin("bench");
  const id = writer.addChannel({ topic: "/audio/levels", encoding: "osc", schemaId: 0, metadata: new Map() }) ?? 0;
  for (let frame = 0; frame < length * 60; frame++) {
    for (let message = 0; message < messagesPerFrame; message++) writer.add(id, BigInt(Math.round(frame * frameMs * 1e6)) + 1n, encoded.bytes);
    if (frame % 30 === 29) await writer.flush();
  }
  await writer.end();
  await part.close();
}

/** @param {string} file */
async function replayed(file) {
  const receiver = await createReceiver();
  const recording = await openRecording(file);
  const outlet = new Outlet({ host: "127.0.0.1", port: receiver.port, onRecovered: () => {}, onProblem: () => {} });
  await outlet.settled;
  /** @type {number[]} */
  const late = [];
  await play(messagesFrom(recording, recording.start), {
    timeline: createTimeline(recording.start, 1, performance.now()),
    send: ({ data }, lateMs) => {
      outlet.send(data);
      late.push(lateMs);
    },
    wait: (time) => delay(time),
    signal: new AbortController().signal,
  });
  await Promise.all([outlet.close(), recording.close(), receiver.close()]);
  return late;
}

async function bareTimers() {
  /** @type {number[]} */
  const late = [];
  const begun = performance.now();
  for (let frame = 0; frame < seconds * 60; frame++) {
    const due = begun + frame * frameMs;
    const left = due - performance.now();
    if (left > 0) await delay(left);
    late.push(performance.now() - due);
  }
  return late;
}
