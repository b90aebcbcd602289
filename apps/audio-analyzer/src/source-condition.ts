import type { ReportedCondition } from "@vj/worker";
import type { Choice } from "./capture/choose-source.ts";
import { describeChoice, describeSource } from "./describe-choice.ts";
import type { Verdict } from "./verdict.ts";

/** The state of the sources at one moment. */
export interface SourceView {
  readonly playing: Choice | undefined;
  readonly waiting: Choice | undefined;
  readonly verdict: Verdict;
  readonly hint: string;
  /** What is odd about the source although it delivers. */
  readonly remark?: string;
}

/** Whether the analyzer gets sound from the intended source. Without any sound device the demo signal is not a fault. */
export function sourceCondition({ playing, waiting, verdict, hint, remark }: SourceView): ReportedCondition {
  if (playing === undefined) return { level: "ok", text: "looking for a sound device" };
  if (waiting !== undefined) {
    const { problem } = waiting.source.status();
    const todo = waiting.source.kind === "device" ? "connect it, or set audio_source to another one" : "set audio_source to one that works";
    return {
      level: "degraded",
      text: `waiting for ${named(waiting)}; ${named(playing)} plays until it delivers`,
      todo: problem === "" ? todo : `${problem}; ${todo}`,
    };
  }
  if (playing.chosenBy === "fallback") {
    return { level: "ok", text: describeChoice(playing), todo: "connect a sound device, or set audio_source" };
  }
  if (verdict === "device_gone" || verdict === "no_callbacks") {
    return { level: "degraded", text: `waiting for ${named(playing)}; silence until it delivers`, todo: hint };
  }
  if (playing.source.kind === "none") return { level: "ok", text: "no sound: audio_source is none" };
  // Music may pause; only zeros, or channels that cancel each other, are a fault.
  const odd = verdict === "exact_zeros" || verdict === "channels_cancel";
  const todo = odd ? hint : remark;
  return { level: "ok", text: describeSource(playing), ...(todo === undefined ? {} : { todo }) };
}

function named({ source }: Choice): string {
  return source.kind === "demo" ? "the demo signal" : `${source.kind} "${source.name}"`;
}
