/** Frames of two analyzers in one second. */
export interface FrameSecond {
  /** Frames of the analyzer in the rig under attack. */
  readonly attacked: number;
  /** Frames of one of the same kind on the same machine that is not attacked. */
  readonly reference: number;
  /** Milliseconds that the attacked one was ready to run but waited for a processor. */
  readonly waitedMs: number;
}

/** A second in which the attacked analyzer fell behind although the machine had time. */
export interface FallenSecond extends FrameSecond {
  /** Seconds since the attack began. */
  readonly at: number;
}

/** The result of the seconds of a run. */
export interface SecondsVerdict {
  /** Number of seconds in which the attacked one kept its rate. */
  readonly kept: number;
  /** Seconds that are not judged: the machine had no time, either for the reference or for the process. */
  readonly busy: number;
  readonly fallen: readonly FallenSecond[];
  /** Seconds in which the reference fell behind and the attacked one did not: the effect of chance alone. */
  readonly byChance: number;
}

/** A second has 60 frames, or 59 when the next one falls just behind its end. */
export const fewestFrames = 59;
/** A process that waits for a processor this long may send a frame in the next second instead. */
const frameMs = 1000 / 60;

/**
 * Compares an attacked analyzer with a reference, second by second. Pure. A stall at the edge of a second moves frames to
 * the next, so the reference must have kept its rate in the neighbouring seconds as well. The system counts a wait when
 * it is over, which may be in the next second.
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
