/** Cut to so many columns; signs of wide scripts take two. */
export function fit(line: string, columns: number): string {
  let [kept, width] = ["", 0];
  for (const sign of line) {
    width += (sign.codePointAt(0) ?? 0) >= 0x1100 && !/[█·\u2010-\u27bf]/u.test(sign) ? 2 : 1;
    if (width > columns) break;
    kept += sign;
  }
  return kept;
}
