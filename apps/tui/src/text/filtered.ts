import { dim, row } from "./span.ts";
import type { Line } from "./span.ts";
import { wrapText } from "./wrap.ts";

/** Whether a row is shown: each word of the filter stands in one of its texts, in any case of letters. */
export function passesFilter(filter: string, ...texts: readonly string[]): boolean {
  const all = texts.join(" ").toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => all.includes(word));
}

/** In place of a list of which the filter leaves nothing; no rows otherwise. @param what the things listed: `worker` @param left how many of them it leaves */
export function nothingFits(what: string, { filter, width }: { readonly filter: string; readonly width: number }, left: number): Line[] {
  return left > 0 || filter === "" ? [] : wrapText(`No ${what} fits "${filter}"; esc shows all`, Math.max(1, width)).map((text) => row(dim(text)));
}
