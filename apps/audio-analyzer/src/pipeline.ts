import { createAnalyzer, createMixDown, outputRate } from "@vj/audio";
import type { Analyzer, AnalyzerConfig, AudioFrame, TempoControl } from "@vj/audio";
import type { SamplesListener } from "./capture/audio-source.ts";
import { createPublishLag } from "./publish-lag.ts";
import { createStreamClock } from "./stream-clock.ts";
import type { StreamClock } from "./stream-clock.ts";
import type { FollowedTempos } from "./tempo/followed-tempos.ts";

/** Callbacks of the pipeline, called for every frame: they must be quick. Times in milliseconds. */
export interface PipelineObserver {
  /** A frame to send; the object is reused. */
  frame(frame: AudioFrame): void;
  /** The frame was sent: time since its last sample arrived, and the part of it spent in `frame`. */
  sent(latency: number, publishing: number): void;
  /** Samples arrived: their lowest and highest value, and whether one channel is used alone because all together cancel. */
  samples(lowest: number, highest: number, cancelling: boolean, now: number): void;
}

/** Turns samples into frames in step with the wall clock, whatever the source does. */
export interface Pipeline {
  /** Processes the samples of a source. */
  readonly takeSamples: SamplesListener;
  /** Call it sixty times a second: fills in missing samples. */
  tick(): void;
  /** Changes settings without losing learned values. */
  configure(settings: Partial<AnalyzerConfig>): void;
  /** Forgets the sound so far, because another source begins. */
  restart(): void;
  /** Number of frames dropped because they, or their sound, were too late. */
  droppedFrames(): number;
  /** How much the levels are lifted, dB; 0 without automatic gain. */
  gainDb(): number;
  /** Tempo by hand and by other programs. It changes with the source: ask for it each time. */
  tempo(): TempoControl;
  /** Takes the followed tempo that leads over into the analyzer; done with all samples and ticks. */
  place(): void;
  /** Stream time, s, of the frame that leaves at a time of the steady clock, ms, and the reverse. */
  streamTime(at: number): number;
  steadyTime(seconds: number): number;
  /** These times are exact: in the first two seconds of a source they are up to some frames off. */
  timed(): boolean;
}

/** The rate assumed until a source reports another one. */
const usualRate = 44_100;

/** Silence is fed in pieces of at most this many samples. */
const silence = new Float32Array(8192);

/** @param now steady clock in milliseconds */
export function createPipeline(
  settings: Partial<AnalyzerConfig>,
  observer: PipelineObserver,
  followed: Pick<FollowedTempos, "leading">,
  now: () => number = () => performance.now(),
): Pipeline {
  const mixDown = createMixDown();
  let current = settings;
  let rate = usualRate;
  let analyzer: Analyzer;
  let clock: StreamClock;
  const lag = createPublishLag();
  let jumps = 0;
  let mono = new Float32Array(0);
  /** Arrival time of the samples being analysed; undefined while silence is filled in. */
  let arrivedAt: number | undefined;
  /** Frames dropped so far: by earlier analyzers, plus frames that were ready too late. */
  let dropped = 0;

  const onFrame = (frame: AudioFrame): void => {
    const begun = now();
    if (clock.lag((frame.index * rate) / outputRate, begun) > clock.staleMs) {
      dropped += 1;
      return;
    }
    if (clock.jumps !== jumps) lag.reset();
    jumps = clock.jumps;
    lag.note(begun - frame.time * 1000);
    observer.frame(frame);
    if (arrivedAt === undefined) return;
    const ended = now();
    observer.sent(ended - arrivedAt, ended - begun);
  };

  const begin = (sampleRate: number): void => {
    analyzer = createAnalyzer({ sampleRate, ...current }, onFrame);
    rate = sampleRate;
    beginClock();
  };

  const beginClock = (): void => {
    clock = createStreamClock(rate, now());
    jumps = 0;
    lag.reset();
  };

  /** Time of the steady clock at which stream time 0 would have left, ms. */
  const zero = (): number => lag.ms ?? -clock.lag(0, 0);

  const place = (): void => {
    const leading = followed.leading(now());
    if (leading === undefined) analyzer.tempo.unfollow();
    else analyzer.tempo.follow(leading, (leading.atMs - zero()) / 1000);
  };

  begin(rate);
  return {
    gainDb: () => analyzer.gainDb,
    tempo: () => analyzer.tempo,
    place,
    streamTime: (at) => (at - zero()) / 1000,
    steadyTime: (seconds) => seconds * 1000 + zero(),
    timed: () => lag.settled,
    takeSamples(interleaved, channels, sampleRate) {
      const at = now();
      if (sampleRate !== rate) {
        dropped += leftOut();
        const kept = analyzer.tempo.keep();
        begin(sampleRate);
        analyzer.tempo.restore(kept);
      }
      if (mono.length < interleaved.length / channels) mono = new Float32Array(interleaved.length);
      const count = mixDown.mix(interleaved, channels, sampleRate, mono);
      let lowest = Number.POSITIVE_INFINITY;
      let highest = Number.NEGATIVE_INFINITY;
      for (let i = 0; i < count; i += 1) {
        const sample = mono[i] ?? 0;
        if (sample < lowest) lowest = sample;
        if (sample > highest) highest = sample;
      }
      observer.samples(lowest, highest, mixDown.alone >= 0, at);
      const skip = clock.arrive(count, at);
      arrivedAt = at;
      place();
      analyzer.push(mono, skip, count);
      arrivedAt = undefined;
    },
    tick() {
      place();
      for (let left = clock.tick(now()); left > 0; left -= silence.length) {
        analyzer.push(silence, 0, Math.min(left, silence.length));
      }
    },
    configure(next) {
      current = { ...current, ...next };
      analyzer.configure(next);
    },
    restart() {
      dropped += leftOut();
      const kept = analyzer.tempo.keep();
      analyzer.reset();
      analyzer.tempo.restore(kept);
      beginClock();
    },
    droppedFrames: () => dropped + leftOut(),
  };

  /** Number of frames whose sound the current clock dropped. */
  function leftOut(): number {
    return Math.round((clock.dropped * outputRate) / rate);
  }
}
