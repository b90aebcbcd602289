import { RateLimit } from "@vj/schema";
import type { AudioSource } from "./capture/audio-source.ts";
import { sendersText } from "./senders-text.ts";
import { advice, createVerdictWatch } from "./verdict.ts";
import type { Verdict } from "./verdict.ts";

/** News about the source for a person. */
export interface News {
  readonly level: "info" | "warn";
  readonly text: string;
}

/** Follows the health of the open source. Times in milliseconds of a steady clock. */
export interface SourceWatch {
  opened(source: AudioSource, now: number): void;
  closed(): void;
  samples(lowest: number, highest: number, cancelling: boolean, now: number): void;
  /** Call it often: returns each change of the verdict once, and further senders once a minute. */
  look(now: number): News | undefined;
  /** Whether sound was audible within the last second. */
  hadSound(now: number): boolean;
  /** How often a source was lost. */
  readonly losses: number;
  /** `verdict_sec`: for how long the verdict has stood; `remark`: what is odd about the source although it delivers. */
  state(now: number): { verdict: Verdict; hint: string; verdict_sec: number; remark?: string };
}

const aliveMs = 1000;

/** After a longer pause of this process the source gets the same time again before it is judged. */
const pauseMs = 500;

/** Further senders are logged at most this often, ms. */
const remarkMs = 60_000;

export function createSourceWatch(platform: string): SourceWatch {
  let source: AudioSource | undefined;
  let watch = createVerdictWatch(0);
  let reported: Verdict = "starting";
  let reportedAt = 0;
  let losses = 0;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let judgeFrom = Number.NEGATIVE_INFINITY;
  let remarked = "";
  const remarks = new RateLimit(remarkMs);

  const verdictNow = (now: number): Verdict => {
    if (source === undefined) return "starting";
    // Without a source there is nothing to judge.
    if (source.kind === "none") return "ok";
    const { phase, cancelling = false } = source.status();
    const verdict = watch.verdict(phase, now);
    return verdict === "ok" && cancelling ? "channels_cancel" : verdict;
  };

  const remarkNow = (): string => {
    const senders = source?.status().senders;
    return senders === undefined ? "" : sendersText(senders);
  };

  /** A sender that comes and goes is logged once in a while. */
  const newRemark = (now: number): News | undefined => {
    const text = remarkNow();
    const began = text !== "" && remarked === "";
    remarked = text;
    if (!began || remarks.admit("senders", now) === undefined) return undefined;
    return { level: "warn", text: `${source?.name ?? ""}: ${text}` };
  };

  const hintFor = (verdict: Verdict): string => {
    if (source === undefined) return "looking for a sound device";
    const what = advice(verdict, source.kind, platform);
    const { problem } = source.status();
    return problem === "" ? what : `${problem}; ${what}`;
  };

  return {
    opened(next, now) {
      source = next;
      lookedAt = now;
      reportedAt = now;
      watch = createVerdictWatch(now);
      reported = "starting";
    },
    closed() {
      source = undefined;
      reported = "starting";
    },
    samples: (...samples) => watch.samples(...samples),
    look(now) {
      if (now - lookedAt > pauseMs) judgeFrom = now + pauseMs;
      lookedAt = now;
      if (now < judgeFrom) return undefined;
      const verdict = verdictNow(now);
      if (verdict === reported || verdict === "starting") return newRemark(now);
      if (verdict === "device_gone") losses += 1;
      reported = verdict;
      reportedAt = now;
      const name = source?.name ?? "";
      return verdict === "ok"
        ? { level: "info", text: `sound from ${name}` }
        : { level: "warn", text: `${name}: ${verdict}: ${hintFor(verdict)}` };
    },
    hadSound: (now) => watch.hadSound(aliveMs, now),
    get losses() {
      return losses;
    },
    state(now) {
      const verdict = verdictNow(now);
      const remark = remarkNow();
      return { verdict, hint: hintFor(verdict), verdict_sec: verdict === reported ? Math.round((now - reportedAt) / 1000) : 0, ...(remark === "" ? {} : { remark }) };
    },
  };
}
