import { workerNames } from "@vj/rig";
import { spread } from "../text/fit.ts";
import { dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { nothingFits, passesFilter } from "../text/filtered.ts";
import { firstSteps } from "./first-steps.ts";
import { rigHints } from "./rig-hints.ts";
import type { View } from "./view.ts";
import { workerRow } from "./worker-rows.ts";

/** From so many rows on, what is left out is said in a row of its own. */
const ownRow = 5;

/** Rows that all workers, hints and the first steps take at least. */
export function workerLinesWanted(view: View): number {
  const names = workerNames(view.rig);
  return names.length + rigHints(view, names.length).length + firstSteps(view, 1).length;
}

/** Rows of the workers, scrolled so that the selected one is visible, then hints. Workers that do not fit are counted. */
export function workerLines(view: View, width: number, rows: number): Line[] {
  const names = workerNames(view.rig).filter((name) => passesFilter(view.filter, name));
  const allHints = rigHints(view, workerNames(view.rig).length);
  // Where not all hints fit, the first stands for all, and `!` shows the others.
  const hints = names.length + allHints.length + firstSteps(view, 1).length > rows && allHints.length > 1 ? [spread(allHints[0] ?? [], row(dim(` +${allHints.length - 1}: !`)), width)] : allHints;
  // The first steps get the rows that the workers leave, at least one where there are steps.
  const steps = firstSteps(view, Math.max(rows < 5 ? 0 : 1, rows - hints.length - names.length));
  const room = Math.max(1, rows - hints.length - steps.length);
  return [...shownWorkers(names, view, width, room), ...hints, ...steps];
}

function shownWorkers(names: readonly string[], view: View, width: number, room: number): Line[] {
  if (names.length === 0) return nothingFits("worker", { ...view, width }, 0).slice(0, room);
  if (names.length <= room) return names.map((name) => workerRow(name, view, width));
  const shown = room < ownRow ? room : room - 1;
  const at = names.indexOf(view.worker ?? "");
  const first = Math.max(0, Math.min(at - Math.floor(shown / 2), names.length - shown));
  const lines = names.slice(first, first + shown).map((name) => workerRow(name, view, width));
  const left = names.length - shown;
  if (shown < room) return [...lines, row(dim(`  +${left} more workers: ↑ ↓, or 2`))];
  return lines.map((line, index) => (index === lines.length - 1 ? spread(line, row(dim(` +${left} more: 2`)), width) : line));
}
