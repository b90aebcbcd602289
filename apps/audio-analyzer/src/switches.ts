import type { audioOsc } from "@vj/schema";

/** The addresses that are sent. */
export interface PublishSettings {
  readonly enable_spectrum: boolean;
  readonly enable_bpm: boolean;
  readonly enable_pitch: boolean;
  readonly enable_structure: boolean;
}

/** The settings that switch addresses off: each needs all of its own. Those with the beat go together. */
const switches: Partial<Record<keyof typeof audioOsc, readonly (keyof PublishSettings)[]>> = {
  "/audio/spectrum": ["enable_spectrum"],
  "/audio/bpm": ["enable_bpm"],
  "/audio/phase": ["enable_bpm"],
  "/audio/bar": ["enable_bpm"],
  "/audio/tempo": ["enable_bpm"],
  "/audio/osc": ["enable_bpm"],
  "/audio/pitch": ["enable_pitch"],
  "/audio/structure": ["enable_structure"],
  // Phrases are counted in bars.
  "/audio/phrase": ["enable_structure", "enable_bpm"],
  "/audio/section": ["enable_structure"],
};

/** Whether an address is sent. */
export function isOn(address: keyof typeof audioOsc, settings: PublishSettings): boolean {
  const needed = switches[address];
  if (needed === undefined) return true;
  for (const key of needed) if (!settings[key]) return false;
  return true;
}
