import type { SourceKind, SourcePhase } from "./capture/audio-source.ts";

/**
 * Verdict on a source, at most three seconds after it was opened. `exact_zeros`: samples arrive and every one is 0, which
 * no real input delivers. `channels_cancel`: there is sound, but the channels cancel each other, so only one of them is
 * used.
 */
export const verdicts = ["starting", "ok", "channels_cancel", "silent", "exact_zeros", "no_callbacks", "device_gone"] as const;
/** What the sound of the last seconds shows of the source. */
export type Verdict = (typeof verdicts)[number];

/** Time that a source gets, and for which its sound counts. */
const windowMs = 3000;

/** Very wide sound may cancel for a moment: it is reported only after this time. */
const cancellingMs = 2000;

/** -70 dBFS: below it there is only the noise of an input. */
const audibleLevel = 10 ** (-70 / 20);

/** Judges a source by its samples. Times in milliseconds of a steady clock. */
export interface VerdictWatch {
  /** Samples arrived: their smallest and largest value, and whether one channel is used alone because all together cancel. */
  samples(lowest: number, highest: number, cancelling: boolean, now: number): void;
  /** @param now must never decrease */
  verdict(phase: SourcePhase, now: number): Verdict;
  /** Whether sound was audible within the last `withinMs`. */
  hadSound(withinMs: number, now: number): boolean;
}

/** @param openedAt time when the source was started */
export function createVerdictWatch(openedAt: number): VerdictWatch {
  const never = Number.NEGATIVE_INFINITY;
  let firstAt = Number.POSITIVE_INFINITY;
  let arrivedAt = never;
  let nonZeroAt = never;
  let audibleAt = never;
  let cancellingFrom = Number.POSITIVE_INFINITY;

  return {
    samples(lowest, highest, cancelling, now) {
      cancellingFrom = cancelling ? Math.min(cancellingFrom, now) : Number.POSITIVE_INFINITY;
      firstAt = Math.min(firstAt, now);
      arrivedAt = now;
      if (lowest !== 0 || highest !== 0) nonZeroAt = now;
      // A constant is not sound, however large it is.
      if (highest - lowest > 2 * audibleLevel) audibleAt = now;
    },
    verdict(phase, now) {
      if (phase === "lost") return "device_gone";
      const recent = now - windowMs;
      if (audibleAt > recent) return now - cancellingFrom >= cancellingMs ? "channels_cancel" : "ok";
      if (arrivedAt <= recent) return openedAt > recent ? "starting" : "no_callbacks";
      if (firstAt > recent) return "starting";
      return nonZeroAt > recent ? "silent" : "exact_zeros";
    },
    hadSound: (withinMs, now) => now - audibleAt < withinMs,
  };
}

/** The next step for a person; empty when there is none. */
export function advice(verdict: Verdict, kind: SourceKind, platform: string): string {
  switch (verdict) {
    case "starting":
    case "ok":
      return "";
    case "channels_cancel":
      return "the channels cancel each other, so only the louder one is used: swap the two wires of one of them, or turn off its polarity switch";
    case "silent":
      if (kind === "osc") return "the other analyzer gets no sound: start the music there";
      return "the input works but is silent: start the music, or turn up what feeds this input";
    case "exact_zeros":
      if (platform === "darwin") {
        return "only zeros arrive: allow the microphone for your terminal in System Settings > Privacy, and route the music into this device";
      }
      return "only zeros arrive: nothing plays into this input; check the output of your player";
    case "no_callbacks":
      if (kind === "osc") return "nothing arrives: let the other analyzer send /audio/* to this port of this machine (Synesthesia: settings, OSC)";
      return kind === "command"
        ? "the command runs but writes no samples: try it in a terminal"
        : "the device is open but delivers nothing: another program may hold it, or its sound server hangs";
    case "device_gone":
      if (kind === "osc") return "it is used again as soon as the other analyzer sends";
      if (kind === "file") return "check the path, then set audio_source again";
      return kind === "command"
        ? "the command ended; it is started again until it works"
        : "the device is missing; it is used again as soon as it is back";
  }
}
