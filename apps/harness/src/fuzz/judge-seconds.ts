/** Frames of two analyzers in one second. */
export interface FrameSecond {
  /** Of the one in the rig under attack. */
  readonly attacked: number;
  /** Of one of the same kind on the same machine, which nobody attacks. */
  readonly reference: number;
  /** Milliseconds that the attacked one was ready to run and waited for a processor. */
  readonly waitedMs: number;
}

/** A second in which the attacked analyzer fell behind although the machine had time. */
export interface FallenSecond extends FrameSecond {
  /** Seconds since the attack began. */
  readonly at: number;
}

/** What the seconds of a run say. */
export interface SecondsVerdict {
  /** Seconds in which the attacked one kept its rate. */
  readonly kept: number;
  /** Seconds that say nothing: the machine had no time, for the reference either or for the process. */
  readonly busy: number;
  readonly fallen: readonly FallenSecond[];
  /** Seconds in which the reference fell behind and the attacked one did not: what chance alone does. */
  readonly byChance: number;
}

/** A second holds 60 frames, or 59 with the next one just behind its end. */
export const fewestFrames = 59;
/** Whoever waits for a processor as long as this may send a frame in the next second. */
const frameMs = 1000 / 60;

/**
 * Holds an attacked analyzer against a reference, second by second. Pure. A stall at the edge of a second takes frames from one
 * and gives them to the next, so the reference must have kept its rate in the seconds beside as well. The system counts a wait
 * when it is over, which may be in the next second.
 */
export function judgeSeconds(seconds: readonly FrameSecond[]): SecondsVerdict {
  const fell = (frames: number): boolean => frames < fewestFrames;
  const fallen: FallenSecond[] = [];
  const noTime = (at: number): boolean =>
    seconds.slice(Math.max(0, at - 1), at + 2).some(({ reference }) => fell(reference)) || seconds.slice(at, at + 2).some(({ waitedMs }) => waitedMs > frameMs);
  let [kept, busy, byChance] = [0, 0, 0];
  seconds.forEach((second, at) => {
    if (!fell(second.attacked)) {
      kept += 1;
      if (fell(second.reference)) byChance += 1;
    } else if (noTime(at)) busy += 1;
    else fallen.push({ at, ...second });
  });
  return { kept, busy, fallen, byChance };
}
