/** Dots of a braille cell, from the bottom up; the left column, then the right one. */
const dots = [
  [0x40, 0x04, 0x02, 0x01],
  [0x80, 0x20, 0x10, 0x08],
] as const;

/**
 * A history as a filled curve of braille dots, newest value on the right: two values per cell, four heights per row. Values that
 * do not fit are left out at the old end; a shorter history begins further right. Pure.
 * @param values 0 to 1 each, oldest first @param width cells @param height rows
 * @returns `height` rows of `width` cells, the upper one first
 */
export function history(values: readonly number[], width: number, height = 1): string[] {
  const shown = values.slice(Math.max(0, values.length - width * 2));
  const blank = width * 2 - shown.length;
  return Array.from({ length: height }, (_, row) => {
    const floor = (height - 1 - row) * 4;
    return Array.from({ length: width }, (__, cell) => {
      const bits = dots.map((column, side) => columnBits(column, dotsOf(shown[cell * 2 + side - blank], height) - floor));
      return String.fromCodePoint(0x2800 + bits.reduce((sum, part) => sum | part, 0));
    }).join("");
  });
}

/** Height of a value in dots; anything above zero is seen. */
function dotsOf(value: number | undefined, height: number): number {
  if (value === undefined || !(value > 0)) return 0;
  return Math.max(1, Math.round(Math.min(1, value) * height * 4));
}

function columnBits(column: readonly number[], filled: number): number {
  return column.reduce((bits, bit, index) => (index < filled ? bits | bit : bits), 0);
}

/** The stand-in of a braille cell where there is only ASCII: the more dots, the darker. */
export function asciiBraille(cell: string): string {
  const bits = ((cell.codePointAt(0) ?? 0) - 0x2800).toString(2).replaceAll("0", "").length;
  return " .:-=+*%#"[bits] ?? " ";
}
