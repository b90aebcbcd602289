import type { LogEntry } from "@vj/logs";
import { workerNames } from "@vj/rig";
import { counted, logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { bold, coloured, dim, row } from "../text/span.ts";
import { filterKeys, passesFilter } from "../ui/filter.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen } from "../ui/screen.ts";
import { foldRepeats, logLine } from "../widgets/log-lines.ts";
import type { Drawing, View } from "../widgets/view.ts";

const shownLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** Selection of the lines. */
interface Shown {
  /** This level and the higher ones. */
  readonly level: LogLevel;
  /** Worker whose lines are shown; undefined: all. */
  readonly source: string | undefined;
}

/** The log lines of the processes. */
export const logsScreen: Screen<Shown> = {
  id: "logs",
  key: "7",
  title: "Logs",
  init: { level: "info", source: undefined },
  keys: () => [
    { keys: ["l"], label: "level", footer: 20, reduce: (shown) => ({ ...shown, level: next(shownLevels, shown.level) ?? "info" }) },
    {
      keys: ["o"],
      label: "one worker",
      footer: 25,
      reduce: (shown, rig) => ({ ...shown, source: next([undefined, ...workerNames(rig)], shown.source) }),
    },
    ...filterKeys("lines with"),
    { keys: ["f"], label: "follow", footer: 35, reduce: (shown) => shown },
    ...scrolling(true),
  ],
  draw,
  listens: () => usualAddresses,
  enter: (shown, worker) => (worker === undefined ? shown : { ...shown, source: worker }),
};

function draw({ rig, width, scroll, filter }: View, { level, source }: Shown): Drawing {
  const wanted = foldRepeats(rig.logs.filter((entry) => isWanted(entry, level, source) && passesFilter(filter, entry.source, entry.text)));
  const title = row(
    bold("Logs"),
    dim(" ─ "),
    `${level} and above`,
    dim(` · ${source ?? "all workers"}`),
    filter === "" ? "" : coloured("cyan", ` · filter ${filter}`),
    dim(` · ${counted(wanted.length, "line")}`),
    scroll > 0 ? coloured("yellow", ` · ${scroll} below`) : "",
  );
  const sourceWidth = source !== undefined || width < 60 ? 0 : 18;
  const list = wanted.map(({ entry, repeats }) => logLine(entry, repeats, sourceWidth));
  return list.length === 0 ? { top: [title, [], row(dim("Nothing to show"))], list: [] } : { top: [title], list, fromEnd: true };
}

function isWanted(entry: LogEntry, level: LogLevel, source: string | undefined): boolean {
  return logLevels.indexOf(entry.level) >= logLevels.indexOf(level) && (source === undefined || entry.source === source);
}

/** The element after `current`; the first one follows the last. */
function next<T>(all: readonly T[], current: T): T | undefined {
  return all[(all.indexOf(current) + 1) % all.length];
}
