import { fieldsOf, flagField, isFields, numberField, textField } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import type { TelemetrySnapshot } from "./snapshot.ts";

/** The worker that decides which source counts. */
export const playbackName = "now_playing";

/** One source of tracks, as `now_playing` has it. */
export interface PlaybackSource {
  readonly name: string;
  /** Whether it counts now. */
  readonly live: boolean;
  /** Whether a person has chosen it. */
  readonly pinned: boolean;
  readonly playing: boolean;
  /** `Artist – Title`; empty when it has none. */
  readonly track: string;
  /** Why it has none, or what is wrong with it; empty when neither applies. */
  readonly reason: string;
  /** Seconds between two looks at its program; undefined where it is not reported. */
  readonly pollSec: number | undefined;
}

/** All sources that are known, by their names; empty while `now_playing` is away. Pure. */
export function playbackSources({ workers }: RigState): PlaybackSource[] {
  const decider = workers[playbackName];
  if (decider?.link !== "connected") return [];
  const { state } = decider;
  return Object.entries(fieldsOf(state, "sources") ?? {}).filter(([, source]) => isFields(source)).map(([name, source]) => {
    const fields = isFields(source) ? source : {};
    const track = fieldsOf(fields, "track");
    const workerName = textField(fields, "worker") ?? "";
    // Names come from workers: "constructor" is not one of ours.
    const worker = Object.hasOwn(workers, workerName) ? workers[workerName] : undefined;
    return {
      name,
      live: textField(state, "source") === name,
      pinned: textField(state, "pinned_source") === name,
      playing: flagField(fields, "is_playing") ?? false,
      track: track === undefined ? "" : [textField(track, "artist"), textField(track, "title")].filter((text) => (text ?? "") !== "").join(" – "),
      reason: textField(fields, "problem") ?? textField(fields, "reason") ?? "",
      pollSec: numberField(worker?.state, "poll_interval"),
    };
  }).sort((one, other) => one.name.localeCompare(other.name));
}

/** How fresh the position of a source is, and how far from it the published one. */
export interface SourceTiming {
  /** Milliseconds since its last answer. */
  readonly ageMs: number;
  /** Published position before that of the source, ms; undefined where one of them is not known. */
  readonly driftMs: number | undefined;
}

/** A source whose last answer is older, milliseconds, has no drift: its position is not known. */
const freshMs = 5_000;

/** @returns undefined when nothing was received of the source. Pure. @param now epoch milliseconds */
export function sourceTiming({ entries }: TelemetrySnapshot, source: string, now: number): SourceTiming | undefined {
  const own = entries.get(`/playback/${source}/pos`);
  if (own === undefined) return undefined;
  const published = entries.get("/karaoke/pos");
  const [at, moves] = own.message.args;
  const [shown] = published?.message.args ?? [];
  const elapsed = published === undefined || moves !== 1 ? 0 : (own.receivedAt - published.receivedAt) / 1000;
  const isFresh = now - own.receivedAt < freshMs;
  const driftMs = isFresh && typeof at === "number" && typeof shown === "number" ? Math.round((shown + elapsed - at) * 1000) : undefined;
  return { ageMs: Math.max(0, now - own.receivedAt), driftMs };
}
