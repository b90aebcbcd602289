/** Time constant of the mean powers, s. */
const meanSeconds = 1;
/** Mean power below which a block is not judged (-90 dBFS), so that noise and rests change no decision. */
const leastPower = 1e-9;
/** Corner of two one-pole low-passes, Hz: mixes have their bass in the middle, so it cancels first. */
const lowHz = 150;
/** The bass is judged where it has at least this share of the power. */
const lowShare = 0.01;
/**
 * Power of the sum of the channels, as a share of that of unrelated channels with the same powers: 1 for unrelated
 * channels and for one channel alone, 2 for two equal ones, 0 for two that cancel. Below the first share the channels
 * cancel; above the second they are fine.
 */
const cancelShare = 0.4;
const fineShare = 0.8;

/** Detects channels that cancel when they are mixed. */
export interface CancelMeter {
  /** The whole mix or its bass cancels. */
  readonly cancelling: boolean;
  /** Neither cancels, and the part that cancelled last is present again. Both flags may be false. */
  readonly fine: boolean;
  /** Index of the loudest channel. */
  readonly loudest: number;
  /** Mean power of a channel. */
  power(channel: number): number;
  /** Processes one finite sample of each channel. */
  take(frame: Float64Array): void;
  /** Ends a block of at most half a second. @returns false when it was too quiet to be judged; then nothing changes. */
  endBlock(): boolean;
}

export function createCancelMeter(channels: number, sampleRate: number): CancelMeter {
  const block = new Float64Array(channels);
  const means = new Float64Array(channels);
  const lowPass = { coefficient: 1 - Math.exp((-2 * Math.PI * lowHz) / sampleRate) };
  const first = new Float64Array(channels);
  const second = new Float64Array(channels);
  /** Sums of squares of this block: of the mix, of its bass, of the channels' basses; below, their means. */
  const sums = { samples: 0, mixed: 0, lowMixed: 0, low: 0 };
  const mean = { seconds: 0, mixed: 0, lowMixed: 0, low: 0 };
  const last = { lowCancelled: false };

  const meter = {
    cancelling: false,
    fine: false,
    loudest: 0,
    power: (channel: number) => means[channel] ?? NaN,
    take(frame: Float64Array): void {
      let sum = 0;
      let lowSum = 0;
      for (let c = 0; c < channels; c += 1) {
        const sample = frame[c] ?? NaN;
        const once = (first[c] ?? NaN) + lowPass.coefficient * (sample - (first[c] ?? NaN));
        const low = (second[c] ?? NaN) + lowPass.coefficient * (once - (second[c] ?? NaN));
        first[c] = once;
        second[c] = low;
        sum += sample;
        lowSum += low;
        block[c] = (block[c] ?? NaN) + sample * sample;
        sums.low += low * low;
      }
      sums.mixed += sum * sum;
      sums.lowMixed += lowSum * lowSum;
      sums.samples += 1;
    },
    endBlock(): boolean {
      let all = 0;
      for (let c = 0; c < channels; c += 1) all += block[c] ?? NaN;
      const counts = all > leastPower * channels * sums.samples;
      if (counts) {
        learn();
        judge();
      }
      clear();
      return counts;
    },
  };

  function learn(): void {
    const seconds = sums.samples / sampleRate;
    // The first second is averaged evenly, so that the mean is valid from the start.
    mean.seconds = Math.min(meanSeconds, mean.seconds + seconds);
    const share = seconds / mean.seconds;
    for (let c = 0; c < channels; c += 1) means[c] = (means[c] ?? NaN) + ((block[c] ?? NaN) - (means[c] ?? NaN)) * share;
    mean.mixed += (sums.mixed - mean.mixed) * share;
    mean.lowMixed += (sums.lowMixed - mean.lowMixed) * share;
    mean.low += (sums.low - mean.low) * share;
  }

  function judge(): void {
    let unrelated = 0;
    let loudest = 0;
    for (let c = 0; c < channels; c += 1) {
      unrelated += means[c] ?? NaN;
      if ((means[c] ?? NaN) > (means[loudest] ?? NaN)) loudest = c;
    }
    meter.loudest = loudest;
    const whole = mean.mixed / unrelated;
    const hasLow = mean.low > lowShare * unrelated;
    const low = mean.lowMixed / mean.low;
    const lowCancels = hasLow && low < cancelShare;
    meter.cancelling = whole < cancelShare || lowCancels;
    meter.fine = whole > fineShare && (hasLow ? low > fineShare : !last.lowCancelled);
    if (hasLow) last.lowCancelled = low < fineShare;
  }

  function clear(): void {
    block.fill(0);
    for (let c = 0; c < channels; c += 1) {
      // Set decayed filters to exactly 0: subnormal numbers are slow.
      if (Math.abs(second[c] ?? NaN) < 1e-20) {
        first[c] = 0;
        second[c] = 0;
      }
    }
    sums.samples = 0;
    sums.mixed = 0;
    sums.lowMixed = 0;
    sums.low = 0;
  }

  return meter;
}
