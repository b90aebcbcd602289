import { sanitizeText } from "@vj/schema";
import { z } from "zod";

/** The part `tempo` of the analyzer's `get_state`. */
export const tempoSchema = z.object({
  tempo_by: z.string(),
  bpm: z.number(),
  locked: z.boolean(),
  analysis_bpm: z.number(),
  off: z.object({ bpm_percent: z.number(), ms: z.number() }).nullable(),
  followed: z.array(z.object({ source: z.string(), bpm: z.number(), age_ms: z.number(), leads: z.boolean() })),
});
export type TempoState = z.output<typeof tempoSchema>;

/** The tempo in the reply to a key; undefined without one. */
export function tempoOfReply(data: unknown): string | undefined {
  const given = z.object({ tempo_by: z.string(), bpm: z.number(), locked: z.boolean() }).safeParse(data).data;
  return given && tempoLine(given);
}

/** `128.00 BPM by tap, locked`. */
export function tempoLine({ tempo_by: by, bpm, locked }: Pick<TempoState, "tempo_by" | "bpm" | "locked">): string {
  if (by === "none") return `no tempo${locked ? ", locked" : ""}`;
  return `${bpm.toFixed(2)} BPM by ${sanitizeText(by)}${locked ? ", locked" : ""}`;
}

/** The lines of `vj tempo`: the tempo, how far it is from what the analysis finds, and the programs that can be followed. */
export function tempoLines(state: TempoState): string[] {
  const { tempo_by: by, analysis_bpm: own, off, followed } = state;
  const lines = [by === "none" && !state.locked ? "no tempo yet; play music, or tap it: vj tempo tap, or lock one: vj tempo lock 128" : tempoLine(state)];
  // The analysis knows its own tempo to about 0.5 %: more digits would only flicker.
  if (off !== null) lines.push(`the analysis finds ${own.toFixed(1)} BPM: the tempo is ${distance(tenths(off.bpm_percent), "%", "higher", "lower")}, its beats ${distance(off.ms, "ms", "later", "earlier")}`);
  for (const { source, bpm, age_ms: age, leads } of followed) lines.push(`${sanitizeText(source)} ${bpm.toFixed(2)} BPM, ${(age / 1000).toFixed(1)} s ago, ${leads ? "followed" : "not followed"}`);
  return lines;
}

const tenths = (value: number): number => Math.round(value * 10) / 10;

function distance(value: number, unit: string, more: string, less: string): string {
  return value === 0 ? "the same" : `${Math.abs(value)} ${unit} ${value > 0 ? more : less}`;
}
