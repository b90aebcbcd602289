import { fieldsOf, textField } from "@vj/rig";
import type { WorkerEntry } from "@vj/rig";
import type { Description } from "@vj/schema";
import type { Sent } from "../rig/rig-state.ts";
import { workerStatus } from "../rig/worker-status.ts";
import { factRows, flatFacts } from "../text/facts.ts";
import { cutText, fitText, lineWidth, spread } from "../text/fit.ts";
import { age, plainValue, rate } from "../text/format.ts";
import { rule } from "../text/panel.ts";
import { fold, wrapText } from "../text/wrap.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { remember } from "../text/remember.ts";
import { foldRepeats, logLine } from "../widgets/log-lines.ts";
import { describedTags, shortValues } from "../widgets/osc-values.ts";
import { isAhead, own, setConfig } from "../rig/settings.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { crashSection, exitSection, processLines } from "./worker-process.ts";
import { signSpan, wordSpan } from "../widgets/worker-rows.ts";

/** Everything known of the selected worker. */
export function workerDetail(view: View): Drawing {
  const name = view.worker;
  if (name === undefined) return { top: [row(dim("No worker"))], list: [] };
  const worker = view.rig.workers[name];
  const managed = view.rig.managed?.[name];
  const what = [...configLines(worker, view), ...statsLines(worker, view.width)];
  const ended = [...crashSection(managed, view.width), ...exitSection(managed, view.width)];
  const log = logSection(name, view);
  // Where something is wrong, what it wrote and how it ended say more than its settings.
  const isWell = workerStatus(name, view.rig, view.now).sign === "ok";
  return {
    top: heading(name, view),
    list: [
      ...processLines(worker, managed, view),
      ...waitingLines(view.rig.waiting[name], view.width),
      ...(isWell ? [...what, ...log, ...ended] : [...log, ...ended, ...what]),
      ...oscSection(worker?.description, view),
      ...commandSection(worker?.description, view.width),
    ],
  };
}

/** The chosen worker below the list of all: what concerns it now, without what it can do and sends. */
export function workerBrief(view: View): Line[] {
  const name = view.worker ?? "";
  const worker = view.rig.workers[name];
  const managed = view.rig.managed?.[name];
  return [
    rule(`${name}, enter shows all`, view.width),
    ...heading(name, view).slice(1),
    ...processLines(worker, managed, view),
    ...waitingLines(view.rig.waiting[name], view.width),
    ...logSection(name, view),
    ...crashSection(managed, view.width),
    ...configLines(worker, view),
    ...statsLines(worker, view.width),
  ];
}

function heading(name: string, view: View): Line[] {
  const status = workerStatus(name, view.rig, view.now);
  const title = row(bold("Workers"), dim(" › "), bold(name));
  const state = [signSpan(status, view.signs), new Span(" "), wordSpan(status, status.now)];
  const why = [status.detail, status.todo].filter((text) => text !== "").join("; ");
  const about = view.rig.workers[name]?.description?.description ?? "";
  const lines = [spread(title, state, view.width)];
  if (about !== "") lines.push(...wrapText(about, view.width - 2, 3).map((text) => row(" ", dim(text))));
  const whySpan = (text: string): Span => (status.sign === "ok" ? new Span(text) : coloured(status.sign === "bad" ? "red" : "yellow", text));
  if (why !== "") lines.push(...wrapText(why, view.width - 2, 6).map((text) => row(" ", whySpan(text))));
  const problem = textField(view.rig.workers[name]?.state, "config_problem") ?? "";
  if (problem !== "") lines.push(...wrapText(problem, view.width - 2, 6).map((text) => row(" ", coloured("yellow", text))));
  return lines;
}

function waitingLines(waiting: Readonly<Record<string, unknown>> | undefined, width: number): Line[] {
  const changes = Object.entries(waiting ?? {});
  if (changes.length === 0) return [];
  return [rule("settings that it takes when it starts", width), ...changes.map(([key, value]) => row("  ", coloured("yellow", `${key}=${plainValue(value)}`)))];
}

// The state of a worker changes about once a second, and is drawn ten times a second: texts of strangers take long to measure.
const [lastConfig, lastStats, lastLog, lastCommands] = [remember<Line[]>(), remember<Line[]>(), remember<Line[]>(), remember<Line[]>()];

/** So many settings are shown; the form has all. */
const mostSettings = 200;

function configLines(worker: WorkerEntry | undefined, { rig, width }: View): Line[] {
  const sent = worker === undefined ? undefined : own(rig.sent, worker.name);
  return lastConfig([worker?.state, worker?.description, sent, worker?.link, worker?.stateAt, width], () => drawConfig(worker, { rig, width }, sent));
}

function drawConfig(worker: WorkerEntry | undefined, { rig, width }: Pick<View, "rig" | "width">, sent: Sent | undefined): Line[] {
  const config = worker?.state?.config ?? {};
  const ahead = sent?.wish.cmd === setConfig && isAhead(sent, sent.wish.worker, rig) ? sent.wish.shown : {};
  const origins = fieldsOf(worker?.state, "config_origin");
  const properties = fieldsOf(worker?.description?.config_schema, "properties");
  // Settings that the description leaves out have no effect, and are not shown.
  const keys = Object.keys(config).filter((key) => properties === undefined || Object.hasOwn(properties, key));
  if (keys.length === 0) return [];
  const keyWidth = Math.min(28, Math.max(...keys.map((key) => key.length)));
  const hidden = keys.length - mostSettings;
  return [
    rule("settings, e changes them", width),
    ...keys.slice(0, mostSettings).flatMap((key): Line[] => {
      const isSent = Object.hasOwn(ahead, key);
      const origin = isSent ? "sent" : (textField(origins, key) ?? "default");
      const about = textField(fieldsOf(properties, key), "description") ?? "";
      const from = origin === "default" ? "" : ` (${origin})`;
      const [first = "", ...rest] = fold(plainValue(isSent ? ahead[key] : config[key]), Math.max(10, width - keyWidth - 4));
      const head = row("  ", dim(fitText(key, keyWidth)), `  ${first}`, dim(from));
      const values = [head, ...rest.map((part) => row(" ".repeat(keyWidth + 4), part))];
      return [...values.slice(0, -1), ...withAbout(values.at(-1) ?? head, about, width)];
    }),
    ...(hidden > 0 ? [row(dim(`  and ${hidden} more: e shows all`))] : []),
  ];
}

/** A row, and what it is for: behind it where that fits, else below it. */
function withAbout(line: Line, about: string, width: number): Line[] {
  if (about === "") return [line];
  const beside = [...line, ...row(dim(`  ${about}`))];
  return lineWidth(beside) <= width ? [beside] : [line, ...wrapText(about, Math.max(10, width - 6), 3).map((text) => row("      ", dim(text)))];
}

/** Fields of the state that are shown elsewhere. */
const shownElsewhere = new Set([
  ...["status", "worker", "version", "pid", "protocol", "instance_id", "uptime_sec"],
  ...["config", "config_origin", "config_problem", "condition", "telemetry", "stats"],
]);

function statsLines(worker: WorkerEntry | undefined, width: number): Line[] {
  return lastStats([worker?.state, worker?.heartbeat, width], () => drawStats(worker, width));
}

function drawStats(worker: WorkerEntry | undefined, width: number): Line[] {
  const own = Object.entries(worker?.state ?? {}).filter(([key]) => !shownElsewhere.has(key));
  const stats = { ...worker?.heartbeat?.stats, ...fieldsOf(worker?.state, "stats") };
  const facts = own.flatMap(([key, value]) => flatFacts(key, value));
  // A figure may stand in both the heartbeat and the state; where they differ, they are of different moments.
  const known = new Set(facts.map(([name, value]) => `${name} ${value}`));
  facts.push(...Object.entries(stats).flatMap(([key, value]) => flatFacts(key, value)).filter(([key, value]) => !known.has(`${key} ${value}`)));
  return facts.length === 0 ? [] : [rule("state", width), ...factRows(facts, width)];
}

function logSection(name: string, { rig: { logs }, width }: View): Line[] {
  return lastLog([logs, name, width], () => drawLog(name, logs, width));
}

function drawLog(name: string, logs: View["rig"]["logs"], width: number): Line[] {
  const own = foldRepeats(logs.filter(({ source }) => source === name).slice(-50)).slice(-8);
  const lines = own.map(({ entry, repeats }): Line => [new Span("  "), ...logLine(entry, repeats, 0)]);
  return [rule("last output, l shows all of it", width), ...(lines.length === 0 ? [row(dim("  nothing"))] : lines)];
}

function oscSection(description: Description | undefined, { telemetry, width, now, signs }: View): Line[] {
  const addresses = Object.entries(description?.osc ?? {});
  if (addresses.length === 0) return [];
  const addressWidth = Math.min(30, Math.max(...addresses.map(([address]) => address.length)));
  return [
    rule("sends", width),
    ...addresses.map(([address, { args }]) => {
      const entry = telemetry.entries.get(address);
      const tags = args.map(({ tag }) => tag).join("");
      const head = row("  ", fitText(address, addressWidth), "  ", dim(`${fitText(tags, 8)} `));
      if (entry === undefined) return [...head, dim("nothing received yet")];
      const pace = entry.rate >= 0.5 ? `${rate(entry.rate)}/s` : `${age(now - entry.receivedAt)} ago`;
      const sent = entry.message.tags;
      const other = describedTags(args, sent) === undefined ? [] : [coloured("yellow", `${signs.warn} sent as ${cutText(sent, 24) || "nothing"} `)];
      return [...head, ...other, new Span(shortValues(entry.message.args, sent)), dim(`  ${pace}`)];
    }),
  ];
}

function commandSection(description: Description | undefined, width: number): Line[] {
  return lastCommands([description, width], () => drawCommands(description, width));
}

function drawCommands(description: Description | undefined, width: number): Line[] {
  const commands = Object.entries(description?.commands ?? {});
  if (commands.length === 0) return [];
  return [
    rule("answers", width),
    ...commands.flatMap(([name, { description: about, args }]) => {
      const names = Object.keys(fieldsOf(args, "properties") ?? {});
      const [first = "", ...rest] = wrapText(`${name} ${names.join(" ")}`.trimEnd(), Math.max(10, width - 4), 4);
      const call = [row("  ", name, dim(first.slice(name.length))), ...rest.map((part) => row("    ", dim(part)))];
      return [...call.slice(0, -1), ...withAbout(call.at(-1) ?? [], about, width)];
    }),
  ];
}
