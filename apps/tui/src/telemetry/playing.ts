import { textField } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import { age } from "../text/format.ts";
import { remember } from "../text/remember.ts";
import { argsOf } from "./read.ts";
import { playbackName } from "./sources.ts";
import type { LyricsLine, TelemetrySnapshot } from "./snapshot.ts";

/** The track that is playing. */
export interface Playing {
  readonly source: string;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds, 0 when unknown. */
  readonly duration: number;
  /** Seconds; undefined when no position arrives. */
  readonly position: number | undefined;
  readonly moving: boolean;
  /** Time of the last position, epoch milliseconds, where positions no longer arrive although the track was playing; else undefined. */
  readonly heldSince: number | undefined;
  /** Time since which it has not been confirmed, epoch milliseconds; undefined while it is fresh. */
  readonly staleSince: number | undefined;
  /** The lyrics line being sung and the following ones. */
  readonly lines: readonly LyricsLine[];
  readonly mood: string;
}

/** States are repeated every 10 s; after two missed repetitions a state is no longer confirmed. Milliseconds. */
const staleMs = 25_000;
/** Positions come twice a second while a track plays. Without one for so long, milliseconds, nobody knows where it is, or whether it still plays. */
const heldMs = 5_000;

/** @returns undefined when no track plays. @param now epoch milliseconds */
export function playing(telemetry: TelemetrySnapshot, now: number): Playing | undefined {
  return last([telemetry, now], () => readPlaying(telemetry, now));
}

/** Several parts of a picture show it. */
const last = remember<Playing | undefined>();

function readPlaying(telemetry: TelemetrySnapshot, now: number): Playing | undefined {
  const received = telemetry.entries.get("/karaoke/track");
  const track = argsOf(telemetry, "/karaoke/track");
  if (received === undefined || track?.active !== 1) return undefined;
  const { source, artist, title, album, duration } = track;
  const place = argsOf(telemetry, "/karaoke/pos");
  const placedAt = telemetry.entries.get("/karaoke/pos")?.receivedAt ?? now;
  const wasMoving = place?.is_playing === 1;
  const heldSince = wasMoving && now - placedAt > heldMs ? placedAt : undefined;
  const moving = wasMoving && heldSince === undefined;
  // The line that is sung is not known either.
  const active = argsOf(telemetry, "/karaoke/line/active")?.index ?? -1;
  return {
    ...{ source, artist, title, album, duration, moving, heldSince },
    position: place === undefined ? undefined : place.position + (wasMoving ? elapsedSince(placedAt, now) : 0),
    staleSince: now - received.receivedAt > staleMs ? received.receivedAt : undefined,
    lines: active < 0 || heldSince !== undefined ? [] : telemetry.lyrics.filter(({ index }) => index >= active),
    mood: argsOf(telemetry, "/karaoke/categories/mood")?.mood ?? "",
  };
}

/** What is doubtful about it; undefined while it is confirmed and its position arrives. Pure. @param now epoch milliseconds */
export function doubtOf({ staleSince, heldSince }: Playing, now: number): string | undefined {
  if (staleSince !== undefined) return `not confirmed for ${age(now - staleSince)}`;
  return heldSince === undefined ? undefined : `no position for ${age(now - heldSince)}`;
}

/** Whether it plays: `▶`, `■` paused, `?` not known any more. */
export function playSign({ moving, heldSince }: Playing): string {
  return moving ? "▶" : heldSince === undefined ? "■" : "?";
}

/** Why no track is shown, as `now_playing` reports; undefined while that is away, or reports nothing. */
export function whyNoTrack({ workers }: RigState): string | undefined {
  const worker = workers[playbackName];
  return worker?.link === "connected" ? textField(worker.state, "reason") : undefined;
}

/** Seconds since a position was received, at most 2: a silent source may have stopped. */
function elapsedSince(receivedAt: number, now: number): number {
  return Math.min(now - receivedAt, 2000) / 1000;
}
