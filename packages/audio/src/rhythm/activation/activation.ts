import { netDelay } from "./net.ts";
import { createBeatNets } from "./ensemble.ts";
import type { LogBands } from "../front-end/log-bands.ts";

/** Beat and downbeat activation at 100 frames a second. The network reads and produces frames in pairs. */
export interface Activation {
  /** Processes the bands' newest frame. @returns true when two more activations are ready */
  update(): boolean;
  /** The two newest beat activations, older first, 0..1. */
  readonly beat: Float64Array;
  /** Probability of each tempo class at the newest pair, see `tempo/evidence.ts`. */
  readonly tempo: Float64Array;
  /** The strongest downbeat activation, 0..1, among the frames from `from` to `to` before the newest. */
  downbeatWithin(from: number, to: number): number;
  reset(): void;
}

/** Frames from the sound of a beat to the end of the hop that completes its activation. */
export const activationDelay = netDelay + 1;
const history = 256;

export function createActivation(bands: LogBands): Activation {
  const net = createBeatNets();
  const size = bands.values.length;
  const pair = new Float64Array(2 * size);
  const downbeats = new Float64Array(history);
  let now = 0;
  let second = false;

  return {
    beat: net.beat,
    tempo: net.tempo,
    update() {
      pair.set(bands.values, second ? size : 0);
      second = !second;
      if (second) return false;
      net.step(pair);
      for (const downbeat of net.downbeat) {
        now = (now + 1) % history;
        downbeats[now] = downbeat;
      }
      return true;
    },
    downbeatWithin(from, to) {
      let most = 0;
      for (let ago = Math.max(0, to); ago <= Math.min(from, history - 1); ago += 1)
        most = Math.max(most, downbeats[(now - ago + history) % history] ?? NaN);
      return most;
    },
    reset() {
      net.reset();
      downbeats.fill(0);
      second = false;
    },
  };
}
