import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openRig } from "@vj/rig";
import { audioOsc } from "@vj/schema";
import { readOsc } from "@vj/telemetry";
import { writeWav } from "@vj/test-kit";
import { z } from "zod";
import { RealRig, until } from "../rig.ts";
import { findBegin, isSettled, quantile, rigBeat, secondsToTempo, slipsIn, way } from "./judge.ts";
import type { RigPacket } from "./judge.ts";
import { OfficialPeer, buildOfficialPeer, micros } from "./official-peer.ts";
import { musicBeat, variedMusic, variedRate } from "./varied-music.ts";
import type { Part } from "./varied-music.ts";

export interface LinkRunOptions {
  readonly minutes: number;
  /** File for all that was seen, as JSON. */
  readonly keep?: string | undefined;
  readonly signal: AbortSignal;
  readonly print: (line: string) => void;
  /** Called with the part of the time that is over, 0–1. */
  readonly progress?: (done: number, doing: string) => void;
}

const bridgeState = z.object({
  rig_tempo: z.object({ bpm: z.number(), beat: z.number(), at_us: z.number() }).nullable(),
  link: z.record(z.string(), z.unknown()),
});

/** The line of the rig's beats that the bridge shows, and the time of the look. Microseconds. */
interface BridgeLine {
  readonly bpm: number;
  readonly beat: number;
  readonly at_us: number;
  readonly seenAt: number;
}

const tempos = [128, 124, 132, 126];

const musicIn = (dir: string): string => path.join(dir, "varied.wav");

/** The real analyzer and bridge beside an official peer, over demo music that changes its tempo three times. @returns the report */
export async function runLink({ minutes, keep, signal, print, progress }: LinkRunOptions): Promise<string[]> {
  const { samples, parts } = variedMusic(tempos, (minutes * 60) / tempos.length);
  const rig = await RealRig.prepare((dir) => ({ VJ_AUDIO_SOURCE: `file:${musicIn(dir)}` }));
  writeWav(musicIn(rig.dir), samples, { sampleRate: variedRate });
  const program = buildOfficialPeer();
  const packets: RigPacket[] = [];
  const peer = new OfficialPeer(program, 120);
  const bus = openRig({ busDir: rig.busDir, states: false });
  bus.listen(["/audio/tempo"], (message) => {
    const reading = readOsc(audioOsc, message);
    if (reading?.address !== "/audio/tempo" || reading.args.tempo === 0) return;
    packets.push({ at: micros(), beat: reading.args.beats + reading.args.phase, bpm: reading.args.tempo });
  });
  try {
    await delay(1500);
    await rig.vj("up", "--only", "sync_bridge");
    await rig.vj("config", "set", "sync_bridge", "link=send");
    const begin = micros();
    await rig.vj("start", "audio_analyzer");
    const begunBy = micros();
    await until("the bridge in the peer's session", () => {
      if (peer.last?.peers !== 1) throw new Error(`the peer sees ${peer.last?.peers ?? "nothing"}`);
    }, 10_000);
    const lines: BridgeLine[] = [];
    const length = minutes * 60_000 - 3000;
    const end = performance.now() + length;
    for (let look = 0; performance.now() < end && !signal.aborted; look += 1) {
      progress?.(1 - (end - performance.now()) / length, `${lines.length} looks at the bridge`);
      await delay(200, undefined, { signal }).catch(() => {});
      const { data } = await rig.request("sync_bridge", "get_state");
      const { rig_tempo: line, link } = bridgeState.parse(data);
      if (line !== null) lines.push({ ...line, seenAt: micros() });
      if (look % 150 === 0) print(JSON.stringify(link));
    }
    const { data } = await rig.request("audio_analyzer", "get_state");
    print(`stream of the analyzer: ${JSON.stringify(data?.["stats"])}`);
    if (keep !== undefined) writeFileSync(keep, JSON.stringify({ parts, packets, lines, samples: peer.timed() }));
    return report({ parts, packets, lines, peer }, begin - 1e6, begunBy + 1e6);
  } finally {
    await peer.quit();
    await bus.close();
    await rig.vj("down").catch(print);
    await rig.remove();
  }
}

interface Seen {
  readonly parts: readonly Part[];
  readonly packets: readonly RigPacket[];
  readonly lines: readonly BridgeLine[];
  readonly peer: OfficialPeer;
}

function report({ parts, packets, lines, peer }: Seen, from: number, to: number): string[] {
  const begin = findBegin(packets, parts, from, to);
  const samples = peer.timed().map((line) => ({ ...line, seconds: (line.ourAt - begin) / 1e6 })).filter(({ seconds }) => seconds > 12);
  const ms = (beats: number, bpm: number): number => (beats * 60_000) / bpm;
  // The bridge's line is read five times a second, so a peer may follow the line read before or the next one.
  const toLine = samples.flatMap(({ ourAt, seconds, phase, bpm }) => {
    const next = lines.findIndex(({ seenAt }) => seenAt > ourAt);
    const near = [lines[next - 1], lines[next]].filter((line) => line !== undefined && Math.abs(line.seenAt - ourAt) < 500_000);
    const off = near.map((line) => (line === undefined ? 0 : ms(way(1, line.beat + ((ourAt - line.at_us) * line.bpm) / 60e6, phase), bpm)));
    return off.length < 2 ? [] : [{ seconds, ms: off.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least)) }];
  });
  const [calm, changing] = [true, false].map((wanted) => toLine.filter(({ seconds }) => isSettled(parts, seconds) === wanted).map((one) => one.ms));
  const settled = samples.filter(({ seconds }) => isSettled(parts, seconds));
  const toRig = settled.flatMap(({ ourAt, phase, bpm }) => {
    const beat = rigBeat(packets, ourAt);
    return beat === undefined ? [] : [ms(way(1, beat, phase), bpm)];
  });
  const toMusic = settled.map(({ seconds, phase, bpm }) => ms(way(4, musicBeat(parts, seconds), phase), bpm));
  const bars = settled.map(({ seconds, phase }) => ({ seconds, beats: way(4, musicBeat(parts, seconds), phase) }));
  // Until the bar is known the session keeps its own.
  const first = bars.findIndex(({ beats }) => Math.abs(beats) < 0.5);
  const slips = first < 0 ? [] : slipsIn(bars.slice(first));
  const seenByRig = packets.map(({ at, bpm }) => ({ seconds: (at - begin) / 1e6, bpm }));
  const changes = parts.slice(1).map(({ from: at, bpm }) => {
    const [own, other] = [secondsToTempo(seenByRig, at, bpm), secondsToTempo(samples, at, bpm)];
    return `to ${bpm} BPM: the analyzer after ${own.toFixed(2)} s, the peer after ${other.toFixed(2)} s`;
  });
  return [
    `${samples.length} samples of the peer, ${packets.length} packets of the analyzer`,
    `peer to the bridge's line (all the time), ms: ${spread(toLine.map((one) => one.ms), 0)}`,
    `  within 12 s of a change (${changing?.length ?? 0} samples): ${spread(changing ?? [], 0)}`,
    `  the rest (${calm?.length ?? 0} samples): ${spread(calm ?? [], 0)}`,
    `peer to the analyzer's beats (not within 12 s of a change), ms: ${spread(toRig, quantile(toRig, 0.5))}`,
    `peer to the music's beats (not within 12 s of a change), ms: ${spread(toMusic, quantile(toMusic, 0.5))}`,
    `bar: ${first < 0 ? "never right" : `right at ${bars[first]?.seconds.toFixed(1) ?? "?"} s of the music`}, then ${slips.length} slips${slips.map(({ seconds, from: before, to: after }) => `; at ${seconds.toFixed(1)} s of the music it was off by ${before}, then by ${after}`).join("")}`,
    ...changes,
  ];
}

/** Distances from the middle, which is a constant delay that an offset takes away. */
function spread(values: readonly number[], middle: number): string {
  const off = values.map((value) => Math.abs(value - middle));
  const [p50, p95, p99, most] = [0.5, 0.95, 0.99, 1].map((share) => quantile(off, share).toFixed(2));
  return `median ${middle.toFixed(2)}; around it p50 ${p50}, p95 ${p95}, p99 ${p99}, max ${most}`;
}
