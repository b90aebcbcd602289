import { fieldsOf, flagField, textField } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { levelNames } from "@vj/schema";
import { flagAt, numbersOf } from "./read.ts";
import type { TelemetrySnapshot } from "./snapshot.ts";

/** Name of the worker that listens to the music. */
export const analyzerName = "audio_analyzer";

/** What is heard; undefined where it is not told, or no longer. */
export interface AudioView {
  /** Seven bands, lowest first, then the whole, each 0 to 1. */
  readonly levels: readonly number[] | undefined;
  readonly spectrum: readonly number[] | undefined;
  /** Whether a beat was within the last moment. */
  readonly beat: boolean;
  /** Beats per minute, 0 while unknown. */
  readonly tempo: number | undefined;
  readonly confidence: number;
  /** Which beat of the bar, 1 to 4. */
  readonly beatInBar: number | undefined;
  readonly onsets: readonly number[] | undefined;
  readonly pitch: readonly number[] | undefined;
  readonly structure: readonly number[] | undefined;
  readonly silent: boolean;
}

/** A stream older than this has stopped, milliseconds; the tempo comes but once a second. */
const streamMs = 1000;
const tempoMs = 3500;
/** How long a beat is shown. */
const beatMs = 130;

/** @param now epoch milliseconds */
export function audioView(telemetry: TelemetrySnapshot, now: number): AudioView {
  const stream = (address: string, count: number, maxAge = streamMs): readonly number[] | undefined => {
    const values = numbersOf(telemetry, address, now - maxAge);
    return values !== undefined && values.length >= count ? values : undefined;
  };
  const bpm = stream("/audio/bpm", 2, tempoMs);
  const phase = stream("/audio/phase", 3);
  return {
    levels: stream("/audio/levels", levelNames.length),
    spectrum: stream("/audio/spectrum", 1),
    beat: now - telemetry.beatAt < beatMs,
    tempo: bpm?.[0],
    confidence: bpm?.[1] ?? 0,
    beatInBar: phase?.[2],
    onsets: stream("/audio/onset", 3),
    pitch: stream("/audio/pitch", 2),
    structure: stream("/audio/structure", 4),
    silent: flagAt(telemetry, "/audio/silence", 0),
  };
}

/** Where the sound comes from, as the analyzer itself says. */
export interface AudioSource {
  readonly name: string;
  readonly verdict: string;
  readonly demo: boolean;
  /** What a person can do about the verdict; empty when there is nothing to do. */
  readonly advice: string;
}

/** Reads `source` of the analyzer's state; undefined when it says nothing of it, or is away. */
export function audioSource(analyzer: WorkerEntry | undefined): AudioSource | undefined {
  if (analyzer?.link !== "connected") return undefined;
  const source = fieldsOf(analyzer.state, "source");
  const name = textField(source, "name") ?? textField(analyzer.state, "device_name");
  if (source === undefined && name === undefined) return undefined;
  const demo = flagField(source, "demo") ?? source?.["kind"] === "demo";
  const verdict = textField(source, "verdict") ?? "";
  return { name: name ?? "no device", verdict, demo, advice: textField(source, "hint") ?? defaultAdvice(verdict) };
}

function defaultAdvice(verdict: string): string {
  switch (verdict) {
    case "silent":
      return "nothing playing?";
    case "exact_zeros":
      return "only zeros arrive: is the microphone allowed for this terminal?";
    case "no_callbacks":
      return "the device sends nothing: is the right one chosen?";
    case "device_gone":
      return "waiting for the device to come back";
    default:
      return "";
  }
}
