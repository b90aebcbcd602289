import type { LogEntry } from "@vj/logs";
import { workerNames } from "@vj/rig";
import { counted, logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { clock } from "../text/format.ts";
import { rule } from "../text/panel.ts";
import { remember } from "../text/remember.ts";
import { bold, clickable, coloured, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { withBelow } from "../text/window.ts";
import { copyKey } from "../ui/copy-key.ts";
import { passesFilter } from "../text/filtered.ts";
import { filterKeys, filterOf } from "../ui/filter.ts";
import { listKeys, markedAt, markedId, withMark } from "../ui/list.ts";
import type { Look } from "../ui/keys.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenKey } from "../ui/screen.ts";
import { foldRepeats, logLine, wrappedLogLine } from "../widgets/log-lines.ts";
import type { FoldedEntry } from "../widgets/log-lines.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { drawLogEntry } from "./log-entry.ts";

const shownLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** Selection of the lines. */
interface Shown {
  /** This level and the higher ones. */
  readonly level: LogLevel;
  /** Worker whose lines are shown; undefined: all. */
  readonly source: string | undefined;
  /** Whether long lines are shown on several rows. */
  readonly wrap: boolean;
  /** Id of the line that is shown alone; undefined: all are. */
  readonly open: string | undefined;
}

/** The log lines of the processes. */
export const logsScreen: Screen<Shown> = {
  id: "logs",
  key: "7",
  title: "Logs",
  init: { level: "info", source: undefined, wrap: false, open: undefined },
  keys: (shown) => (shown.open === undefined ? listOfKeys(shown) : entryKeys(shown)),
  draw,
  listens: () => usualAddresses,
  isStill: true,
  enter: (shown, worker) => ({ ...shown, open: undefined, ...(worker === undefined ? {} : { source: worker }) }),
};

function listOfKeys(shown: Shown): readonly ScreenKey<Shown>[] {
  const idsOf = (look: Look): readonly string[] => wanted(look.rig.logs, shown, filterOf(look.ui)).map(idOf);
  const open: ScreenKey<Shown> = {
    keys: ["return"],
    label: "whole line",
    footer: 15,
    run: (context) => {
      const id = markedId(context.ui, idsOf(context), "last");
      // The row stays chosen, so that the person comes back to it.
      if (id !== undefined) context.setUi({ ...withMark(context.ui, id), scroll: 0 });
      context.update((state) => ({ ...state, open: id }));
    },
  };
  return [
    open,
    { keys: ["l"], label: "level", footer: 20, reduce: (state) => ({ ...state, level: next(shownLevels, state.level) ?? "info" }) },
    { keys: ["o"], label: "one worker", footer: 25, reduce: (state, rig) => ({ ...state, source: next([undefined, ...workerNames(rig)], state.source) }) },
    { keys: ["f"], label: "follow", footer: 35, run: ({ ui, setUi }) => setUi(withMark(ui, "")) },
    { keys: ["W"], label: "wrap", footer: 36, reduce: (state) => ({ ...state, wrap: !state.wrap }) },
    copyKey((context) => wanted(context.rig.logs, shown, filterOf(context.ui)).find((folded) => idOf(folded) === markedId(context.ui, idsOf(context), "last"))?.entry.text),
    ...filterKeys("lines with"),
    ...listKeys(idsOf, "last"),
  ];
}

/** Why there is no line, and the keys that show more. */
function emptyText({ level, source }: Shown, filter: string): string {
  const keys = [filter === "" ? "" : "esc ends the filter", level === "debug" ? "" : "l another level", source === undefined ? "" : "o another worker"].filter((text) => text !== "");
  return `Nothing to show${keys.length === 0 ? "" : `: ${keys.join(", ")}`}`;
}

function entryKeys({ open }: Shown): readonly ScreenKey<Shown>[] {
  return [
    { keys: ["escape", "return"], label: "back", footer: 10, reduce: (state) => ({ ...state, open: undefined }) },
    copyKey(({ rig }) => foldRepeats(rig.logs).find((folded) => idOf(folded) === open)?.entry.text),
    ...scrolling(),
  ];
}

function draw(view: View, shown: Shown): Drawing {
  const { rig, width, height, filter, mark } = view;
  const { level, source, wrap } = shown;
  const lines = wanted(rig.logs, shown, filter);
  const opened = shown.open === undefined ? undefined : foldRepeats(rig.logs).find((folded) => idOf(folded) === shown.open);
  if (shown.open !== undefined) return drawLogEntry(opened, view);
  const at = markedAt({ marks: { logs: mark ?? "" }, screen: "logs" }, lines.map(idOf), "last");
  const below = lines.length - 1 - at;
  const title = row(
    bold("Logs"),
    dim(" ─ "),
    `${level} and above`,
    dim(` · ${source ?? "all workers"}`),
    filter === "" ? "" : coloured("cyan", ` · filter ${filter}`),
    dim(` · ${counted(lines.length, "line")}`),
    ...(width < 100 ? [] : countsOf(lines)),
    below > 0 ? coloured("yellow", ` · ${below} below, f follows`) : dim(" · following"),
  );
  if (lines.length === 0) return { top: [title, [], row(dim(emptyText(shown, filter)))], list: [] };
  const foot = wholeLineBelow(lines[at], view);
  const room = height - 1 - foot.length;
  const sourceWidth = source !== undefined || width < 60 ? 0 : 18;
  // Lines further away than there are rows cannot be seen.
  const first = Math.max(0, at - height);
  const blocks = lines.slice(first, at + height + 1).map((folded, index) => {
    const { entry, repeats } = folded;
    const drawn = wrap ? wrappedLogLine(entry, repeats, sourceWidth, width) : [logLine(entry, repeats, sourceWidth)];
    const rows = drawn.map((line) => clickable(line, { kind: "mark", id: idOf(folded) }));
    return below > 0 && first + index === at ? rows.map(selected) : rows;
  });
  const list = blocks.flat();
  const chosen = blocks.slice(0, at - first + 1).flat().length - 1;
  if (foot.length === 0) return { top: [title], list, at: chosen, isPart: true };
  const begin = Math.max(0, Math.min(chosen - Math.floor(room / 2), list.length - room));
  const shownRows = list.slice(begin, begin + room);
  return { top: [title, ...Array.from({ length: room }, (_, index) => shownRows[index] ?? []), ...foot], list: [], page: room };
}

/** From so many rows on, the chosen line stands below the list with nothing cut. */
const highEnough = 34;
/** Rows that it gets there: always the same, so that the list does not move while lines come. */
const footRows = 9;

function wholeLineBelow(folded: FoldedEntry | undefined, view: View): Line[] {
  if (view.height < highEnough || folded === undefined) return [];
  const { entry: { source, at } } = folded;
  const { list } = drawLogEntry(folded, view);
  const rows = [rule(`${clock(at)} ${source}, enter shows it alone`, view.width), ...withBelow(list.slice(0, footRows - 1), list.length - footRows + 1, view.width)];
  return Array.from({ length: footRows }, (_, index) => rows[index] ?? []);
}

/** How many of the lines are warnings and errors; empty where none is. */
function countsOf(lines: readonly FoldedEntry[]): Line {
  const of = (...levels: readonly LogLevel[]): number => lines.filter(({ entry }) => levels.includes(entry.level)).length;
  const [warnings, errors] = [of("warn"), of("error", "fatal")];
  return row(...(warnings === 0 ? [] : [coloured("yellow", ` · ${counted(warnings, "warning")}`)]), ...(errors === 0 ? [] : [coloured("red", ` · ${counted(errors, "error")}`)]));
}

/** Lines of this choice, equal ones that follow each other as one. */
function wanted(logs: readonly LogEntry[], { level, source }: Shown, filter: string): readonly FoldedEntry[] {
  return lastWanted([logs, level, source, filter], () => {
    const least = logLevels.indexOf(level);
    return foldRepeats(logs.filter((entry) => logLevels.indexOf(entry.level) >= least && (source === undefined || entry.source === source) && passesFilter(filter, entry.source, entry.text)));
  });
}

const lastWanted = remember<readonly FoldedEntry[]>();

/** Names a line as long as it is kept. */
function idOf({ entry }: FoldedEntry): string {
  return `${entry.at} ${entry.source} ${entry.text}`;
}

/** The element after `current`; the first one follows the last. */
function next<T>(all: readonly T[], current: T): T | undefined {
  return all[(all.indexOf(current) + 1) % all.length];
}
