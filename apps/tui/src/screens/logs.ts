import type { LogEntry } from "@vj/logs";
import { workerNames } from "@vj/rig";
import { logLevels } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { bold, coloured, dim, row } from "../text/span.ts";
import { scrolling } from "../ui/global-keys.ts";
import { foldRepeats, logLine } from "./log-lines.ts";
import type { Drawing, Screen, View } from "./screen.ts";

const shownLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** What the processes write into their logs. */
export function createLogsScreen(): Screen {
  let level: LogLevel = "info";
  let filter = "";
  return {
    id: "logs",
    digit: "7",
    title: "Logs",
    keys: () => [
      {
        keys: ["l"],
        label: "level",
        footer: 20,
        run: ({ ui, setUi }) => {
          level = next(shownLevels, level) ?? "info";
          setUi({ ...ui, scroll: 0 });
        },
      },
      {
        keys: ["o"],
        label: "one worker",
        footer: 25,
        run: ({ ui, rig, setUi }) => setUi({ ...ui, scroll: 0, logSource: next([undefined, ...workerNames(rig)], ui.logSource) }),
      },
      {
        keys: ["/"],
        label: "filter",
        footer: 30,
        run: ({ ui, setUi }) =>
          setUi({ ...ui, scroll: 0, overlay: { kind: "prompt", label: "lines with", value: filter, done: (value) => (filter = value) } }),
      },
      { keys: ["f"], label: "follow", footer: 35, run: ({ ui, setUi }) => setUi({ ...ui, scroll: 0 }) },
      ...scrolling(true),
    ],
    draw: (view) => draw(view, level, filter),
  };
}

function draw({ rig, ui, width }: View, level: LogLevel, filter: string): Drawing {
  const wanted = foldRepeats(rig.logs.filter((entry) => isWanted(entry, level, ui.logSource) && matches(entry, filter)));
  const title = row(
    bold("Logs"),
    dim(" ─ "),
    `${level} and above`,
    dim(` · ${ui.logSource ?? "all workers"}`),
    filter === "" ? "" : coloured("cyan", ` · filter ${filter}`),
    dim(` · ${wanted.length} lines`),
    ui.scroll > 0 ? coloured("yellow", ` · ${ui.scroll} below`) : "",
  );
  const sourceWidth = ui.logSource !== undefined || width < 60 ? 0 : 18;
  const list = wanted.map(({ entry, repeats }) => logLine(entry, repeats, sourceWidth));
  return list.length === 0 ? { top: [title, [], row(dim("Nothing to show"))], list: [] } : { top: [title], list, fromEnd: true };
}

function isWanted(entry: LogEntry, level: LogLevel, source: string | undefined): boolean {
  return logLevels.indexOf(entry.level) >= logLevels.indexOf(level) && (source === undefined || entry.source === source);
}

function matches({ text, source }: LogEntry, filter: string): boolean {
  const wanted = filter.toLowerCase();
  return text.toLowerCase().includes(wanted) || source.includes(wanted);
}

/** The element after `current`, in a circle. */
function next<T>(all: readonly T[], current: T): T | undefined {
  return all[(all.indexOf(current) + 1) % all.length];
}
