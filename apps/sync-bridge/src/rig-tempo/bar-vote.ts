import { placeIn } from "../tempo.ts";

/** Which beat begins a bar: `shift` is added to a count of beats, so that multiples of `metre` begin bars. */
export interface BarVote {
  readonly metre: number;
  readonly shift: number;
  /** Whether enough beats agreed. */
  readonly known: boolean;
  /** Beats that agreed since it is known. */
  readonly agreed: number;
  /** The other bar that the last beats in a row agreed with, if there is one. */
  readonly other: { readonly metre: number; readonly shift: number; readonly votes: number } | undefined;
}

export const noBarVote: BarVote = { metre: 4, shift: 0, known: false, agreed: 0, other: undefined };

/** A beat of the analyzer. */
export interface BarBeat {
  /** Its number in a count that may begin anywhere. */
  readonly beat: number;
  /** 1 up to `metre`. */
  readonly beatInBar: number;
  readonly metre: number;
  /** How sure the analyzer is of it, 0 to 1. */
  readonly confidence: number;
}

/** So many beats in a row must agree, so a new bar is found within two bars. */
const votesToChange = 8;
/** The same number where the bar may have jumped, and at the beginning. */
const votesWhenMoved = 4;
/** A bar that held for this many beats is right: only as many votes change it, and after a drop the second number. */
const longHeld = 32;
const votesWhenMovedAfterLong = 8;
/** The same for a bar that a person or a program gave: the first beat at the new place may still have its old number. */
const votesForGiven = 2;
/** How sure a given place is. */
const given = 0.9;
/** A beat of which the analyzer is less sure counts as this share of a vote: a kick alone does not show the bar. */
const sure = 0.5;
const unsureVote = 0.25;
/** A beat of which the analyzer is less sure than this counts as being at another place. */
const wrong = 0.1;

/** Votes from before a drop, another track or a correction do not count after it. A bar that held only briefly has no advantage over another one. */
export function withoutDoubt(vote: BarVote): BarVote {
  return vote.known && vote.agreed >= longHeld ? { ...vote, other: undefined } : vote;
}

/** What is known besides the beat. */
export interface VoteTime {
  /** The bar may have jumped. */
  readonly isMoved: boolean;
  /** The tempo is the analyzer's own, from the sound. */
  readonly isGuess: boolean;
}

/** Takes the analyzer's place for one beat. */
export function voteBar(vote: BarVote, { beat, beatInBar, metre, confidence }: BarBeat, { isMoved, isGuess }: VoteTime): BarVote {
  const shift = placeIn(metre, beatInBar - 1 - beat);
  if (vote.known && vote.metre === metre && vote.shift === shift) return { ...vote, agreed: vote.agreed + 1, other: undefined };
  if (confidence < wrong) return vote;
  const before = vote.other?.metre === metre && vote.other.shift === shift ? vote.other.votes : 0;
  const votes = before + (confidence < sure ? unsureVote : 1);
  const wanted = !isGuess && confidence >= given ? votesForGiven : votesWanted(vote, isMoved);
  return votes < wanted ? { ...vote, other: { metre, shift, votes } } : { metre, shift, known: true, agreed: 0, other: undefined };
}

function votesWanted({ known, agreed }: BarVote, isMoved: boolean): number {
  if (!known) return votesWhenMoved;
  const isLongHeld = agreed >= longHeld;
  if (isMoved) return isLongHeld ? votesWhenMovedAfterLong : votesWhenMoved;
  return isLongHeld ? longHeld : votesToChange;
}
