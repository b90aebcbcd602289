import type { Line } from "./span.ts";

/** Something that wants a share of the rows or cells there are. */
export interface Part {
  /** The part with the lowest rank gets its share first and is left out last. */
  readonly rank: number;
  /** With less than this it is left out. */
  readonly least: number;
  /** More than this is of no use; `Infinity` takes what nobody else wants. Default: `least`. */
  readonly wanted?: number;
}

/**
 * Shares rows or cells among parts: first every part gets its least, by rank, as long as there is room; then each gets up to what
 * it wants, by rank; what remains is shared equally by those that want all. Pure.
 * @returns one share per part in the order given; 0: left out. Their sum never exceeds `room`
 */
export function share(parts: readonly Part[], room: number): number[] {
  const shares = parts.map(() => 0);
  const byRank = parts.map((part, index) => ({ part, index })).sort((one, other) => one.part.rank - other.part.rank);
  let left = Math.max(0, Math.floor(room));
  const give = (index: number, amount: number): void => {
    shares[index] = (shares[index] ?? 0) + amount;
    left -= amount;
  };
  const shown = byRank.filter(({ part, index }) => {
    const fits = part.least <= left;
    if (fits) give(index, part.least);
    return fits;
  });
  for (const { part, index } of shown) {
    const { least, wanted = least } = part;
    if (Number.isFinite(wanted)) give(index, Math.min(left, Math.max(0, wanted - least)));
  }
  const greedy = shown.filter(({ part }) => part.wanted === Infinity);
  greedy.forEach(({ index }, at) => give(index, Math.ceil(left / (greedy.length - at))));
  return shares;
}

/** A block of rows that is as tall as there is room for. */
export interface Block extends Part {
  /** @param height rows that it gets, at least `least` */
  readonly draw: (height: number) => readonly Line[];
}

/** Blocks above each other, in the order given, in at most `height` rows; the highest ranks are left out where there are too few. */
export function stack(blocks: readonly Block[], height: number): Line[] {
  const shares = share(blocks, height);
  return blocks.flatMap(({ draw }, index) => {
    const rows = shares[index] ?? 0;
    return rows === 0 ? [] : draw(rows).slice(0, rows);
  });
}

/** How many columns of at least `least` cells fit beside each other, `gap` cells apart: 1 or more, at most `most`. */
export function columnsThatFit(width: number, least: number, most: number, gap = 1): number {
  return Math.max(1, Math.min(most, Math.floor((width + gap) / (least + gap))));
}
