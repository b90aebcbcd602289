import { createOscillators, createSmoothLevels } from "@vj/audio";
import type { AudioFrame } from "@vj/audio";
import { tempoBy } from "@vj/schema";
import type { audioOsc, OscSend } from "@vj/schema";
import type { SwitchedStates } from "./switched-states.ts";
import { isOn } from "./switches.ts";
import type { PublishSettings } from "./switches.ts";

const framesPerTempo = 60;
const framesPerStructure = 6;

/**
 * Sends frames as OSC: sixty times a second, `/audio/bpm` with every 60th frame, `/audio/structure` with every 6th,
 * `/audio/silence`, `/audio/phrase` and `/audio/section` when they change. Addresses that are switched off are not sent. Allocates no memory.
 * @param send sends one message at once
 * @param states sends those that can be switched off
 */
export function createPublisher(
  send: OscSend<typeof audioOsc>,
  states: Pick<SwitchedStates, "isOn" | "send">,
  settings: () => PublishSettings,
): (frame: AudioFrame) => void {
  const beat: [number, number] = [0, 0];
  const phase: [number, number, number] = [0, 0, 0];
  const onset: [number, number, number] = [0, 0, 0];
  const energy: [number, number] = [0, 0];
  const pitch: [number, number] = [0, 0];
  const tempo: [number, number] = [0, 0];
  const bar: [number, number, number, number] = [0, 0, 0, 0];
  const exact: [number, number, number, number] = [0, 0, 0, 0];
  const structure: [number, number, number, number] = [0, 0, 0, 0];
  const silence: [number] = [-1];
  const phrase: [number, number, number] = [-1, -1, 0];
  const section: [string, number] = ["", 0];
  const oscillators = createOscillators();
  const smooth = createSmoothLevels();
  let frames = 0;

  return (frame) => {
    const chosen = settings();
    frames += 1;
    beat[0] = frame.beat;
    beat[1] = frame.flux;
    send("/audio/beat", beat);
    onset[0] = frame.kick;
    onset[1] = frame.snare;
    onset[2] = frame.hat;
    send("/audio/onset", onset);
    send("/audio/levels", frame.levels);
    energy[0] = frame.energyFast;
    energy[1] = frame.energySlow;
    send("/audio/energy", energy);
    smooth.update(frame);
    send("/audio/smooth", smooth.values);
    if (isOn("/audio/tempo", chosen)) {
      phase[0] = frame.phase;
      phase[1] = frame.barPhase;
      phase[2] = frame.beatInBar;
      send("/audio/phase", phase);
      bar[0] = frame.metre;
      bar[1] = frame.beatInBar;
      bar[2] = frame.barPhase;
      bar[3] = frame.barConfidence;
      send("/audio/bar", bar);
      exact[0] = frame.tempo;
      exact[1] = frame.beats;
      exact[2] = frame.phase;
      exact[3] = tempoBy[frame.tempoBy];
      send("/audio/tempo", exact);
      oscillators.update(frame);
      send("/audio/osc", oscillators.values);
      if (frames % framesPerTempo === 0) {
        tempo[0] = frame.bpm;
        tempo[1] = frame.bpmConfidence;
        send("/audio/bpm", tempo);
      }
    }
    if (isOn("/audio/pitch", chosen)) {
      pitch[0] = frame.pitchHz;
      pitch[1] = frame.pitchConfidence;
      send("/audio/pitch", pitch);
    }
    if (isOn("/audio/spectrum", chosen)) send("/audio/spectrum", frame.spectrum);
    if (isOn("/audio/structure", chosen) && frames % framesPerStructure === 0) {
      structure[0] = frame.buildup;
      structure[1] = frame.drop;
      structure[2] = frame.trend;
      structure[3] = frame.brightness;
      send("/audio/structure", structure);
    }
    // What is switched on again is sent again.
    if (!states.isOn("/audio/phrase")) phrase[0] = -1;
    else if (phrase[0] !== frame.phraseBar || phrase[1] !== frame.phraseSince) {
      phrase[0] = frame.phraseBar;
      phrase[1] = frame.phraseSince;
      phrase[2] = frame.phraseConfidence;
      states.send("/audio/phrase", phrase);
    }
    if (!states.isOn("/audio/section")) section[0] = "";
    else if (section[0] !== frame.section) {
      section[0] = frame.section;
      section[1] = frame.sectionConfidence;
      states.send("/audio/section", section);
    }
    if (silence[0] !== frame.silence) {
      silence[0] = frame.silence;
      send("/audio/silence", silence);
    }
  };
}
