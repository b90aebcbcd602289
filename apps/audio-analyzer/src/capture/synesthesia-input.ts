import { createOscillators } from "@vj/audio";
import { tempoBy } from "@vj/schema";
import type { OscReading, audioOsc } from "@vj/schema";

type Analysis = OscReading<typeof audioOsc>;

/** A beat lasts at least this long, ms: two messages about one beat are one. */
const shortestBeatMs = 200;
/** A tempo is sent once per so many ms, as an analyzer does. */
const tempoMs = 1000;
/** Below this level there is no sound; after so many ms of that it is silent. */
const quietLevel = 0.01;
const silentMs = 1000;

/** The analysis of Synesthesia, one value an address, as messages of ours. */
export interface SynesthesiaInput {
  /** Whether an address is one of Synesthesia's. Asked first: to read the values of a long message of others costs time. */
  knows(address: string): boolean;
  /** Takes one value of such an address. */
  take(address: string, value: unknown): void;
  /** What has come since the last call, as messages of ours: one moment. @param now ms of a steady clock */
  frame(now: number): Analysis[];
}

const bands = ["bass", "mid", "midhigh", "high", "all"];
const known = new Set([
  ...["level", "hits", "presence"].flatMap((family) => bands.map((band) => `/audio/${family}/${band}`)),
  "/audio/bpm/bpm",
  "/audio/bpm/bpmconfidence",
  "/audio/beat/onbeat",
  "/audio/energy/intensity",
]);

/**
 * Synesthesia has five bands where we have eight levels: neighbours share one. Phase and oscillators are made from its beats and its tempo,
 * four beats to a bar. Pitch, spectrum and structure it does not send, so they are left out.
 */
export function createSynesthesiaInput(): SynesthesiaInput {
  const values = new Map<string, number>();
  const fresh = new Set<string>();
  const oscillators = createOscillators();
  let onBeat = false;
  let beatAt = Number.NEGATIVE_INFINITY;
  let beats = 0;
  let tempoAt = Number.NEGATIVE_INFINITY;
  let soundAt: number | undefined;
  let silent: number | undefined;

  const has = (start: string): boolean => [...fresh].some((address) => address.startsWith(start));
  const unit = (address: string): number => Math.min(1, Math.max(0, values.get(address) ?? 0));
  /** BPM; 0 while unknown. */
  const tempo = (): number => {
    const bpm = values.get("/audio/bpm/bpm") ?? 0;
    return bpm >= 20 && bpm <= 400 ? bpm : 0;
  };
  const phaseAt = (now: number): number => (tempo() === 0 || beats === 0 ? 0 : Math.min(0.999, ((now - beatAt) * tempo()) / 60_000));

  const beat = (now: number): Analysis => {
    const on = unit("/audio/beat/onbeat") > 0.5;
    const begins = on && !onBeat && now - beatAt >= shortestBeatMs;
    onBeat = on;
    if (begins) {
      beatAt = now;
      beats += 1;
    }
    return { address: "/audio/beat", args: { beat: begins ? 1 : 0, flux: unit("/audio/hits/all") } };
  };

  const phases = (now: number): Analysis[] => {
    const inBeat = phaseAt(now);
    const count = Math.max(0, beats - 1) % 4;
    const barPhase = (count + inBeat) / 4;
    oscillators.update({ barPhase });
    const [sin_1 = 0, sin_2 = 0, sin_4 = 0, tri_1 = 0, tri_2 = 0, tri_4 = 0, saw_1 = 0, saw_2 = 0, saw_4 = 0] = oscillators.values;
    return [
      { address: "/audio/phase", args: { beat_phase: inBeat, bar_phase: barPhase, beat_in_bar: count + 1 } },
      // It does not say where bars begin: one place is as likely as the others.
      { address: "/audio/bar", args: { metre: 4, beat_in_bar: count + 1, bar_phase: barPhase, confidence: 0.25 } },
      { address: "/audio/osc", args: { sin_1, sin_2, sin_4, tri_1, tri_2, tri_4, saw_1, saw_2, saw_4 } },
    ];
  };

  const exactTempo = (now: number): Analysis => ({
    address: "/audio/tempo",
    args: { tempo: tempo(), beats: Math.max(0, beats - 1), phase: phaseAt(now), tempo_by: tempo() > 0 ? tempoBy.analysis : tempoBy.none },
  });

  const silence = (now: number): Analysis[] => {
    if (soundAt === undefined || unit("/audio/level/all") > quietLevel) soundAt = now;
    const next = now - soundAt >= silentMs ? 1 : 0;
    if (next === silent) return [];
    silent = next;
    return [{ address: "/audio/silence", args: { silent: next } }];
  };

  const levels = (now: number): Analysis[] => {
    const [bass, mid, midHigh, high, all] = bands.map((band) => unit(`/audio/level/${band}`));
    const [b = 0, m = 0, mh = 0, h = 0, a = 0] = [bass, mid, midHigh, high, all];
    return [
      { address: "/audio/levels", args: { sub_bass: b, bass: b, low_mid: m, mid: m, high_mid: mh, presence: h, air: h, rms: a } },
      { address: "/audio/energy", args: { fast: a, slow: values.has("/audio/energy/intensity") ? unit("/audio/energy/intensity") : unit("/audio/presence/all") } },
      ...silence(now),
    ];
  };

  return {
    knows: (address) => known.has(address.toLowerCase()),
    take(address, value) {
      const name = address.toLowerCase();
      if (!known.has(name)) return;
      const number = typeof value === "boolean" ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number)) {
        values.set(name, number);
        fresh.add(name);
      }
    },
    frame(now) {
      const messages: Analysis[] = [];
      if (has("/audio/level/")) messages.push(...levels(now));
      if (has("/audio/hits/")) messages.push({ address: "/audio/onset", args: { kick: unit("/audio/hits/bass"), snare: unit("/audio/hits/mid"), hat: unit("/audio/hits/high") } });
      if (has("/audio/presence/")) messages.push({ address: "/audio/smooth", args: { bass: unit("/audio/presence/bass"), mid: unit("/audio/presence/mid"), high: unit("/audio/presence/high") } });
      if (has("/audio/beat/") || (beats > 0 && fresh.size > 0)) messages.push(beat(now), ...phases(now));
      if (has("/audio/bpm/") || has("/audio/beat/") || (beats > 0 && fresh.size > 0)) messages.push(exactTempo(now));
      if (has("/audio/bpm/") && now - tempoAt >= tempoMs) {
        tempoAt = now;
        messages.push({ address: "/audio/bpm", args: { tempo: Math.min(180, tempo()), confidence: unit("/audio/bpm/bpmconfidence") } });
      }
      fresh.clear();
      return messages;
    },
  };
}
