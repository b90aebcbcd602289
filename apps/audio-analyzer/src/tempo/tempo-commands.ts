import { followedSources, handTempo } from "@vj/audio";
import type { KeyResult, TempoControl } from "@vj/audio";
import type { Reply } from "@vj/schema";
import { defineCommand, failed, ok } from "@vj/worker";
import type { CommandTable } from "@vj/worker";
import { z } from "zod";
import type { FollowedTempos } from "./followed-tempos.ts";
import { hostUs, steadyMs } from "./host-time.ts";
import { rounded } from "./tempo-state.ts";

/** What the commands act on. */
export interface TempoCommandParts {
  /** The analyzer's tempo, or the refusal while there is none to act on. */
  tempo(): TempoControl | Reply;
  /** Stream time, s, of a time of the steady clock, ms. */
  streamTime(atMs: number): number;
  readonly followed: FollowedTempos;
  /** Takes what is followed over into the analyzer. */
  place(): void;
  /** Name of what the tempo is from. */
  by(): string;
  /** Called after each key that has changed something. */
  pressed(): void;
}

/** A key may be reported so late, and so early, ms. */
const latestKeyMs = 2000;
const earliestKeyMs = 100;
/** The furthest time from now of a followed beat, s: beyond it another clock is meant. */
const farthestSeconds = 60;

const pressedAt = z
  .number()
  .min(0)
  .max(Number.MAX_SAFE_INTEGER)
  .optional()
  .describe("When it was pressed, microseconds of the machine's monotonic clock (process.hrtime, CLOCK_MONOTONIC); without it now");
const source = z.enum(followedSources);

const refusals: Readonly<Record<Exclude<KeyResult, "done" | "one_more">, string>> = {
  no_tempo: "there is no tempo yet; play music, tap it, or lock one: vj tempo lock 128",
  too_fast: `that is above ${handTempo.highest} BPM; halve it, or tap more slowly`,
  too_slow: `that is below ${handTempo.lowest} BPM; double it, or tap faster`,
};

/**
 * Takes over from a program whose tempo no hand can have: at half or double of it, as often as it takes. The beats of the program
 * that remain stay where they are.
 */
function takeOver(control: TempoControl): void {
  const { bpm } = control.view();
  let folded = bpm;
  while (folded > handTempo.highest + tolerance) folded /= 2;
  while (folded > 0 && folded < handTempo.lowest - tolerance) folded *= 2;
  if (folded === bpm) return;
  control.lock(true, folded);
  control.lock(false);
}

/** A key that acts on a tempo within the range of the hand. */
function onTakenOver<A extends unknown[]>(key: (control: TempoControl, ...args: A) => KeyResult): (control: TempoControl, ...args: A) => KeyResult {
  return (control, ...args) => {
    takeOver(control);
    return key(control, ...args);
  };
}

function halve(control: TempoControl): KeyResult {
  const result = control.halve();
  if (result !== "too_fast") return result;
  takeOver(control);
  return "done";
}

/** A tempo at the end of the range may be computed, BPM. */
const tolerance = 1e-6;

/** The commands for the tempo by hand, and for following another program. */
export function tempoCommands({ tempo, streamTime, followed, place, by, pressed }: TempoCommandParts): CommandTable {
  function reply(control: TempoControl, message: string): Reply {
    const { bpm, locked, ownBpm, inMusic } = control.view();
    return ok(message, { tempo_by: bpm === 0 ? "none" : by(), bpm: rounded(bpm, 3), locked, analysis_bpm: inMusic ? rounded(ownBpm, 2) : 0 });
  }

  function press(key: (control: TempoControl) => KeyResult, message: string): Reply {
    const control = tempo();
    if ("success" in control) return control;
    const result = key(control);
    if (result === "done") pressed();
    if (result === "one_more") return reply(control, "first tap; tap on at each beat");
    return result === "done" ? reply(control, message) : failed(refusals[result]);
  }

  function pressAt(at: number | undefined, key: (control: TempoControl, time: number) => KeyResult, message: string): Reply {
    const now = performance.now();
    const atMs = at === undefined ? now : steadyMs(at);
    if (now - atMs > latestKeyMs || atMs - now > earliestKeyMs) return failed(elsewhere(atMs - now, "the last two seconds"), "bad_arguments");
    return press((control) => key(control, streamTime(atMs)), message);
  }

  return {
    tap: defineCommand({
      description: "A beat, tapped by hand: the first tap moves the beat, three or more within two seconds of each other set the tempo",
      args: z.object({ at_us: pressedAt }),
      run: ({ at_us }) => pressAt(at_us, onTakenOver((control, time: number) => control.tap(time)), "tapped"),
    }),
    nudge: defineCommand({
      description: "Moves all beats; they keep this distance from the music",
      args: z.object({ ms: z.number().min(-1000).max(1000).describe("Milliseconds, later if positive") }),
      run: ({ ms }) => press(onTakenOver((control) => control.nudge(ms / 1000)), `beats ${Math.abs(ms)} ms ${ms < 0 ? "earlier" : "later"}`),
    }),
    double: defineCommand({
      description: "Twice the tempo",
      args: z.object({}),
      run: () => press((control) => control.double(), "tempo doubled"),
    }),
    halve: defineCommand({
      description: "Half the tempo; the stronger beats stay",
      args: z.object({}),
      run: () => press(halve, "tempo halved"),
    }),
    resync: defineCommand({
      description: "Makes this moment beat 1 of a bar",
      args: z.object({ at_us: pressedAt }),
      run: ({ at_us }) => pressAt(at_us, onTakenOver((control, time: number) => control.resync(time)), "beat 1"),
    }),
    lock: defineCommand({
      description: "Holds the tempo whatever the music does, also in silence; on=false lets the music move it again",
      args: z.object({
        on: z.boolean().default(true),
        bpm: z.number().min(handTempo.lowest).max(handTempo.highest).optional().describe("BPM; without it the present tempo"),
      }),
      run: ({ on, bpm }) => press(on && bpm === undefined ? onTakenOver((control) => control.lock(true)) : (control) => control.lock(on, bpm), on ? "tempo locked" : "tempo unlocked"),
    }),
    auto: defineCommand({
      description: "Removes all corrections by hand: the beat is that of the program that is followed, or of the analysis",
      args: z.object({}),
      run: () => press((control) => control.auto(), "no correction by hand"),
    }),
    follow_tempo: defineCommand({
      description: "Another program's beat, to be followed: send it at each change and once a second; three seconds without it end it",
      args: z.object({
        source,
        bpm: z.number().min(20).max(999).describe("Beats per minute"),
        beat: z.number().min(-1e9).max(1e9).describe("Beats that the program has counted at at_us; whole values are beats"),
        at_us: z.number().min(0).max(Number.MAX_SAFE_INTEGER).describe("Microseconds of the machine's monotonic clock (process.hrtime, CLOCK_MONOTONIC)"),
        quantum: z.literal([1, 2, 3, 4, 6, 8, 12, 16]).default(4).describe("Beats of a bar, counted from beat 0"),
      }),
      isLogged: false,
      run: ({ source, bpm, beat, at_us, quantum }) => {
        const now = performance.now();
        const atMs = steadyMs(at_us);
        if (Math.abs(atMs - now) > farthestSeconds * 1000) return failed(elsewhere(atMs - now, "a minute from now"), "bad_arguments");
        const control = tempo();
        if ("success" in control) return control;
        followed.take({ source, bpm, beat, atMs, quantum }, now);
        place();
        return reply(control, by() === source ? `following ${source}` : `${source} is there, but the tempo is from ${by()}`);
      },
    }),
    unfollow_tempo: defineCommand({
      description: "Ends following a program's beat",
      args: z.object({ source }),
      run: ({ source }) => {
        const control = tempo();
        if ("success" in control) return control;
        const wasThere = followed.drop(source);
        place();
        return reply(control, wasThere ? `${source} is followed no longer` : `${source} was not followed`);
      },
    }),
  };
}

function elsewhere(differenceMs: number, allowed: string): string {
  const seconds = Math.abs(differenceMs / 1000).toPrecision(3);
  const where = differenceMs < 0 ? "in the past" : "in the future";
  return `at_us is ${seconds} s ${where}, not within ${allowed}; use microseconds of process.hrtime (now: ${hostUs(performance.now())})`;
}
