import { workerStats } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import type { ManagedWorker } from "@vj/schema";
import { limits } from "@vj/schema/limits";
import { factRows } from "../text/facts.ts";
import type { Fact } from "../text/facts.ts";
import { cutText } from "../text/fit.ts";
import { age, clock, plainValue, uptime } from "../text/format.ts";
import { rule } from "../text/panel.ts";
import { coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import type { View } from "../widgets/view.ts";

/** Cells of a name that a stranger gives to its process or version. */
const longestName = 40;

/** The process of a worker: which it is, whether it answers, how often it was restarted. */
export function processLines(worker: WorkerEntry | undefined, managed: ManagedWorker | undefined, { now, width }: View): Line[] {
  const stats = worker === undefined ? undefined : workerStats(worker, now);
  const here = worker?.link === "connected";
  const facts: Fact[] = [
    ["pid", plainValue(here ? worker.state?.pid : managed?.pid)],
    ["up", stats?.uptimeSec === undefined || !here ? "–" : uptime(stats.uptimeSec)],
    ...(managed === undefined ? [["supervised", "no"] as const] : [["restarts", restartText(managed)] as const, ["last exit", exitText(managed)] as const]),
    ["heartbeat", worker?.heartbeatAt === undefined ? "none yet" : `${age(now - worker.heartbeatAt)} ago (every ${limits.heartbeatMs / 1000} s)`],
    ["instance", cutText(plainValue(worker?.state?.instance_id), longestName)],
    ["protocol", plainValue(worker?.state?.protocol)],
    ["version", cutText(plainValue(worker?.description?.version), longestName)],
    ...(managed?.adopted === true ? [["adopted", "yes"] as const] : []),
  ];
  return factRows(facts, width);
}

/** `3 in 60 s (limit 5), 12 in all`. */
function restartText({ recent_restarts: recent, restart_count: all }: ManagedWorker): string {
  const window = `${limits.restartWindowMs / 1000} s (limit ${limits.restartBudget})`;
  return recent === undefined ? String(all) : `${recent} in ${window}, ${all} in all`;
}

function exitText({ last_exit: exit }: ManagedWorker): string {
  return exit === null ? "none" : `${clock(exit.at * 1000)} ${exit.reason}`;
}

/** The crashes that the manager remembers, newest first. */
export function crashSection(managed: ManagedWorker | undefined, width: number): Line[] {
  const crashes = managed?.crashes?.toReversed() ?? [];
  if (crashes.length === 0) return [];
  const lines = crashes.flatMap(({ at, reason }) => {
    const [first = "", ...rest] = fold(reason, Math.max(10, width - 14));
    return [row("  ", dim(`${clock(at * 1000)}  `), coloured("red", first)), ...rest.map((part) => row(" ".repeat(12), part))];
  });
  return [rule("crashes", width), ...lines];
}

/** What it wrote last before it ended. */
export function exitSection(managed: ManagedWorker | undefined, width: number): Line[] {
  const lines = managed?.last_exit?.lines ?? [];
  return lines.length === 0 ? [] : [rule("before its last exit", width), ...lines.flatMap((line) => fold(line, width - 2)).map((line) => row("  ", dim(line)))];
}
