import type { LogEntry } from "@vj/logs";
import { hasManager, textField } from "@vj/rig";
import { managerName } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { workerStatus } from "../rig/worker-status.ts";
import { clockTurn, remember } from "../text/remember.ts";
import { lineWidth, spread } from "../text/fit.ts";
import { Span } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { logLine, noticeLines, toReadAll } from "../widgets/log-lines.ts";
import type { View } from "../widgets/view.ts";

/** Display time of a notice, milliseconds. */
const noticeMs = 12_000;
/** Shortest and longest display time of a warning, milliseconds. */
const warningMs = { least: 5_000, most: 300_000 } as const;
/** Display time of a warning whose worker is healthy, although nothing shows that its cause is gone, milliseconds. */
const doubtMs = 60_000;

/** Rows that a new message takes at most; `!` shows the rest of a longer one. */
const noticeRows = 3;

/**
 * The newest message: the last action, otherwise the last warning whose cause still exists. One row; a new message that is longer takes up to three.
 * @param brief no row is spared for what is not new: the last action alone
 */
export function lastLine({ rig, now, width, readAll = toReadAll }: Shown, brief: boolean): Line[] {
  return last([rig, clockTurn(now), width, readAll, brief], () => readLastLine({ rig, now, width, readAll }, brief));
}

/** @see healthLines */
type Shown = Pick<View, "rig" | "now" | "width"> & { readonly readAll?: Line };

const last = remember<Line[]>();

function readLastLine({ rig, now, width, readAll }: Required<Shown>, brief: boolean): Line[] {
  const notice = rig.notices.at(-1);
  const fresh = notice !== undefined && now - notice.at < noticeMs;
  if (brief && !fresh) return [];
  if (fresh) return noticeLines(notice, width, { most: noticeRows, readAll });
  const warning = rig.logs.findLast((entry) => isWarning(entry) && now - entry.at < warningMs.most);
  if (warning === undefined || isOver(warning, rig, now)) return [[]];
  const line = [new Span(" "), ...logLine(warning)];
  return [lineWidth(line) <= width ? line : spread(line, readAll, width)];
}

const isWarning = ({ level }: LogEntry): boolean => level === "warn" || level === "error" || level === "fatal";

/** Whether the cause of a warning is gone, according to the state of its worker. */
function isOver(warning: LogEntry, rig: RigState, now: number): boolean {
  const age = now - warning.at;
  if (age < warningMs.least) return false;
  const subject = subjectOf(warning);
  // A stopped worker has no current fault.
  if (subject !== managerName && workerStatus(subject, rig, now).sign === "off") return true;
  if (!isWell(subject, rig, now)) return false;
  const worker = rig.workers[subject];
  // The process that warned was replaced, or it has logged success since.
  const recovered = (worker?.link === "connected" && worker.since > warning.at) || rig.logs.some((entry) => isLaterWord(entry, warning, subject));
  return recovered || age >= doubtMs;
}

/** The worker that a line is about: the manager writes about others as `name: …`. */
function subjectOf({ source, text }: LogEntry): string {
  return (source === managerName ? /^([a-z][a-z0-9_]*): /.exec(text)?.[1] : undefined) ?? source;
}

function isWell(name: string, rig: RigState, now: number): boolean {
  if (name === managerName) return hasManager(rig) && rig.managerProblems.length === 0;
  return workerStatus(name, rig, now).sign === "ok" && textField(rig.workers[name]?.state, "config_problem") === undefined;
}

function isLaterWord(entry: LogEntry, { at }: LogEntry, subject: string): boolean {
  return entry.at > at && entry.level === "info" && entry.printed !== true && subjectOf(entry) === subject;
}
