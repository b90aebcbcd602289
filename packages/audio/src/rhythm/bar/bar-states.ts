/** Felt beats of a bar that are known, and how common each is in music; sums to 1. */
export const metres = [
  { beats: 2, share: 0.04 },
  { beats: 3, share: 0.1 },
  { beats: 4, share: 0.83 },
  { beats: 5, share: 0.01 },
  { beats: 6, share: 0.01 },
  { beats: 7, share: 0.01 },
] as const;

/** A place in a bar of one of the metres. */
export interface BarState {
  /** Index in `metres`. */
  readonly metre: number;
  readonly beats: (typeof metres)[number]["beats"];
  /** Probability before any sound. */
  readonly prior: number;
  /** 0 up to `beats` - 1. */
  readonly place: number;
}

/** All places of all metres, metre by metre. */
export const barStates: readonly BarState[] = metres.flatMap(({ beats, share }, metre) =>
  Array.from({ length: beats }, (_, place) => ({ metre, beats, prior: share / beats, place })),
);

/** Index in `barStates` of the first place of each metre. */
export const firstState: readonly number[] = metres.map((_, metre) => barStates.findIndex((state) => state.metre === metre));

/** The state so many beats later in the same metre. */
export function stateAfter(state: number, beats: number): number {
  const from = barStates[state];
  return from === undefined ? NaN : state - from.place + ((from.place + beats) % from.beats);
}
