import { counted } from "@vj/schema";
import type { Analysis } from "@vj/audio";
import { shortClock } from "../recording/clock-text.ts";

/** So many of a list are printed. */
const mostListed = 12;

/** What a recording is in numbers: its length, tempo, bars and phrases, and where it drops. */
export function factsOf({ duration, bpm, metre, beats, downbeats, phrases, drops, buildups, curves }: Omit<Analysis, "onsets" | "sections" | "bpmTrack">): string[] {
  const rhythm = bpm > 0 ? [`${bpm.toFixed(1)} BPM${movement(curves)}`, `${metre} beats a bar`, counted(beats.length, "beat"), counted(downbeats.length, "bar"), counted(phrases.length, "phrase")] : [untimed(beats.length)];
  const times = drops.length === 0 ? "" : ` (${listed(drops.map(shortClock))})`;
  return [shortClock(duration), ...rhythm, counted(buildups.length, "build-up"), `${counted(drops.length, "drop")}${times}`];
}

/** A tempo counts from this confidence on; it moves when the middle four fifths of its values differ by more than this share. */
const sure = 0.5;
const steady = 0.04;

/** Between which tempi a tempo that moves is; nothing for an even one. */
function movement({ bpm, confidence }: Analysis["curves"]): string {
  const known = bpm.filter((tempo, k) => tempo > 0 && (confidence[k] ?? 0) > sure).sort((a, b) => a - b);
  const [low = NaN, high = NaN] = [0.1, 0.9].map((share) => known[Math.floor(known.length * share)]);
  return high / low > 1 + steady ? ` (between ${low.toFixed(0)} and ${high.toFixed(0)})` : "";
}

/** Beats alone do not make a tempo: clicks in noise are beats of which none is sure. */
const untimed = (beats: number): string => (beats === 0 ? "no tempo found" : `no sure tempo (${counted(beats, "unsure beat")})`);

function listed(items: readonly string[]): string {
  const more = items.length - mostListed;
  return more > 1 ? `${items.slice(0, mostListed).join(", ")} … and ${more} more` : items.join(", ");
}

/** The results in words: a line of numbers, and one of the sections. */
export function summarize(analysis: Omit<Analysis, "onsets" | "bpmTrack">): string[] {
  const sections = listed(analysis.sections.map(([start, name]) => `${name} ${shortClock(start)}`));
  return [factsOf(analysis).join(", "), ...(sections === "" ? [] : [sections])];
}

/** The results for a program. */
export function resultOf(file: string, analysis: Analysis): object {
  const { duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections, bpmTrack } = analysis;
  return { file, duration, bpm, beats, downbeats, metre, onsets, drops, buildups, phrases, sections, confidence: confidenceOf(analysis), tempo_track: bpmTrack };
}

/** Mean confidence while a tempo was reported, 0..1; 0 when none was. */
export function confidenceOf({ curves: { bpm, confidence } }: Pick<Analysis, "curves">): number {
  const known = confidence.filter((_, k) => (bpm[k] ?? 0) > 0);
  return known.length === 0 ? 0 : Math.round((1000 * known.reduce((sum, value) => sum + value, 0)) / known.length) / 1000;
}
