import { beatAt, placeIn } from "../tempo.ts";
import type { RigTempo } from "../tempo.ts";

/** A packet of `/audio/tempo`. */
export interface TempoPacket {
  /** 0 while unknown. */
  readonly bpm: number;
  /** Beats since the start, with the place in the beat as fraction. */
  readonly position: number;
  readonly by: number;
}

/** Where the bar is, at the time of a packet. */
export interface BarPacket {
  readonly metre: number;
  /** 1 up to `metre`. */
  readonly beatInBar: number;
  readonly beatPhase: number;
}

/** What is known of the rig's tempo. */
export interface Estimate {
  readonly tempo: RigTempo | undefined;
}

export const noEstimate: Estimate = { tempo: undefined };

/** After a packet of the tempo, received at `atUs`. */
export function withPacket(estimate: Estimate, { bpm, position, by }: TempoPacket, atUs: number): Estimate {
  const { tempo } = estimate;
  if (bpm === 0 || by === 0) return tempo?.live === true ? { tempo: { ...tempo, live: false } } : estimate;
  return { tempo: { metre: 4, barKnown: false, ...tempo, bpm, beat: position, atUs, by, live: true } };
}

/** After a packet of the bar, received at `atUs`: beats are counted so that multiples of the metre begin bars. */
export function withBar(estimate: Estimate, { metre, beatInBar, beatPhase }: BarPacket, atUs: number): Estimate {
  const { tempo } = estimate;
  if (tempo?.live !== true) return estimate;
  const beat = beatAt(tempo, atUs);
  const off = Math.round(placeIn(metre, beatInBar - 1 + beatPhase) - placeIn(metre, beat));
  return off === 0 && tempo.barKnown && tempo.metre === metre ? estimate : { tempo: { ...tempo, metre, barKnown: true, beat: tempo.beat + off } };
}
