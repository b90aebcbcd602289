import { hasManager, managerOf, workerNames } from "@vj/rig";
import { healthKey } from "@vj/schema";
import type { RigHealth } from "@vj/schema";
import type { RigState } from "./rig/rig-state.ts";
import { healthOf, rigHealthOf, workerStatus } from "./rig/worker-status.ts";
import { analyzerName, audioSource } from "./telemetry/audio.ts";
import { playing } from "./telemetry/playing.ts";
import type { TelemetrySnapshot } from "./telemetry/snapshot.ts";

/** The line of plain mode for one subject. `key` changes when there is something new to print. */
export interface PlainLine {
  readonly key: string;
  readonly text: string;
  /** Printed when the subject ends; default `gone`. */
  readonly end?: string;
}

/** What was before. */
export interface Earlier {
  /** The earlier lines. */
  readonly before?: ReadonlyMap<string, PlainLine>;
  /** Whether there was time to find which workers are on the bus. */
  readonly settled?: boolean;
}

/**
 * The current line of every subject. A subject in transition keeps its earlier line until the new state is reached.
 * @param now epoch milliseconds.
 */
export function standing(rig: RigState, telemetry: TelemetrySnapshot, now: number, { before = new Map(), settled = true }: Earlier = {}): ReadonlyMap<string, PlainLine> {
  const lines = new Map<string, PlainLine>();
  const keep = (subject: string): void => {
    const earlier = before.get(subject);
    if (earlier !== undefined) lines.set(subject, earlier);
  };
  if (rig.busProblem !== undefined) lines.set("bus", { key: rig.busProblem, text: rig.busProblem });
  const pid = managerOf(rig)?.state?.pid;
  const manager = hasManager(rig) ? `running${pid === undefined ? "" : ` (pid ${pid})`}` : "not running";
  if (hasManager(rig) ? pid === undefined : !settled) keep("process_manager");
  else lines.set("process_manager", { key: manager, text: manager });
  for (const problem of rig.managerProblems) lines.set(`process_manager: ${problem}`, { key: problem, text: "" });
  for (const name of workerNames(rig)) {
    const worker = rig.workers[name];
    const { word, detail } = workerStatus(name, rig, now);
    if (word === "connecting" || (word === "running" && worker?.state === undefined)) {
      keep(name);
      continue;
    }
    const process = word === "running" && worker?.state !== undefined ? ` (pid ${worker.state.pid})` : "";
    lines.set(name, { key: `${healthKey(healthOf(name, rig))}${process}`, text: `${word}${process}${detail === "" ? "" : `: ${detail}`}` });
  }
  const health = rigHealthOf(rig);
  if (health.idle && health.total > 0) lines.set("rig", { key: "idle", text: idleText(health), end: "running again" });
  const source = audioSource(rig.workers[analyzerName]);
  if (source?.verdict === "starting") keep("audio");
  else if (source !== undefined) {
    const stands = `${source.demo ? "demo signal" : source.name} ${source.verdict.replaceAll("_", " ")}`;
    const text = source.advice === "" ? stands : `${stands}: ${source.advice}`;
    lines.set("audio", { key: text, text });
  }
  const track = playing(telemetry, now);
  const title = track === undefined ? "" : `${track.artist} – ${track.title} (${track.source})`;
  if (title !== "") lines.set("track", { key: title, text: title });
  return lines;
}

function idleText({ stoppedByYou }: RigHealth): string {
  return `nothing is running${stoppedByYou.length === 0 ? "" : "; vj up --all also starts workers that you stopped"}`;
}

/** One line for each subject whose state has changed. */
export function changedLines(before: ReadonlyMap<string, PlainLine>, after: ReadonlyMap<string, PlainLine>): string[] {
  const lines: string[] = [];
  for (const [subject, { key, text }] of after) {
    if (before.get(subject)?.key !== key) lines.push(text === "" ? subject : `${subject} ${text}`);
  }
  for (const [subject, { end = "gone" }] of before) {
    if (!after.has(subject)) lines.push(`${subject} ${end}`);
  }
  return lines;
}
