import { workerStats } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import { workerStatus } from "../rig/worker-status.ts";
import type { WorkerStatus } from "../rig/worker-status.ts";
import { alignRight, fitLine, fitText, spread } from "../text/fit.ts";
import { rate, uptime } from "../text/format.ts";
import { signColours } from "../text/signs.ts";
import type { Signs } from "../text/signs.ts";
import { Span, coloured, dim, row, selected } from "../text/span.ts";
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

/** One row for a worker, `width` cells; the selected one in reverse video. @param withProcess also restarts and pid, where there is room */
export function workerRow(name: string, view: View, width: number, withProcess = false): Line {
  const status = workerStatus(name, view.rig, view.now);
  const line = view.layout === "small" ? shortRow(name, status, view, width) : fullRow(name, status, view, { width, withProcess });
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
    return spread(left, statsColumns(worker, view, brief, withProcess), width);
  }
  const word = status.now.length < wordWidth ? fitText(status.now, wordWidth) : `${status.now}  `;
  const todo = status.todo === "" ? [] : row("  ", dim(status.todo));
  return [...head, wordSpan(status, word), new Span(status.detail), ...todo];
}

/** Figures in columns that are aligned across rows. @param brief only load and age */
function statsColumns(worker: WorkerEntry, { rig, now, layout, signs }: View, brief: boolean, withProcess: boolean): Line {
  const stats = workerStats(worker, now);
  // A sign of two cells takes one cell from here, so that 80 cells are enough in every character set.
  const column = (value: number | undefined, text: (value: number) => string, width: number): Span =>
    new Span(alignRight(value === undefined ? "" : text(value), width));
  const load = column(stats.cpuPercent, (percent) => `cpu ${Math.round(percent)}%`, 10 - signs.ok.length);
  const memory = column(stats.rssMb, (megabytes) => `${Math.round(megabytes)} MB`, 7);
  const up = column(stats.uptimeSec, (seconds) => `up ${uptime(seconds)}`, 12);
  if (layout === "narrow") return brief ? [up] : [load, up];
  if (brief) return layout === "large" ? [load, memory, up] : [up];
  const managed = rig.managed?.[worker.name];
  const process = layout === "large" && withProcess
    ? [column(managed?.restart_count, (restarts) => `restarts ${restarts}`, 13), column(worker.state?.pid, (pid) => `pid ${pid}`, 13)]
    : [];
  return [
    ...process,
    column(stats.fps, (fps) => `${rate(fps)} fps`, process.length > 0 ? 12 : 8),
    column(stats.latencyP95, (ms) => `p95 ${Math.round(ms)} ms`, 10),
    load,
    memory,
    up,
  ];
}
