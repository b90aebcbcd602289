interface Alias {
  readonly to: string;
  /** `unit`: 0–1 as in the flat shape; `is`: the number itself. */
  readonly as: "unit" | "is";
}

const unit = (to: string): Alias => ({ to, as: "unit" });

/** Our arguments by address and name, and the addresses under which Synesthesia sends the like. */
export const synesthesiaSet: Readonly<Record<string, Readonly<Record<string, Alias>>>> = {
  "/audio/levels": {
    bass: unit("/audio/level/bass"),
    mid: unit("/audio/level/mid"),
    high_mid: unit("/audio/level/midhigh"),
    air: unit("/audio/level/high"),
    rms: unit("/audio/level/all"),
  },
  "/audio/onset": {
    kick: unit("/audio/hits/bass"),
    snare: unit("/audio/hits/mid"),
    hat: unit("/audio/hits/high"),
  },
  "/audio/smooth": {
    bass: unit("/audio/presence/bass"),
    mid: unit("/audio/presence/mid"),
    high: unit("/audio/presence/high"),
  },
  "/audio/beat": { beat: unit("/audio/beat/onbeat") },
  "/audio/bpm": { tempo: { to: "/audio/bpm/bpm", as: "is" }, confidence: unit("/audio/bpm/bpmconfidence") },
  "/audio/phase": { beat_phase: unit("/audio/beat/beattime") },
  "/audio/osc": {
    sin_1: unit("/audio/bpm/bpmsin"),
    sin_2: unit("/audio/bpm/bpmsin2"),
    sin_4: unit("/audio/bpm/bpmsin4"),
    tri_1: unit("/audio/bpm/bpmtri"),
    tri_2: unit("/audio/bpm/bpmtri2"),
    tri_4: unit("/audio/bpm/bpmtri4"),
  },
  "/audio/energy": { fast: unit("/audio/energy/intensity") },
};
