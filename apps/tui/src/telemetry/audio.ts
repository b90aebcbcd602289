import { fieldsOf, flagField, numberField, textField } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { levelNames } from "@vj/schema";
import type { OscNamed, audioOsc } from "@vj/schema";
import { remember, rememberOf } from "../text/remember.ts";
import { argsOf } from "./read.ts";
import type { HitName } from "./sound-memory.ts";
import type { TelemetrySnapshot } from "./snapshot.ts";

/** Name of the worker that analyses the music. */
export const analyzerName = "audio_analyzer";

/** The current sound; undefined where no value arrived, or none recently. */
export interface AudioView {
  /** Seven bands, lowest first, then the overall level, each 0 to 1. */
  readonly levels: readonly number[] | undefined;
  readonly spectrum: readonly number[] | undefined;
  /** Whether there was a beat within the last moment. */
  readonly beat: boolean;
  /** Beats per minute, 0 while unknown. */
  readonly tempo: number | undefined;
  readonly confidence: number;
  /** Beat of the bar, 1 to `metre`, and the beats of the bar. */
  readonly beatInBar: number | undefined;
  readonly metre: number;
  /** The tempo by its last beats, and what it is from. */
  readonly exact: OscNamed<(typeof audioOsc)["/audio/tempo"]["args"]> | undefined;
  /** Position in the beat, 0 to 1. */
  readonly phase: number | undefined;
  readonly onsets: OscNamed<(typeof audioOsc)["/audio/onset"]["args"]> | undefined;
  readonly pitch: OscNamed<(typeof audioOsc)["/audio/pitch"]["args"]> | undefined;
  readonly structure: OscNamed<(typeof audioOsc)["/audio/structure"]["args"]> | undefined;
  readonly phrase: OscNamed<(typeof audioOsc)["/audio/phrase"]["args"]> | undefined;
  readonly section: string | undefined;
  readonly silent: boolean;
}

/** A stream older than this has stopped, milliseconds; the tempo is sent only once a second. */
const streamMs = 1000;
const tempoMs = 3500;
/** What lasts a frame is shown for this long, milliseconds: at ten pictures a second each is seen once at least. */
const lampMs = { usual: 180, drop: 4000 } as const;

/** Whether something happened within the last moment. @param now epoch milliseconds */
export function isLit({ sound }: TelemetrySnapshot, name: HitName, now: number): boolean {
  return now - sound.hits[name] < (name === "drop" ? lampMs.drop : lampMs.usual);
}

/** @param now epoch milliseconds */
export function audioView(telemetry: TelemetrySnapshot, now: number): AudioView {
  return lastView([telemetry, now], () => readView(telemetry, now));
}

/** Several parts of a picture show it. */
const lastView = remember<AudioView>();

function readView(telemetry: TelemetrySnapshot, now: number): AudioView {
  const since = now - streamMs;
  const levels = argsOf(telemetry, "/audio/levels", since);
  const spectrum = argsOf(telemetry, "/audio/spectrum", since);
  const phase = argsOf(telemetry, "/audio/phase", since);
  const bpm = argsOf(telemetry, "/audio/bpm", now - tempoMs);
  return {
    levels: levels === undefined ? undefined : levelNames.map((name) => levels[name]),
    spectrum: spectrum === undefined ? undefined : Object.values(spectrum),
    beat: isLit(telemetry, "beat", now),
    tempo: bpm?.tempo,
    confidence: bpm?.confidence ?? 0,
    beatInBar: phase?.beat_in_bar,
    metre: argsOf(telemetry, "/audio/bar", since)?.metre ?? 4,
    phase: phase?.beat_phase,
    exact: argsOf(telemetry, "/audio/tempo", since),
    onsets: argsOf(telemetry, "/audio/onset", since),
    pitch: argsOf(telemetry, "/audio/pitch", since),
    structure: argsOf(telemetry, "/audio/structure", since),
    phrase: argsOf(telemetry, "/audio/phrase"),
    section: argsOf(telemetry, "/audio/section")?.section,
    silent: argsOf(telemetry, "/audio/silence")?.silent === 1,
  };
}

/** The source of the sound, as the analyzer reports it. */
export interface AudioSource {
  readonly name: string;
  readonly verdict: string;
  readonly demo: boolean;
  /** For how long the verdict has stood, seconds; undefined where it is not reported. */
  readonly since: number | undefined;
  /** Why this source, `default device`; empty where it is not reported. */
  readonly chosenBy: string;
  /** Of the sound, Hz; 0 where it is not reported. */
  readonly sampleRate: number;
  readonly channels: number;
  readonly gainDb: number | undefined;
  /** The source that plays as soon as it delivers; empty: none. */
  readonly waitingFor: string;
  /** The next step for the verdict; empty when there is none. */
  readonly advice: string;
}

/** Reads `source` of the analyzer's state; undefined when it has none, or the analyzer is away. */
export function audioSource(analyzer: WorkerEntry | undefined): AudioSource | undefined {
  return analyzer === undefined ? undefined : sourceOf(analyzer);
}

const sourceOf = rememberOf((analyzer: WorkerEntry): AudioSource | undefined => {
  if (analyzer.link !== "connected") return undefined;
  const source = fieldsOf(analyzer.state, "source");
  const name = textField(source, "name") ?? textField(analyzer.state, "device_name");
  if (source === undefined && name === undefined) return undefined;
  const demo = flagField(source, "demo") ?? source?.["kind"] === "demo";
  // Nothing is wrong with silence that was asked for, but it is not sound.
  const reported = textField(source, "verdict") ?? "";
  const verdict = source?.["kind"] === "none" && reported === "ok" ? "off" : reported;
  return {
    name: name ?? "no device",
    verdict,
    demo,
    since: numberField(source, "verdict_sec"),
    chosenBy: chosenWords[textField(source, "chosen_by") ?? ""] ?? "",
    sampleRate: numberField(source, "sample_rate") ?? 0,
    channels: numberField(source, "channels") ?? 0,
    gainDb: numberField(source, "gain_db"),
    waitingFor: textField(source, "waiting_for") ?? "",
    advice: textField(source, "hint") ?? defaultAdvice(verdict),
  };
});

const chosenWords: Readonly<Record<string, string>> = {
  exact: "as set",
  pattern: "auto: name match",
  default: "auto: default input",
  command: "auto: a program that records",
  fallback: "auto: nothing else found",
};

function defaultAdvice(verdict: string): string {
  switch (verdict) {
    case "silent":
      return "nothing playing?";
    case "exact_zeros":
      return "only zeros arrive: is the microphone allowed for this terminal?";
    case "no_callbacks":
      return "the device sends nothing: is the right one chosen?";
    case "off":
      return "audio_source is none";
    case "device_gone":
      return "waiting for the device to come back";
    default:
      return "";
  }
}
