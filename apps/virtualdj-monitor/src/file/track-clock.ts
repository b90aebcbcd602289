import type { NowPlaying } from "./parse-now-playing.ts";
import type { HistoryEntry, NamedTrack } from "./track-names.ts";
import type { FileReading } from "./watch-file.ts";

/** The track of the file, and when it began on the clock of `performance.now()`. */
export interface TimedTrack extends NamedTrack {
  startedAt: number;
}

/** What was read so far: enough to distinguish a new entry from an old one that comes back. */
export interface TrackClock {
  /** The file that was read last, and its text. */
  readonly path: string;
  readonly text: string;
  /** The youngest track that it named. */
  readonly track: TimedTrack | undefined;
  /** Whether the file names a track now. */
  readonly named: boolean;
  /** Keys of the history entries seen in this file. */
  readonly known: ReadonlySet<string>;
}

/** Nothing was read yet. */
export const startOfWatch: TrackClock = { path: "", text: "", track: undefined, named: false, known: new Set() };

type FoundFile = Extract<FileReading, { found: true }>;

/** The stamp of a file may be as coarse as this (FAT: 2 s), milliseconds. */
const coarseStampMs = 3000;
/** A text history gives the minute of an entry, and VirtualDJ writes the entry a little later. Milliseconds. */
const entryAccuracyMs = 60_000;
const mostKnown = 50_000;

/**
 * The track after a reading of the file. A track begins when its line or entry was written. What was there before never
 * begins again: not when the file is touched, synchronised, put back, or gets the header of a new session. Where more
 * changed than one entry at the end, a dated entry is as old as its date says, and an older track never replaces a
 * younger one.
 * @param epochNow now, epoch ms.
 */
export function nextTrack(clock: TrackClock, content: NowPlaying, reading: FoundFile, epochNow: number): TrackClock {
  const { path, text } = reading;
  const before = clock.path === path ? clock : { ...startOfWatch, track: clock.track };
  const next = { ...before, path, text, named: content.kind === "line" || (content.kind === "history" && content.named) };
  if (content.kind === "none") return next;
  if (content.kind === "line") {
    const same = before.named && before.text.trim() === text.trim();
    return same ? next : { ...next, track: younger(before.track, begin(content.track, ageOf(reading), reading)) };
  }
  const { entries } = content;
  const keys = entries.map(({ key }) => key);
  const known = new Set(before.known.size > mostKnown ? keys : [...before.known, ...keys]);
  return { ...next, known, track: trackOfHistory(before, entries, reading, epochNow) };
}

function trackOfHistory(
  before: TrackClock,
  entries: Extract<NowPlaying, { kind: "history" }>["entries"],
  reading: FoundFile,
  epochNow: number,
): TimedTrack | undefined {
  const last = entries.at(-1) ?? entries[0];
  if (before.known.has(last.key)) return before.track;
  const track = begin(last, ageOf(reading), reading);
  if (isAppended(before, entries, reading) || last.playedAt === undefined) return younger(before.track, track);
  return younger(before.track, begin(last, Math.max(ageOf(reading), epochNow - last.playedAt - entryAccuracyMs), reading));
}

/** Whether the file is what it was, with one entry more at its end: so VirtualDJ writes it. */
function isAppended(before: TrackClock, entries: readonly HistoryEntry[], { path, text }: FoundFile): boolean {
  const added = entries.filter(({ key }) => !before.known.has(key)).length;
  if (before.path !== path || added !== 1) return false;
  // Of a long history only the end was read: its beginning differs then.
  const previous = entries.at(-2)?.key;
  return text.startsWith(before.text) || (previous !== undefined && [...before.known].at(-1) === previous);
}

/** Milliseconds since the file was written, when its change was noticed. */
function ageOf({ writtenAgoMs, unseenMs }: FoundFile): number {
  const age = Math.max(0, writtenAgoMs);
  // Its time stamp is coarse: it was seen unchanged after that time.
  return age > unseenMs && age < unseenMs + coarseStampMs ? unseenMs : age;
}

function begin({ artist, title, duration }: NamedTrack, ageMs: number, { noticedAt }: FoundFile): TimedTrack {
  return { artist, title, duration, startedAt: noticedAt - ageMs };
}

function younger(current: TimedTrack | undefined, other: TimedTrack): TimedTrack {
  return current !== undefined && current.startedAt > other.startedAt ? current : other;
}
