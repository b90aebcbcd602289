import { workerStats } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { workerStatus } from "../rig/worker-status.ts";
import type { WorkerStatus } from "../rig/worker-status.ts";
import { alignRight, fitLine, fitText, lineWidth, spread } from "../text/fit.ts";
import { rate, uptime } from "../text/format.ts";
import { share } from "../text/share.ts";
import type { Part } from "../text/share.ts";
import { signColours } from "../text/signs.ts";
import type { Signs } from "../text/signs.ts";
import { Span, clickable, coloured, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { View } from "./view.ts";

const nameWidth = 18;
const wordWidth = 10;

function nameColumn(name: string, status: WorkerStatus, signs: Signs): Line {
  return row(signSpan(status, signs), " ", fitText(name, nameWidth));
}

/** Sign of a state in its colour. */
export function signSpan({ sign }: WorkerStatus, signs: Signs): Span {
  const colour = signColours[sign];
  return colour === undefined ? dim(signs[sign]) : new Span(signs[sign], { colour, bold: true });
}

/** A word in the colour of its state. */
export function wordSpan(status: WorkerStatus, text: string): Span {
  const colour = signColours[status.sign];
  return colour === undefined ? dim(text) : coloured(colour, text);
}

/** One row for a worker, `width` cells; the selected one in reverse video. `withProcess`: also restarts and pid, where there is room */
export function workerRow(name: string, view: View, width: number, { withProcess = false }: { readonly withProcess?: boolean } = {}): Line {
  const status = workerStatus(name, view.rig, view.now);
  const drawn = view.layout === "small" ? shortRow(name, status, view, width) : fullRow(name, status, view, { width, withProcess });
  const line = clickable(drawn, { kind: "worker", name });
  const isSelected = view.worker === name;
  return isSelected ? selected(fitLine(line, width)) : fitLine(line, width);
}

function shortRow(name: string, status: WorkerStatus, { signs }: View, width: number): Line {
  const word = fitText(status.now, Math.max(8, width - nameWidth - 3));
  return [...nameColumn(name, status, signs), wordSpan(status, word)];
}

function fullRow(name: string, status: WorkerStatus, view: View, { width, withProcess }: { width: number; withProcess: boolean }): Line {
  const head = nameColumn(name, status, view.signs);
  const worker = view.rig.workers[name];
  if (status.sign === "ok" && worker !== undefined) {
    // The report of a healthy worker replaces its figures only when it contains a next step, or the worker has few
    // figures.
    const brief = status.detail !== "" && (status.todo !== "" || workerStats(worker, view.now).fps === undefined);
    const left = row(...head, wordSpan(status, fitText(status.now, wordWidth)), brief ? coloured("yellow", status.detail) : "");
    const room = width - Math.min(lineWidth(left), Math.floor(width * (brief ? 0.75 : 0.6)));
    return spread(left, statsColumns(worker, view, { width: room, brief, withProcess }), width);
  }
  const word = status.now.length < wordWidth ? fitText(status.now, wordWidth) : `${status.now}  `;
  const todo = status.todo === "" ? [] : row("  ", dim(status.todo));
  return [...head, wordSpan(status, word), new Span(status.detail), ...todo];
}

/**
 * Figures in columns that are aligned across rows: as many as fit beside name and state, the least needed left out first.
 * @param brief only load and age
 */
function statsColumns(worker: WorkerEntry, { rig, now, signs }: View, { width, brief, withProcess }: StatsRoom): Line {
  const stats = workerStats(worker, now);
  const managed = rig.managed?.[worker.name];
  // A sign of two cells takes one cell from here, so that 80 cells are enough in every character set.
  const columns: Column[] = [
    ...(brief || !withProcess ? [] : [
      column(6, managed?.restart_count, (restarts) => `restarts ${restarts}`, 13),
      column(5, worker.state?.pid, (pid) => `pid ${pid}`, 13),
    ]),
    ...(brief ? [] : [
      column(1, stats.fps, (fps) => `${rate(fps)} fps`, withProcess ? 10 : 8),
      column(3, stats.latencyP95, (ms) => `p95 ${delay(ms)}`, 10),
    ]),
    column(2, stats.cpuPercent, (percent) => `cpu ${Math.round(percent)}%`, 10 - signs.ok.length),
    column(4, stats.rssMb, memory, 7),
    column(0, stats.uptimeSec, (seconds) => `up ${uptime(seconds)}`, 12),
  ];
  const shares = share(columns, width);
  return columns.filter((_, index) => (shares[index] ?? 0) > 0).map(({ text, least }) => new Span(alignRight(text, least)));
}

/** At most five cells, so that columns stay apart. */
const delay = (ms: number): string => (ms < 99.5 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`);
/** At most six cells. */
const memory = (megabytes: number): string => (megabytes < 999.5 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1024).toFixed(megabytes < 10_000 ? 1 : 0)} GB`);

interface StatsRoom {
  /** Cells for the figures. */
  readonly width: number;
  readonly brief: boolean;
  readonly withProcess: boolean;
}

interface Column extends Part {
  readonly text: string;
}

/** @param rank the highest is left out first @param value undefined: the column stays blank */
function column(rank: number, value: number | undefined, text: (value: number) => string, width: number): Column {
  return { rank, least: width, text: value === undefined ? "" : text(value) };
}
