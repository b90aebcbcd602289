import { signWidth } from "./width.ts";

/** Cut to so many columns; signs of wide scripts take two. */
export function fit(line: string, columns: number): string {
  let [kept, width] = ["", 0];
  for (const sign of line) {
    width += signWidth(sign);
    if (width > columns) break;
    kept += sign;
  }
  return kept;
}
