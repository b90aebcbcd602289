import { flagAt, numberAt, textAt } from "./read.ts";
import type { LyricsLine, TelemetrySnapshot } from "./snapshot.ts";

/** The track that plays. */
export interface Playing {
  readonly source: string;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  /** Seconds, 0 when unknown. */
  readonly duration: number;
  /** Seconds; undefined when nobody tells. */
  readonly position: number | undefined;
  readonly moving: boolean;
  /** Since when nobody has confirmed it, epoch milliseconds; undefined while it is fresh. */
  readonly staleSince: number | undefined;
  /** The lyrics line being sung and those after it. */
  readonly lines: readonly LyricsLine[];
  readonly mood: string;
}

const track = "/karaoke/track";
const position = "/karaoke/pos";

/** States are told again every 10 s; two times missed, nobody stands behind them any more. Milliseconds. */
const staleMs = 25_000;

/** @returns undefined when no track plays. @param now epoch milliseconds */
export function playing(telemetry: TelemetrySnapshot, now: number): Playing | undefined {
  const heard = telemetry.entries.get(track);
  if (heard === undefined || !flagAt(telemetry, track, 0)) return undefined;
  const moving = flagAt(telemetry, position, 1);
  const told = telemetry.entries.get(position);
  const elapsed = moving && told !== undefined ? Math.min(now - told.receivedAt, 2000) / 1000 : 0;
  const at = numberAt(telemetry, position, 0);
  const active = numberAt(telemetry, "/karaoke/line/active", 0) ?? -1;
  return {
    source: textAt(telemetry, track, 1),
    artist: textAt(telemetry, track, 2),
    title: textAt(telemetry, track, 3),
    album: textAt(telemetry, track, 4),
    duration: numberAt(telemetry, track, 5) ?? 0,
    position: at === undefined ? undefined : at + elapsed,
    moving,
    staleSince: now - heard.receivedAt > staleMs ? heard.receivedAt : undefined,
    lines: active < 0 ? [] : telemetry.lyrics.filter(({ index }) => index >= active),
    mood: textAt(telemetry, "/karaoke/categories/mood", 0),
  };
}
