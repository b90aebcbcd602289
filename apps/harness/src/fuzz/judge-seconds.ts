/** Frames of two analyzers in one second. */
export interface FrameSecond {
  /** Of the one in the rig under attack. */
  readonly attacked: number;
  /** Of one of the same kind on the same machine, which nobody attacks. */
  readonly reference: number;
}

/** A second in which the attacked analyzer fell behind and the reference did not. */
export interface FallenSecond extends FrameSecond {
  /** Seconds since the attack began. */
  readonly at: number;
}

/** What the seconds of a run say. */
export interface SecondsVerdict {
  /** Seconds in which the attacked one kept its rate. */
  readonly kept: number;
  /** Seconds that say nothing: the reference fell behind, too, so the machine had no time. */
  readonly busy: number;
  readonly fallen: readonly FallenSecond[];
  /** Seconds in which the reference fell behind and the attacked one did not: what chance alone does. */
  readonly byChance: number;
}

/** A second holds 60 frames, or 59 with the next one just behind its end. */
export const fewestFrames = 59;

/**
 * Holds an attacked analyzer against a reference, second by second. Pure. A stall at the edge of a second takes frames from one
 * and gives them to the next, so the reference must have kept its rate in the seconds beside as well.
 */
export function judgeSeconds(seconds: readonly FrameSecond[]): SecondsVerdict {
  const fell = (frames: number): boolean => frames < fewestFrames;
  const fallen: FallenSecond[] = [];
  let [kept, busy, byChance] = [0, 0, 0];
  seconds.forEach((second, at) => {
    if (!fell(second.attacked)) {
      kept += 1;
      if (fell(second.reference)) byChance += 1;
    } else if (seconds.slice(Math.max(0, at - 1), at + 2).some(({ reference }) => fell(reference))) busy += 1;
    else fallen.push({ at, ...second });
  });
  return { kept, busy, fallen, byChance };
}
