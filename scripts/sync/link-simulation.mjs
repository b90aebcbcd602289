// The analyzer's frames through the bridge's own estimate and session, without a clock or a network.
import { createAnalyzer } from "@vj/audio";
import { tempoBy } from "@vj/schema";
import { noEstimate, withBar, withMove, withPacket, withSilence } from "../../apps/sync-bridge/dist/rig-tempo/estimate.js";
import { allowJump, lead, noLead } from "../../apps/sync-bridge/dist/protocols/link/lead.js";
import { beatAt, placeIn } from "../../apps/sync-bridge/dist/tempo.js";

/** @typedef {import("../../apps/sync-bridge/dist/tempo.js").Tempo} Tempo */
/** @typedef {import("../../apps/sync-bridge/dist/tempo.js").RigTempo} RigTempo */
/**
 * What the analyzer sends of tempo and bar in one frame.
 * @typedef {object} Frame
 * @property {number} bpm
 * @property {number} beats
 * @property {number} phase
 * @property {number} by
 * @property {number} metre
 * @property {number} beatInBar
 * @property {number} confidence
 * @property {number} drop
 */
/** What there was at a time; `hasBar`: a bar was put into the session. @typedef {{ seconds: number, session: Tempo, hasBar: boolean, rig: RigTempo | undefined, frame: Frame }} Moment */

const framesPerSecond = 60;
const secondsPerSlice = 5;
const framesPerLook = 3;
/** Packets arrive so late (mean, microseconds; of an exponential distribution), and in one of so many frames the process is held up. */
const late = 600;
const [framesPerStall, stallUs] = [1200, 60_000];

/**
 * @param {import("./link-music.mjs").Piece} piece
 * @param {(done: number) => void} [onProgress] called with the part that is done, 0–1
 * @returns {Frame[]}
 */
export function framesOf({ samples, sampleRate }, onProgress = () => {}) {
  /** @type {Frame[]} */
  const frames = [];
  const analyzer = createAnalyzer({ sampleRate }, ({ tempo: bpm, beats, phase, tempoBy: by, metre, beatInBar, barConfidence: confidence, drop }) =>
    void frames.push({ bpm, beats, phase, by: tempoBy[by], metre, beatInBar, confidence, drop }));
  const slice = secondsPerSlice * sampleRate;
  for (let from = 0; from < samples.length; from += slice) {
    onProgress(from / samples.length);
    analyzer.push(samples.subarray(from, from + slice));
  }
  return frames;
}

/**
 * A session with one peer that the bridge leads, ten times a second.
 * @param {readonly Frame[]} frames
 * @param {(text: string, seconds: number) => void} [note] called with each thing that the bridge does
 * @returns {Moment[]}
 */
export function simulate(frames, note = () => {}) {
  const random = randomOf(1);
  let [estimate, state, drop, arrivedUs, packetUs] = [noEstimate, noLead, 0, 0, 0];
  /** @type {Tempo} */
  let session = { bpm: 120, beat: 0, atUs: 0 };
  /** @type {Moment[]} */
  const moments = [];

  /** @param {number} atUs */
  function look(atUs) {
    const seen = { bpm: session.bpm, beat: beatAt(session, atUs), atUs, id: "simulated", peers: 1 };
    const led = lead(state, { nowUs: atUs, rig: estimate.tempo, session: seen });
    state = led.state;
    for (const action of led.actions) {
      const beat = beatAt(session, action.atUs);
      if (action.type === "tempo") session = { bpm: action.bpm, beat, atUs: action.atUs };
      else session = { ...session, beat: beat + placeIn(action.quantum, action.phase - beat), atUs: action.atUs };
      note(action.type === "tempo" ? `tempo ${action.bpm.toFixed(2)}` : `jump to ${action.phase.toFixed(2)} of ${action.quantum}`, atUs / 1e6);
    }
  }

  frames.forEach((frame, index) => {
    const seconds = (index + 1) / framesPerSecond;
    const stall = random() * framesPerStall < 1 ? stallUs : 0;
    // The line of the beats and the session go by when packets arrive, as on a network.
    arrivedUs = Math.max(arrivedUs + 20, seconds * 1e6 - late * Math.log(1 - random()) + stall);
    if (frame.drop === 1 && drop === 0) {
      estimate = withMove(estimate, arrivedUs);
      state = allowJump(state, arrivedUs, "drop");
      note("drop", seconds);
    }
    drop = frame.drop;
    const { tempo } = estimate;
    estimate = withPacket(withBar(estimate, frame), frame, arrivedUs);
    if (frame.bpm > 0) packetUs = arrivedUs;
    else if (arrivedUs - packetUs > 1_500_000) estimate = withSilence(estimate);
    if (estimate.tempo !== tempo || index % framesPerLook === 0) look(arrivedUs);
    if (index % 6 === 0) moments.push({ seconds: arrivedUs / 1e6, session: { ...session, beat: beatAt(session, arrivedUs), atUs: arrivedUs }, hasBar: state.isBarPut, rig: estimate.tempo, frame });
  });
  return moments;
}

/** The same numbers from 0 to 1 each time. @param {number} seed */
function randomOf(seed) {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
