import type { Pipeline } from "../pipeline.ts";
import { hostUs } from "./host-time.ts";
import { beatOfLock, createLockKeeper } from "./kept-lock.ts";
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
  return {
    take(pipeline) {
      const lock = keeper.read();
      const beat = lock === undefined ? undefined : beatOfLock(lock, hostUs(performance.now()), Date.now() / 1000);
      if (beat === undefined) return;
      pipeline.tempo().restore(beat);
      warn(`the tempo stays locked at ${rounded(60 / beat.interval, 2)} BPM, as before the restart; let go with: vj tempo auto`);
    },
    pressed: () => keeper.moved(),
    keep(pipeline) {
      const tempo = pipeline.tempo();
      const { locked, bpm, next } = tempo.view();
      const { place, metre } = tempo.keep();
      keeper.keep(locked ? { bpm, beat_us: hostUs(pipeline.steadyTime(next)), place: (place % metre) + 1, metre } : undefined);
    },
  };
}
