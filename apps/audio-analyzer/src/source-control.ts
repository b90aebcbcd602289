import { messageOf } from "@vj/schema";
import type { AnalysisListener, AudioSource, SamplesListener } from "./capture/audio-source.ts";
import { chooseSource } from "./capture/choose-source.ts";
import type { Choice } from "./capture/choose-source.ts";
import { createDemoSource } from "./capture/demo-source.ts";
import { guardSource } from "./capture/guard-source.ts";
import { createNoneSource } from "./capture/none-source.ts";
import type { SourceSpec } from "./capture/source-spec.ts";

/** Interval of the search for a sound device while the demo signal plays, ms. */
const lookAgainMs = 15_000;

/** A source lost for this long no longer plays: the waiting one takes over, or the demo signal in `auto`. Milliseconds. */
const bridgeMs = 3000;

/** A command must deliver this much before it takes over, s: any program prints something and ends. */
const provenSeconds = 0.2;

export interface SourceControlOptions {
  readonly onSamples: SamplesListener;
  /** Called with the messages of another analyzer while it plays. */
  readonly onAnalysis?: AnalysisListener;
  /** Another source plays from now on. */
  readonly onChoice: (choice: Choice) => void;
  readonly choose?: (spec: SourceSpec) => Promise<Choice>;
}

/**
 * Keeps the requested source open, or the best one. The next source is opened beside a playing one and takes over with
 * its first samples, so a source that never delivers does not interrupt the sound.
 */
export interface SourceControl {
  /** The playing source; undefined during the first search. */
  readonly choice: Choice | undefined;
  /** The source that will play as soon as it delivers. */
  readonly waiting: Choice | undefined;
  /** Opens the requested source in the background. */
  open(spec: SourceSpec): void;
  /** Call it often: replaces a source that no longer plays. `now` in ms. */
  look(now: number): void;
  /** Resolves when everything is released. */
  close(): Promise<void>;
}

export function createSourceControl({ onSamples, onAnalysis, onChoice, choose = chooseSource }: SourceControlOptions): SourceControl {
  let playing: Choice | undefined;
  let waiting: Choice | undefined;
  let wanted: SourceSpec = { kind: "none" };
  let lostSince: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Counts requests: the results of earlier ones are ignored. */
  let request = 0;
  let released: Promise<unknown> = Promise.resolve();

  const release = (choice: Choice | undefined): void => {
    if (choice !== undefined) released = Promise.all([released, choice.source.stop()]);
  };

  const start = (choice: Choice): void => {
    let seconds = 0;
    // By its source: the same one may have been chosen again, in another way.
    const plays = (): boolean => playing?.source === choice.source;
    choice.source.start((interleaved, channels, sampleRate) => {
      if (choice === waiting) {
        seconds += interleaved.length / channels / sampleRate;
        if (choice.source.kind !== "command" || seconds > provenSeconds) takeOver();
      }
      if (plays()) onSamples(interleaved, channels, sampleRate);
    }, (message) => {
      if (choice === waiting) takeOver();
      if (plays()) onAnalysis?.(message);
    });
  };

  const play = (choice: Choice): void => {
    lostSince = undefined;
    playing = choice;
    onChoice(choice);
  };

  const takeOver = (): void => {
    const next = waiting;
    if (next === undefined) return;
    const before = playing;
    waiting = undefined;
    play(next);
    release(before);
  };

  /** Plays the source at once if that interrupts no sound. */
  const prepare = (next: Choice): void => {
    release(waiting);
    waiting = undefined;
    if (playing !== undefined && isSame(playing.source, next.source) && delivers(playing.source)) {
      play({ ...next, source: playing.source });
      return;
    }
    waiting = next;
    if (playing === undefined || !delivers(playing.source) || next.source.kind === "none") takeOver();
    start(next);
  };

  /** The search takes seconds when a sound server hangs; nothing waits for it. */
  const find = async (spec: SourceSpec, mine: number): Promise<void> => {
    const next = await choose(spec).catch((error: unknown) => nothing(messageOf(error)));
    if (mine !== request) return;
    if (next.chosenBy === "fallback" || playing?.chosenBy === "fallback") lookAgain();
    // A source that is waited for already, and the signal that bridges it, are kept.
    if (next.chosenBy === "fallback" && playing?.chosenBy === "fallback") return;
    if (waiting !== undefined && isSame(waiting.source, next.source)) return;
    prepare({ ...next, source: guardSource(next.source) });
  };

  const lookAgain = (): void => {
    const mine = request;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (playing?.chosenBy === "fallback") void find(wanted, mine);
    }, lookAgainMs);
  };

  /** `auto` always plays something: the demo signal, until the device is back or another one is found. */
  const bridge = (lost: Choice): void => {
    const note = `${lost.source.name} is gone; it plays again when it is back`;
    const demo: Choice = { source: guardSource(createDemoSource()), chosenBy: "fallback", note };
    waiting = lost;
    play(demo);
    start(demo);
    lookAgain();
  };

  return {
    get choice() {
      return playing;
    },
    get waiting() {
      return waiting;
    },
    open(spec) {
      request += 1;
      clearTimeout(timer);
      wanted = spec;
      void find(spec, request);
    },
    look(now) {
      if (playing === undefined || playing.source.status().phase !== "lost") {
        lostSince = undefined;
        return;
      }
      lostSince ??= now;
      if (now - lostSince < bridgeMs) return;
      if (waiting !== undefined) takeOver();
      else if (wanted.kind === "auto" && playing.chosenBy !== "fallback") bridge(playing);
    },
    async close() {
      request += 1;
      clearTimeout(timer);
      release(waiting);
      release(playing);
      waiting = undefined;
      playing = undefined;
      await released;
    },
  };
}

function delivers(source: AudioSource): boolean {
  return source.kind !== "none" && source.status().phase === "open";
}

function isSame(a: AudioSource, b: AudioSource): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function nothing(problem: string): Choice {
  return { source: guardSource(createNoneSource()), chosenBy: "fallback", note: problem };
}
