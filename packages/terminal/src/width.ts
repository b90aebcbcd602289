/** Cells of one sign: two for those of wide scripts, none for marks that belong to the sign before. */
export function signWidth(sign: string): number {
  if (/^[\p{M}\p{Cf}]$/u.test(sign)) return 0;
  return (sign.codePointAt(0) ?? 0) >= 0x1100 && !/[█·\u2010-\u27bf]/u.test(sign) ? 2 : 1;
}

/** Cells of a line in a terminal. */
export function lineWidth(line: string): number {
  // A plain text needs no look at each character.
  if (/^[\u0020-\u007e]*$/.test(line)) return line.length;
  return Array.from(line).reduce((sum, sign) => sum + signWidth(sign), 0);
}
