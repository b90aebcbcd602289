import { troublesOf } from "./troubles.ts";
import { lineWidth, spread } from "../text/fit.ts";
import { clockTurn, remember } from "../text/remember.ts";
import { signColours } from "../text/signs.ts";
import { Span, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { toReadAll } from "./log-lines.ts";
import type { View } from "./view.ts";

/**
 * What is wrong with the rig, the worst first, for every screen and size; no rows while all is well. Where something does
 * not fit, the last row names the key that shows all of it. Pure.
 * @param most rows; the last one says how many more troubles there are
 */
export function healthLines({ rig, now, signs, width, readAll = toReadAll }: Shown, most: number): Line[] {
  return last([rig, clockTurn(now), signs, width, readAll, most], () => drawLines({ rig, now, signs, width, readAll }, most));
}

/** `readAll` names the key that shows all of it. */
type Shown = Pick<View, "rig" | "now" | "signs"> & { readonly width?: number | undefined; readonly readAll?: Line };

const last = remember<Line[]>();

function drawLines({ rig, now, signs, width, readAll = toReadAll }: Shown, most: number): Line[] {
  const all = troublesOf(rig, now);
  const shown = all.slice(0, most);
  const lines = shown.map(({ sign, what, more }, index) => {
    const further = index === shown.length - 1 && all.length > shown.length ? ` (+${all.length - shown.length})` : "";
    const colour = signColours[sign];
    return row(new Span(` ${signs[sign].trimEnd()} ${what}${further}`, colour === undefined ? {} : { colour }), more === "" ? "" : dim(`  ${more}`));
  });
  if (width === undefined || (all.length === shown.length && lines.every((line) => lineWidth(line) <= width))) return lines;
  return lines.map((line, index) => (index === lines.length - 1 ? spread(line, readAll, width) : line));
}
