import type { BandPower } from "./structure.ts";

/** The parts of a track, in the order of `/audio/section`. */
export const sectionNames = ["intro", "groove", "break", "build", "drop", "outro", "silence"] as const;
/** One of them. */
export type SectionName = (typeof sectionNames)[number];

/** What names a section, besides the powers. */
export interface SectionCues {
  /** There has been no sound for so long that the music is over. */
  readonly silent: boolean;
  readonly buildup: boolean;
  readonly dropped: boolean;
}

/** Which part of a track plays, from the power in three bands: causal, a second or so after each change. */
export interface Sections {
  readonly name: SectionName;
  /** How sure the name is, 0..1. */
  readonly confidence: number;
  /** True for one tick, when a section begins. */
  readonly changed: boolean;
  /** Takes the mean powers of the next 50 ms. */
  update(power: BandPower, cues: SectionCues): void;
  reset(): void;
}

/** Seconds of a tick. */
export const tickSeconds = 0.05;
/** The sound of now is the mean over so many ticks: one bar of fast music, half a bar of slow music. */
const nowTicks = 24;
/** The sound of a section is the mean over at most so long, s. */
const sectionSeconds = 8;
/** A new section has another sound, by this much (root mean square over the bands, dB), for so long, s. */
const changeDb = 5.5;
const changeSeconds = 0.35;
/** A band counts by at most this, dB. */
const mostDb = 15;
/** No section is shorter, s, unless a build-up, a drop or silence begins. */
const shortest = 5;
/** A build-up that keeps its bass is a section only after this time, s: the top end of a groove comes and goes. */
const longBuild = 4;
/** The bass is gone this far below its level in the grooves, dB. */
const goneDb = 9;
/** A track that has played for less than this, s, has no outro. */
const outroAfter = 60;
/** An intro that does not change is the groove after this time, s. */
const longestIntro = 20;
const floorDb = -95;
const bandCount = 3;

function decibel(power: number): number {
  return Math.max(floorDb, 10 * Math.log10(power + 1e-10));
}

export function createSections(): Sections {
  const ring = new Float64Array(nowTicks * bandCount);
  const sums = new Float64Array(bandCount);
  const now = new Float64Array(bandCount);
  const usual = new Float64Array(bandCount);
  const state = { at: 0, since: 0, playing: 0, differs: 0, learned: 0, grooveBass: floorDb, building: 0 };

  function measure({ low, high, all }: BandPower): void {
    const at = state.at * bandCount;
    [low, Math.max(0, all - low - high), high].forEach((power, b) => {
      sums[b] = Math.max(0, (sums[b] ?? NaN) + power - (ring[at + b] ?? NaN));
      ring[at + b] = power;
      now[b] = decibel((sums[b] ?? NaN) / nowTicks);
    });
    state.at = (state.at + 1) % nowTicks;
  }

  function distance(): number {
    let sum = 0;
    for (let b = 0; b < bandCount; b += 1) sum += Math.min(mostDb, Math.abs((now[b] ?? NaN) - (usual[b] ?? NaN))) ** 2;
    return Math.sqrt(sum / bandCount);
  }

  function learn(): void {
    state.learned += 1;
    const pace = Math.max(tickSeconds / sectionSeconds, 1 / state.learned);
    for (let b = 0; b < bandCount; b += 1) usual[b] = (usual[b] ?? NaN) + pace * ((now[b] ?? NaN) - (usual[b] ?? NaN));
  }

  function begin(name: SectionName, confidence: number): void {
    sections.changed = name !== sections.name;
    sections.name = name;
    sections.confidence = confidence;
    state.since = 0;
    state.differs = 0;
    state.learned = 0;
  }

  /** How far the bass is below its level in the grooves, dB. */
  const bassGone = (): number => state.grooveBass - (now[0] ?? NaN);

  /** The name of a section by its sound, and how sure it is. */
  function judge(rise: number): [SectionName, number] {
    const gone = bassGone();
    const sure = Math.min(0.95, 0.5 + Math.abs(gone - goneDb) / 20);
    const late = state.playing > outroAfter && rise < 0;
    if (gone > goneDb) return [late && sections.name === "outro" ? "outro" : "break", sure];
    if (late && (sections.name === "groove" || sections.name === "drop" || sections.name === "outro")) return ["outro", 0.6];
    if (sections.name === "intro" && rise < 0) return ["intro", 0.5];
    return [sections.name === "drop" && rise > -3 ? "drop" : "groove", sure];
  }

  const sections = {
    name: "silence" as SectionName,
    confidence: 0.5,
    changed: false,
    update(power: BandPower, { silent, buildup, dropped }: SectionCues): void {
      sections.changed = false;
      measure(power);
      state.since += tickSeconds;
      state.playing = silent ? 0 : state.playing + tickSeconds;
      if (silent) {
        if (sections.name !== "silence") begin("silence", 0.95);
        return;
      }
      if (sections.name === "silence") {
        begin("intro", 0.5);
        return;
      }
      if (dropped) {
        begin("drop", 0.9);
        return;
      }
      state.building = buildup ? state.building + tickSeconds : 0;
      if (buildup && sections.name !== "build" && (bassGone() > goneDb || state.building > longBuild)) begin("build", 0.8);
      const settled = state.since > nowTicks * tickSeconds;
      state.differs = settled && distance() > changeDb ? state.differs + tickSeconds : 0;
      if (settled && state.differs === 0) learn();
      else if (!settled) usual.set(now);
      const isGroove = sections.name === "groove" || sections.name === "drop" || sections.name === "intro";
      const bass = now[0] ?? NaN;
      if (isGroove && settled) state.grooveBass = Math.max(state.grooveBass - 0.02 * tickSeconds, state.grooveBass + 0.05 * (bass - state.grooveBass), state.grooveBass < bass - 6 ? bass : floorDb);
      const ended = sections.name === "build" && !buildup;
      if (state.differs > changeSeconds && state.since > shortest && !buildup) {
        const rise = [0, 1, 2].reduce((sum, b) => sum + (now[b] ?? NaN) - (usual[b] ?? NaN), 0) / bandCount;
        const [name, confidence] = judge(rise);
        begin(name, confidence);
      } else if (ended && state.since > 1) begin(...judge(0));
      else if (sections.name === "intro" && state.playing > longestIntro && bassGone() < goneDb) begin("groove", 0.5);
      else sections.confidence = Math.min(0.95, sections.confidence + 0.02 * tickSeconds);
    },
    reset(): void {
      ring.fill(0);
      sums.fill(0);
      Object.assign(state, { at: 0, since: 0, playing: 0, differs: 0, learned: 0, grooveBass: floorDb, building: 0 });
      sections.name = "silence";
      sections.confidence = 0.5;
      sections.changed = false;
    },
  };
  return sections;
}
