import type { KeptBeat } from "@vj/audio";
import type { Pipeline } from "../pipeline.ts";
import { hostUs } from "./host-time.ts";
import { beatOfLock, createLockKeeper } from "./kept-lock.ts";
import type { Lock } from "./kept-lock.ts";
import { rounded } from "./tempo-state.ts";

/** A locked tempo, carried over crashes and restarts of the worker. */
export interface LockOverRestarts {
  /** Locks the tempo that was locked before this process began, if one was. */
  take(pipeline: Pipeline): void;
  /** Keeps the present lock; call it often. */
  keep(pipeline: Pipeline): void;
  /** A key may have moved the beat: it is kept with the next call. */
  pressed(): void;
}

/** @param warn called with what a person should know: a lock that was taken over, or cannot be kept */
export function createLockOverRestarts(dataDir: string, warn: (text: string) => void): LockOverRestarts {
  const keeper = createLockKeeper(dataDir, warn);
  /** The lock that was taken over, until its beats have their exact place. */
  let taken: Lock | undefined;

  /** @returns the beat; undefined when the lock is too old */
  function restore(pipeline: Pipeline, lock: Lock, at: number): KeptBeat | undefined {
    const beat = beatOfLock(lock, hostUs(at), Date.now() / 1000);
    if (beat !== undefined) pipeline.tempo().restore(beat);
    return beat;
  }

  return {
    take(pipeline) {
      const lock = keeper.read();
      const beat = lock && restore(pipeline, lock, performance.now());
      if (beat === undefined) return;
      taken = lock;
      warn(`the tempo stays locked at ${rounded(60 / beat.interval, 2)} BPM, as before the restart; let go with: vj tempo auto`);
    },
    pressed() {
      taken = undefined;
      keeper.moved();
    },
    keep(pipeline) {
      const tempo = pipeline.tempo();
      const { locked, bpm, next } = tempo.view();
      // A time on the machine's clock that is not exact would move the beats with each restart.
      if (locked && !pipeline.timed()) return;
      const { place, metre, untilNext } = tempo.keep();
      if (locked && taken !== undefined) restore(pipeline, taken, pipeline.steadyTime(next - untilNext));
      taken = undefined;
      keeper.keep(locked ? { bpm, beat_us: hostUs(pipeline.steadyTime(next)), place: (place % metre) + 1, metre } : undefined);
    },
  };
}
