import type { AudioSource, SamplesListener } from "./capture/audio-source.ts";
import { chooseSource } from "./capture/choose-source.ts";
import { guardSource } from "./capture/guard-source.ts";
import type { Choice } from "./capture/choose-source.ts";
import type { SourceSpec } from "./capture/source-spec.ts";

/** How often a rig that plays the demo signal looks whether a sound device has come. */
const lookAgainMs = 15_000;

export interface SourceControlOptions {
  readonly onSamples: SamplesListener;
  /** Another source plays from now on. */
  readonly onChoice: (choice: Choice) => void;
  readonly choose?: (spec: SourceSpec) => Promise<Choice>;
}

/** Keeps exactly one source open: the one that is asked for, or the best there is. */
export interface SourceControl {
  /** What plays now; undefined while it is still being looked for. */
  readonly choice: Choice | undefined;
  /** Closes what is open and, in the background, opens what is asked for. */
  open(spec: SourceSpec): void;
  /** Resolves when everything is released. */
  close(): Promise<void>;
}

export function createSourceControl({ onSamples, onChoice, choose = chooseSource }: SourceControlOptions): SourceControl {
  let choice: Choice | undefined;
  let source: AudioSource | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** Counts requests: what was begun for an earlier one must not take effect any more. */
  let request = 0;
  let last: Promise<void> = Promise.resolve();

  const release = async (): Promise<void> => {
    const open = source;
    source = undefined;
    choice = undefined;
    await open?.stop();
  };

  /** One after the other: two sources must never be open at once. */
  const enqueue = (task: () => void | Promise<void>): Promise<void> => {
    last = last.then(task);
    return last;
  };

  /** Looking takes seconds where a sound server hangs; nobody waits for it. */
  const look = async (spec: SourceSpec, mine: number): Promise<void> => {
    const chosen = await choose(spec);
    const next = { ...chosen, source: guardSource(chosen.source) };
    if (mine !== request) return;
    const fallback = next.chosenBy === "fallback";
    if (fallback) timer = setTimeout(() => void look(spec, mine), lookAgainMs);
    if (fallback && choice?.chosenBy === "fallback") return;
    await enqueue(release);
    await enqueue(() => {
      if (mine !== request) return;
      choice = next;
      source = next.source;
      source.start(onSamples);
      onChoice(next);
    });
  };

  return {
    get choice() {
      return choice;
    },
    open(spec) {
      request += 1;
      clearTimeout(timer);
      const mine = request;
      void enqueue(release);
      void look(spec, mine);
    },
    close() {
      request += 1;
      clearTimeout(timer);
      return enqueue(release);
    },
  };
}
