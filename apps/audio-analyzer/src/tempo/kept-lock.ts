import path from "node:path";
import type { KeptBeat } from "@vj/audio";
import { jsonFile } from "@vj/files";
import type { JsonFile } from "@vj/files";
import { explainIssues, messageOf } from "@vj/schema";
import { z } from "zod";

const lockSchema = z.object({
  bpm: z.number().min(10).max(1000),
  /** A beat, microseconds of the machine's monotonic clock, its place in the bar, and the beats of the bar. */
  beat_us: z.number(),
  place: z.int().min(1).max(16),
  metre: z.int().min(1).max(16),
  /** Unix time at which this was true, seconds. */
  at: z.number(),
});

/** A locked tempo as it is kept on disk. */
export type Lock = z.infer<typeof lockSchema>;

/** A lock that is older, s, is that of another show. */
const oldestSeconds = 600;
/** A beat further away than this, s, is of another start of the machine: only the tempo is still true. */
const farthestSeconds = 2 * oldestSeconds;

/** @throws Error that names the file and its faults */
function parseLock(file: string, value: unknown): Lock {
  const lock = lockSchema.safeParse(value);
  if (lock.success) return lock.data;
  throw new Error(`${file} is damaged (${explainIssues(lock.error)}); lock the tempo again`);
}

/** The lock as the beats of a new analyzer. @param nowUs the monotonic clock @returns undefined when the lock is too old */
export function beatOfLock({ bpm, beat_us, place, metre, at }: Lock, nowUs: number, nowSeconds: number): KeptBeat | undefined {
  if (Math.abs(nowSeconds - at) > oldestSeconds) return undefined;
  const interval = 60 / bpm;
  const since = (nowUs - beat_us) / 1e6;
  if (Math.abs(since) > farthestSeconds) return { locked: true, sinceLast: 0, untilNext: interval, interval, place: 1, metre };
  const passed = Math.floor(since / interval);
  const sinceLast = since - passed * interval;
  const turned = place - 1 + passed;
  return { locked: true, sinceLast, untilNext: interval - sinceLast, interval, place: turned - metre * Math.floor(turned / metre) + 1, metre };
}

/** Keeps a locked tempo on disk while it is locked, so that it outlives a crash and a restart. */
export interface LockKeeper {
  /** The kept lock; undefined without one, and, after its problem was reported, where it cannot be read or is damaged. */
  read(): Lock | undefined;
  /** The present lock, or undefined; written when its tempo changes or its beat was moved, and every few seconds. */
  keep(lock: Omit<Lock, "at"> | undefined): void;
  /** The beat was moved. */
  moved(): void;
}

/** Milliseconds between two writes of the same lock: its beats stay true for much longer. */
const everyMs = 5000;

/** @param onProblem called once with the reason when nothing can be kept */
export function createLockKeeper(dataDir: string, onProblem: (text: string) => void): LockKeeper {
  const file: JsonFile = jsonFile(path.join(dataDir, "tempo-lock.json"));
  let kept: { readonly bpm: number | undefined; readonly atMs: number } | undefined;
  let isWriting = false;
  let isMoved = false;
  let hasFailed = false;

  async function write(lock: Omit<Lock, "at"> | undefined): Promise<void> {
    isWriting = true;
    try {
      await file.write(lock === undefined ? null : { ...lock, at: Date.now() / 1000 });
    } catch (error) {
      if (!hasFailed) onProblem(`a locked tempo will be lost with this process: ${messageOf(error)}`);
      hasFailed = true;
    } finally {
      isWriting = false;
    }
  }

  return {
    read() {
      try {
        const value = file.read();
        // Without a lock the file contains null.
        return value === undefined || value === null ? undefined : parseLock(file.path, value);
      } catch (error) {
        onProblem(`a locked tempo cannot be taken over: ${messageOf(error)}`);
        return undefined;
      }
    },
    keep(lock) {
      const now = performance.now();
      const isSame = lock?.bpm === kept?.bpm && !(isMoved && lock !== undefined);
      // A process that never had a lock leaves the file alone.
      if (isWriting || (isSame && (lock === undefined || now - (kept?.atMs ?? 0) < everyMs))) return;
      isMoved = false;
      kept = { bpm: lock?.bpm, atMs: now };
      void write(lock);
    },
    moved() {
      isMoved = true;
    },
  };
}
