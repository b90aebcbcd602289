import type { BarCounter } from "./bar-counter.ts";

/** The place in the bar that was given to the next beat, until that is counted: the counter knows it only then. */
export interface DuePlace {
  /** Of the beat before the next one, from 1. */
  readonly place: number;
  /** Beats of the bar. */
  readonly metre: number;
  /** The next beat is this one of the bar, from 1. @param metre beats of that bar; left out: as they are */
  give(place: number, metre?: number): void;
  /** It was counted, or is given no longer. */
  clear(): void;
}

export function createDuePlace(bar: Pick<BarCounter, "beat" | "metre" | "expect">): DuePlace {
  /** 0: none. */
  const given = { place: 0, metre: 0 };
  const due = {
    get place() {
      return given.place === 0 ? bar.beat : ((given.place + due.metre - 2) % due.metre) + 1;
    },
    get metre() {
      return given.metre === 0 ? bar.metre : given.metre;
    },
    give(place: number, metre = given.metre): void {
      given.place = place;
      given.metre = metre;
      bar.expect(place, metre);
    },
    clear(): void {
      given.place = 0;
      given.metre = 0;
    },
  };
  return due;
}
