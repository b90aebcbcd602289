/** A setting of the analyzer that turns a part of the analysis on and off. */
export interface Feature {
  /** Its key on the audio screen. */
  readonly key: string;
  readonly setting: string;
  /** As shown, in one word. */
  readonly name: string;
}

/** What the analyzer can leave out; what is left out ends on every wall. */
export const features: readonly Feature[] = [
  { key: "e", setting: "enable_essentia", name: "tone" },
  { key: "t", setting: "enable_bpm", name: "tempo" },
  { key: "o", setting: "enable_pitch", name: "pitch" },
  { key: "u", setting: "enable_structure", name: "structure" },
  { key: "f", setting: "enable_spectrum", name: "spectrum" },
  { key: "i", setting: "auto_gain", name: "gain" },
];
