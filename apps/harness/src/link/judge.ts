import { musicBeat } from "./varied-music.ts";
import type { Part } from "./varied-music.ts";

/** A packet of `/audio/tempo`. */
export interface RigPacket {
  /** Our clock, microseconds. */
  readonly at: number;
  readonly beat: number;
  readonly bpm: number;
}

/** After a change of the music the tracker may need this long, seconds. */
const settleSeconds = 12;

/** The distance within `quantum`, the short way. */
export function way(quantum: number, from: number, to: number): number {
  return ((((to - from + quantum / 2) % quantum) + quantum) % quantum) - quantum / 2;
}

/** The value below which a share of all is. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;
}

/** When the music began, by our clock: where the rig's beats are nearest to the music's in every part of it. Microseconds. */
export function findBegin(packets: readonly RigPacket[], parts: readonly Part[], from: number, to: number): number {
  const some = packets.filter((_, index) => index % 15 === 0);
  let best = { begin: from, off: Infinity };
  for (let begin = from; begin < to; begin += 2000) {
    const seen = some.flatMap(({ at, beat }) => {
      const seconds = (at - begin) / 1e6;
      return isSettled(parts, seconds) ? [Math.abs(way(1, musicBeat(parts, seconds), beat))] : [];
    });
    const off = quantile(seen, 0.8);
    if (off < best.off) best = { begin, off };
  }
  return best.begin;
}

/** Whether a time is in the music, and not shortly after its begin or a change. */
export function isSettled(parts: readonly Part[], seconds: number): boolean {
  const part = parts.findLast(({ from }) => from <= seconds);
  return part !== undefined && seconds - part.from > settleSeconds;
}

/** The rig's beat at a time: the median of what packets within two seconds around it say. */
export function rigBeat(packets: readonly RigPacket[], at: number): number | undefined {
  const near = within(packets, at - 2e6, at + 2e6);
  const [first] = near;
  if (first === undefined || near.length < 120) return undefined;
  const said = near.map((packet) => packet.beat + ((at - packet.at) * packet.bpm) / 60e6);
  return quantile(said, 0.5);
}

function within(packets: readonly RigPacket[], from: number, to: number): readonly RigPacket[] {
  return packets.slice(indexAt(packets, from), indexAt(packets, to));
}

function indexAt(packets: readonly RigPacket[], at: number): number {
  let [low, high] = [0, packets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((packets[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Seconds from `change` on until the tempo is within 0.5 % of `bpm`, and stays there for two seconds. */
export function secondsToTempo(samples: readonly { readonly seconds: number; readonly bpm: number }[], change: number, bpm: number): number {
  const after = samples.filter(({ seconds }) => seconds >= change && seconds < change + 30);
  const isNear = (one: number): boolean => Math.abs(one / bpm - 1) < 0.005;
  const first = after.find(({ seconds, bpm: one }) => isNear(one) && after.every((other) => other.seconds < seconds || other.seconds > seconds + 2 || isNear(other.bpm)));
  return first === undefined ? Number.NaN : first.seconds - change;
}

/** A change of the bar that lasted, against the music's. */
export interface BarSlip {
  /** When it was seen to last. */
  readonly seconds: number;
  /** Beats that the bar was off before and after it: −2 to 1. */
  readonly from: number;
  readonly to: number;
}

/** Samples in a row, for a second: while beats are moved they pass through other places. */
const lasting = 10;

/** Slips of the bar. @param ways ten times a second, beats from the music's place in the bar of four to the other's, −2 to 2 */
export function slipsIn(ways: readonly { readonly seconds: number; readonly beats: number }[]): BarSlip[] {
  const slips: BarSlip[] = [];
  let [bar, other, count] = [Number.NaN, Number.NaN, 0];
  for (const { seconds, beats } of ways) {
    const now = Math.round(beats) === 2 ? -2 : Math.round(beats);
    count = now === other ? count + 1 : 1;
    other = now;
    if (now === bar || count < lasting) continue;
    if (!Number.isNaN(bar)) slips.push({ seconds, from: bar, to: now });
    bar = now;
  }
  return slips;
}
