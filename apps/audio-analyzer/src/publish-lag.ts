/** Frames that count: two seconds. */
const framesSeen = 120;
/** The lag is computed anew after so many frames. */
const framesPerLook = 6;

/**
 * When frames leave: the measured relation between the time of a stream and the clock of the machine. The sound's way to the
 * process and its chunks make it another one for each source, so it cannot be known from the samples alone.
 */
export interface PublishLag {
  /** A frame leaves: the time of the clock minus the frame's time in the stream, ms. */
  note(ms: number): void;
  /** That difference for a frame as usual: the mean of the middle half of the last two seconds. Undefined before the first frame. */
  readonly ms: number | undefined;
  /** Two seconds have been measured. */
  readonly settled: boolean;
  reset(): void;
}

/** Frames that a busy machine sends late, up to a quarter of all, change nothing. Allocates nothing per frame. */
export function createPublishLag(): PublishLag {
  const seen = new Float64Array(framesSeen);
  const sorted = new Float64Array(framesSeen);
  let count = 0;
  let ms: number | undefined;

  function look(): void {
    const size = Math.min(count, framesSeen);
    const some = sorted.subarray(0, size);
    some.set(seen.subarray(0, size));
    some.sort();
    const [from, to] = [Math.floor(size / 4), Math.ceil((size * 3) / 4)];
    let sum = 0;
    for (let i = from; i < to; i += 1) sum += some[i] ?? NaN;
    ms = sum / (to - from);
  }

  return {
    note(difference) {
      seen[count % framesSeen] = difference;
      count += 1;
      if (count <= framesPerLook || count % framesPerLook === 0) look();
    },
    get ms() {
      return ms;
    },
    get settled() {
      return count >= framesSeen;
    },
    reset() {
      count = 0;
      ms = undefined;
    },
  };
}
