/** How a receiver can want its messages; what each does is in the views of `@vj/telemetry`. */
export const targetShapes = ["packed", "flat", "synesthesia", "textler"] as const;
/** How messages are laid out for a target. */
export type TargetShape = (typeof targetShapes)[number];

/** What a VJ program expects of OSC, as far as it is known. */
export interface TargetPreset {
  /** Its program, in words. */
  readonly program: string;
  /** UDP port it receives on; undefined where its user chooses. */
  readonly port?: number;
  readonly shape: TargetShape;
  readonly rename?: readonly { readonly from: string; readonly to: string }[];
  readonly only?: readonly string[];
  /** Messages per second of each address. */
  readonly rate?: number;
  readonly on_change?: boolean;
  /** How sure the port and the addresses are. */
  readonly certainty: "documented" | "read in its source" | "usual, not verified" | "chosen by its user";
}

/** Presets by name. Values of a target count before those of its preset. */
export const targetPresets = {
  processing: { program: "Processing sketches of the original system", port: 9000, shape: "packed", certainty: "read in its source" },
  oscp5: { program: "oscP5 examples of Processing", port: 12_000, shape: "packed", certainty: "usual, not verified" },
  textler: { program: "the renderer of the original system's author", port: 10_000, shape: "textler", certainty: "read in its source" },
  resolume: {
    program: "Resolume Arena and Avenue",
    port: 7000,
    shape: "flat",
    rename: [
      { from: "/audio/level/bass", to: "/composition/dashboard/link1" },
      { from: "/audio/level/mid", to: "/composition/dashboard/link2" },
      { from: "/audio/level/presence", to: "/composition/dashboard/link3" },
      { from: "/audio/level/rms", to: "/composition/dashboard/link4" },
      { from: "/audio/energy", to: "/composition/dashboard/link5" },
      { from: "/audio/hit/kick", to: "/composition/dashboard/link6" },
      { from: "/audio/hit/snare", to: "/composition/dashboard/link7" },
      { from: "/audio/hit/hat", to: "/composition/dashboard/link8" },
    ],
    on_change: true,
    certainty: "usual, not verified",
  },
  touchdesigner: { program: "TouchDesigner, OSC In CHOP", port: 10_000, shape: "flat", certainty: "usual, not verified" },
  synesthesia: { program: "Synesthesia", port: 6000, shape: "flat", certainty: "usual, not verified" },
  magic: { program: "Magic Music Visuals", shape: "flat", certainty: "chosen by its user" },
  vdmx: { program: "VDMX", port: 1234, shape: "flat", on_change: true, certainty: "usual, not verified" },
  madmapper: { program: "MadMapper", port: 8010, shape: "flat", on_change: true, certainty: "usual, not verified" },
  millumin: { program: "Millumin", port: 8000, shape: "flat", on_change: true, certainty: "read in its source" },
  heavym: { program: "HeavyM", port: 7000, shape: "flat", on_change: true, certainty: "read in its source" },
  chataigne: { program: "Chataigne", port: 12_000, shape: "flat", on_change: true, certainty: "read in its source" },
  qlab: { program: "QLab", port: 53_000, shape: "flat", on_change: true, rate: 30, certainty: "read in its source" },
  reaper: { program: "Reaper", port: 8000, shape: "flat", on_change: true, rate: 30, certainty: "read in its source" },
  dlight: { program: "D::Light", port: 7000, shape: "flat", on_change: true, rate: 30, certainty: "read in its source" },
  unreal: { program: "Unreal Engine, OSC plug-in", port: 8000, shape: "flat", certainty: "usual, not verified" },
  unity: { program: "Unity, OSC packages", port: 9000, shape: "flat", certainty: "usual, not verified" },
  openframeworks: { program: "openFrameworks, ofxOsc", port: 8000, shape: "flat", certainty: "usual, not verified" },
} as const satisfies Readonly<Record<string, TargetPreset>>;

/** Name of a preset. */
export type TargetPresetName = keyof typeof targetPresets;
/** Every preset, in the order of the table. */
export const targetPresetNames = Object.keys(targetPresets) as [TargetPresetName, ...TargetPresetName[]];
