import { placeIn } from "../tempo.ts";

/** Which beat begins a bar: `shift` is added to a count of beats, so that multiples of `metre` begin bars. */
export interface BarVote {
  readonly metre: number;
  readonly shift: number;
  /** Whether enough beats agreed. */
  readonly known: boolean;
  /** What the last beats in a row said, if it is something else. */
  readonly other: { readonly metre: number; readonly shift: number; readonly votes: number } | undefined;
}

export const noBarVote: BarVote = { metre: 4, shift: 0, known: false, other: undefined };

/** A beat of the analyzer. */
export interface BarBeat {
  /** Its number in any count. */
  readonly beat: number;
  /** 1 up to `metre`. */
  readonly beatInBar: number;
  readonly metre: number;
}

/** So many beats in a row must agree: a bar is lost and found again within two bars. */
const votesToChange = 8;
/** The same where the bar may have jumped, and at the beginning. */
const votesWhenMoved = 4;

/** Takes what the analyzer says of one beat. @param isMoved whether the bar may have jumped */
export function voteBar(vote: BarVote, { beat, beatInBar, metre }: BarBeat, isMoved: boolean): BarVote {
  const shift = placeIn(metre, beatInBar - 1 - beat);
  if (vote.known && vote.metre === metre && vote.shift === shift) return vote.other === undefined ? vote : { ...vote, other: undefined };
  const votes = vote.other?.metre === metre && vote.other.shift === shift ? vote.other.votes + 1 : 1;
  const wanted = isMoved || !vote.known ? votesWhenMoved : votesToChange;
  return votes < wanted ? { ...vote, other: { metre, shift, votes } } : { metre, shift, known: true, other: undefined };
}
