import { tempoBy } from "@vj/schema";
import type { RigTempo } from "../tempo.ts";
import { noBarVote, voteBar, withoutDoubt } from "./bar-vote.ts";
import type { BarVote } from "./bar-vote.ts";
import { noBeatTracker, trackBeat } from "./beat-tracker.ts";
import type { BeatTracker, TrackedTempo } from "./beat-tracker.ts";
import { fewestBeats } from "./beat-line.ts";
import { collectBeat, noBeatTimes } from "./beat-times.ts";
import type { BeatTime, BeatTimes, TempoPacket } from "./beat-times.ts";
import { isLargeChange } from "./other-tempo.ts";

/** The place in the bar that a packet gives. */
export interface BarPacket {
  readonly metre: number;
  /** 1 up to `metre`. */
  readonly beatInBar: number;
  /** How sure the place is, 0 to 1. */
  readonly confidence: number;
}

/** What is known of the rig's tempo. A value: the same packets and times give the same estimate. */
export interface Estimate {
  /** Undefined before the first beat. */
  readonly tempo: RigTempo | undefined;
  /** The source of the tempo in the last packet. */
  readonly by: number;
  /** Tempo of the packets at the last beat. */
  readonly said: number;
  readonly collected: BeatTimes;
  readonly tracker: BeatTracker;
  readonly bar: BarPacket | undefined;
  readonly vote: BarVote;
  /** Until this time beats and bars may move to another place. */
  readonly movedUntilUs: number;
}

export const noEstimate: Estimate = {
  tempo: undefined,
  by: 0,
  said: 0,
  collected: noBeatTimes,
  tracker: noBeatTracker,
  bar: undefined,
  vote: noBarVote,
  movedUntilUs: Number.NEGATIVE_INFINITY,
};

const movedUs = 8_000_000;
/** A tempo of the analyzer that differs by more than this share is another one, even before its beats are there. */
const otherTempo = 0.015;

/** After a drop, another track or a correction by hand: new beats and bars count soon. */
export function withMove(estimate: Estimate, atUs: number): Estimate {
  return { ...estimate, movedUntilUs: atUs + movedUs, vote: withoutDoubt(estimate.vote) };
}

/** After a packet of the bar. */
export function withBar(estimate: Estimate, bar: BarPacket): Estimate {
  return { ...estimate, bar };
}

/** After a time without packets: the tempo is held. */
export function withSilence(estimate: Estimate): Estimate {
  const { tempo } = estimate;
  return tempo?.live === true ? { ...estimate, collected: noBeatTimes, tempo: { ...tempo, live: false } } : estimate;
}

/** After a packet of the tempo, received at `atUs`. The line changes once a beat. */
export function withPacket(estimate: Estimate, packet: TempoPacket, atUs: number): Estimate {
  const { tempo } = estimate;
  if (packet.bpm <= 0 || packet.by === 0) return { ...withSilence(estimate), by: 0 };
  // Another source: its beats count as they are.
  const isOther = estimate.by !== packet.by;
  const before: Estimate = isOther
    ? { ...withMove(estimate, atUs), by: packet.by, said: 0, tempo: tempo && { ...tempo, by: packet.by }, tracker: { ...estimate.tracker, line: undefined, doubtful: [] } }
    : estimate;
  const isNew = before.tempo !== undefined && isNewTempo(before, packet.bpm);
  const { collected, beatTime } = collectBeat(before.collected, packet, atUs, isNew);
  if (beatTime === undefined) return { ...before, collected };
  return withBeatTime({ ...before, collected, said: packet.bpm }, beatTime, {
    bpm: packet.bpm,
    isNew,
    isGuess: packet.by === tempoBy.analysis,
    isMoved: atUs < before.movedUntilUs,
  });
}

/** Whether the analyzer reports another tempo than before, and another than that of its beats. After a change of the source this is always so. */
function isNewTempo({ said, tracker: { line } }: Estimate, bpm: number): boolean {
  return line === undefined || (Math.abs(bpm / said - 1) > otherTempo && Math.abs((bpm * line.intervalUs) / 60e6 - 1) > otherTempo);
}

function withBeatTime(estimate: Estimate, beatTime: BeatTime, tempoNow: TrackedTempo): Estimate {
  const tracker = trackBeat(estimate.tracker, beatTime, tempoNow);
  const { line } = tracker;
  if (line === undefined || line.count < fewestBeats) return { ...estimate, tracker };
  const { bar } = estimate;
  // A beat off the line, or at another tempo than the line's, gives no vote for the line's bar.
  const isOfLine = tracker.doubtful.length === 0 && tracker.heldFrom === undefined;
  const isOtherMusic = estimate.tracker.line !== undefined && isLargeChange(estimate.tracker.line.intervalUs, line.intervalUs);
  const before = isOtherMusic ? { ...estimate.vote, agreed: 0, other: undefined } : estimate.vote;
  const vote = bar === undefined || !isOfLine ? before : voteBar(before, { beat: beatTime.beat + tracker.shift, ...bar }, tempoNow);
  const tempo: RigTempo = {
    bpm: 60e6 / line.intervalUs,
    beat: line.beat + vote.shift,
    atUs: line.atUs,
    metre: vote.metre,
    barKnown: vote.known && vote.other === undefined,
    barBeats: vote.agreed,
    by: estimate.by,
    live: true,
  };
  return { ...estimate, tracker, vote, tempo };
}
