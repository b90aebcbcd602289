import { numberField, textField } from "@vj/rig";
import { counted } from "@vj/schema";
import { debuggerName } from "../rig/osc-seen.ts";
import type { RigState } from "../rig/rig-state.ts";
import { starterBy, starterOf } from "../rig/starter.ts";
import { healthOf } from "../rig/worker-status.ts";
import { oscEntries, oscFilter, oscTree, prefixOf } from "../telemetry/osc-rows.ts";
import type { OscEntry, OscRow } from "../telemetry/osc-rows.ts";
import { cutText, lineWidth } from "../text/fit.ts";
import { share } from "../text/share.ts";
import { count, rate } from "../text/format.ts";
import { beside, rule } from "../text/panel.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { windowAround, withBelow } from "../text/window.ts";
import { wrapText } from "../text/wrap.ts";
import { ask } from "../ui/ask.ts";
import { nothingFits } from "../text/filtered.ts";
import { filterKeys, filterOf } from "../ui/filter.ts";
import { scrolling } from "../ui/global-keys.ts";
import type { Look } from "../ui/keys.ts";
import { listKeys, withMark } from "../ui/list.ts";
import type { Screen, ScreenContext, ScreenKey } from "../ui/screen.ts";
import { startOrStop } from "../ui/worker-verbs.ts";
import { oscDetail } from "../widgets/osc-detail.ts";
import { oscTable, rawLine } from "../widgets/osc-table.ts";
import { targetRows } from "../widgets/target-rows.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { sendOscForm } from "./osc-form.ts";

const recorderName = "recorder";

interface Shown {
  readonly as: "tree" | "raw" | "detail";
  /** Prefixes whose addresses are not shown. */
  readonly folded: ReadonlySet<string>;
}

/** All OSC of the rig: as a tree by prefix, as it comes, and one address in full. */
export const oscScreen: Screen<Shown> = {
  id: "osc",
  key: "6",
  title: "OSC",
  init: { as: "tree", folded: new Set() },
  keys: (shown) => [...(shown.as === "tree" ? treeKeys(shown) : shown.as === "raw" ? rawKeys : detailKeys), ...commonKeys],
  draw: (view, shown) => (shown.as === "raw" ? drawRaw(view) : shown.as === "detail" ? drawDetail(view) : drawTree(view, shown)),
  listens: () => "all",
};

type Key = ScreenKey<Shown>;

const commonKeys: readonly Key[] = [
  { keys: ["t"], label: "send test", footer: 5, run: (context) => context.setUi({ ...context.ui, scroll: 0, overlay: { kind: "form", form: sendOscForm(addressAt(context) ?? "/test", context.rig) } }) },
  { keys: ["o"], label: "record on/off", footer: 6, run: (context) => startOrStop(context, recorderName) },
  { keys: ["s"], label: "debugger on/off", footer: 8, run: (context) => startOrStop(context, debuggerName) },
  { keys: ["c"], label: "clear", footer: 7, run: (context) => ask(context, "Clear all addresses, counts and messages, and the log lines of the debugger?", () => void context.commands.clearOsc()) },
];

const treeKeys = ({ folded }: Shown): readonly Key[] => [
  { keys: ["v"], label: "raw", footer: 1, reduce: (shown) => ({ ...shown, as: "raw" }) },
  { keys: ["return"], label: "detail", footer: 2, run: (context) => {
    const address = addressAt(context);
    if (address === undefined) return fold(context);
    // It may have been chosen by nobody: the first that the filter leaves.
    context.setUi({ ...withMark(context.ui, address), scroll: 0 });
    context.update((shown) => ({ ...shown, as: "detail" }));
  } },
  { keys: [" "], label: "fold", footer: 3, run: fold },
  ...filterKeys("addresses with"),
  ...listKeys((look) => rowsOf(look, folded).map(({ id }) => id), firstAddress),
];

const rawKeys: readonly Key[] = [{ keys: ["v"], label: "tree", footer: 1, reduce: (shown) => ({ ...shown, as: "tree" }) }, ...filterKeys("addresses with"), ...scrolling({ fromEnd: true })];

const detailKeys: readonly Key[] = [{ keys: ["escape", "return"], label: "back", footer: 1, reduce: (shown) => ({ ...shown, as: "tree" }) }, ...scrolling()];

function rowsOf({ telemetry, rig, ui }: Pick<Look, "telemetry" | "rig" | "ui">, folded: ReadonlySet<string>): OscRow[] {
  const wanted = oscFilter(filterOf(ui));
  return oscTree(oscEntries(telemetry, rig).filter(({ address }) => wanted(address)), folded);
}

/** Place of the first address among the ids of rows: those of prefixes end so. */
const firstAddress = (ids: readonly string[]): number => Math.max(0, ids.findIndex((id) => !id.endsWith(" …")));

/** The chosen address; undefined when a prefix is chosen, or there is none. */
function addressAt(context: ScreenContext<Shown>): string | undefined {
  const chosen = rowAt(context);
  return chosen?.kind === "address" ? chosen.id : undefined;
}

function rowAt(context: ScreenContext<Shown>): OscRow | undefined {
  const rows = rowsOf(context, context.state.folded);
  return rows[chosenRow(rows, context.ui.marks[context.ui.screen])];
}

/** Hides or shows the addresses below the prefix of the chosen row, which is chosen then. */
function fold(context: ScreenContext<Shown>): void {
  const { ui, setUi, update } = context;
  const id = rowAt(context)?.id;
  if (id === undefined) return;
  const prefix = prefixOf(id.replace(/ …$/, ""));
  setUi({ ...ui, marks: { ...ui.marks, [ui.screen]: `${prefix} …` } });
  update((shown) => {
    const folded = new Set(shown.folded);
    if (!folded.delete(prefix)) folded.add(prefix);
    return { ...shown, folded };
  });
}

function drawTree(view: View, { folded }: Shown): Drawing {
  const { telemetry, rig, filter, mark } = view;
  const all = oscEntries(telemetry, rig);
  const wanted = oscFilter(filter);
  const rows = oscTree(all.filter(({ address }) => wanted(address)), folded);
  const top = heading(all, view);
  if (rows.length === 0) return { top: [...top, []], list: wrapText(all.length === 0 ? nothingYet(rig) : `No address fits "${filter}"; esc shows all`, view.width - 1).map((text) => row(dim(text))) };
  const at = chosenRow(rows, mark);
  const chosen = rows[at];
  const detail = (width: number): Line[] => (chosen === undefined ? [] : chosenDetail(chosen, { ...view, width }));
  if (view.width >= wideEnough) return drawBeside({ rows, at, top, detail }, view);
  const table = oscTable(rows, at, view);
  const spare = view.height - top.length - 1 - rows.length;
  const below = spare < leastBelow ? [] : [[], ...detail(view.width).slice(0, spare - 1)];
  return { top: [...top, table.head], list: [...table.lines, ...below], at };
}

/** From so many cells on, all of the chosen address stands beside the tree. */
const wideEnough = 150;
/** From so many rows on that the tree leaves, it stands below. */
const leastBelow = 6;

interface Tree {
  readonly rows: readonly OscRow[];
  readonly at: number;
  readonly top: readonly Line[];
  /** Everything about the chosen row, in so many cells. */
  readonly detail: (width: number) => readonly Line[];
}

function drawBeside({ rows, at, top, detail }: Tree, view: View): Drawing {
  const left = Math.floor(view.width * 0.6);
  const room = Math.max(1, view.height - top.length - 1);
  const table = oscTable(rows, at, { ...view, width: left - 1 });
  const tree = [table.head, ...windowAround(table.lines, at, { room, width: left - 1 })];
  const all = detail(view.width - left - 2);
  const shown = withBelow(all.slice(0, room + 1), all.length - room - 1, view.width - left - 2);
  return { top: [...top, ...beside(tree, shown.map((line): Line => [dim("│ "), ...line]), left)], list: [], page: room };
}

/** All of an address, or what is below a prefix. */
function chosenDetail(chosen: OscRow, view: View): Line[] {
  if (chosen.kind === "address") return [rule(`${cutText(chosen.id, view.width - 30)}, enter shows it alone`, view.width), ...oscDetail(chosen.entry, view.telemetry.history.get(chosen.id) ?? [], view)];
  const { id, addresses, count: received, rate: perSecond } = chosen;
  return [rule(cutText(id, view.width - 8), view.width), row(dim(` ${counted(addresses, "address", "addresses")} · ${rate(perSecond)}/s · ${count(received)} received · space folds it`))];
}

/** The chosen row: before a person chooses one it is the first address, since a prefix says less. */
function chosenRow(rows: readonly OscRow[], mark: string | undefined): number {
  const marked = rows.findIndex(({ id }) => id === mark);
  return marked >= 0 ? marked : Math.max(0, rows.findIndex(({ kind }) => kind === "address"));
}

function drawRaw(view: View): Drawing {
  const { telemetry, rig, filter, width, height, scroll } = view;
  const wanted = oscFilter(filter);
  const shown = telemetry.recent.filter(({ message }) => wanted(message.address));
  // The last rows, or those that the person has scrolled to.
  const isInSight = (fromEnd: number): boolean => fromEnd <= scroll + 2 * height && fromEnd >= Math.min(scroll, shown.length - height) - height;
  const title = row(dim(` the last ${shown.length} messages as they came; p holds them`), scroll > 0 ? coloured("yellow", ` · ${scroll} below`) : "");
  const list = shown.length > 0 ? shown.map((message, index) => (isInSight(shown.length - index) ? rawLine(message, width) : [])) : telemetry.recent.length > 0 ? nothingFits("message", view, 0) : [row(dim("Nothing received yet"))];
  return { top: [...heading(oscEntries(telemetry, rig), view), title], list, fromEnd: true };
}

function drawDetail(view: View): Drawing {
  const { telemetry, rig, mark = "", width } = view;
  const all = oscEntries(telemetry, rig);
  const entry = all.find(({ address }) => address === mark) ?? all[0];
  const top = [row(bold("OSC"), dim(" › "), bold(cutText(entry?.address ?? mark, width - 6)))];
  return { top, list: entry === undefined ? [row(dim("Nothing has been received of it since it was cleared"))] : oscDetail(entry, telemetry.history.get(entry.address) ?? [], view) };
}

/** From so many rows on, a long hint takes more than one. */
const highEnough = 15;

/** What goes out, what comes in from strangers, how much, and what is recorded. */
function heading(all: readonly OscEntry[], { telemetry, rig, now, width, height, signs }: View): Line[] {
  const targets = targetRows(rig, now).filter(({ target }) => target.enabled);
  const drops = targets.reduce((sum, { flow }) => sum + (flow?.dropped ?? 0), 0);
  const total = all.reduce((sum, entry) => sum + entry.rate, 0);
  const changed = all.filter(({ changedFrom }) => changedFrom !== undefined).length;
  const malformed = telemetry.malformed;
  // As shown, each with its rank: what is wrong, or is being recorded, is left out last.
  const parts: readonly (readonly [rank: number, part: Line])[] = ([
    [5, row(`out ${targets.length === 1 ? "1 target" : `${targets.length} targets`}`)],
    [6, portSpan(rig, signs.ok)],
    [3, row(`${rate(total)} msg/s`)],
    [drops === 0 ? 4 : 1, row(drops === 0 ? dim("drops 0") : coloured("yellow", `drops ${drops}`))],
    [2, malformed === 0 ? [] : row(coloured("yellow", `${malformed} malformed`))],
    [1, changed === 0 ? [] : row(coloured("yellow", `${signs.warn} ${changed} changed type`))],
    [0, recordSpan(rig, width - 8)],
  ] as const).filter(([, part]) => part.length > 0);
  const shares = share(parts.map(([rank, part]) => ({ rank, least: lineWidth(part) + 3 })), width - 2);
  const shown = parts.flatMap(([, part], index) => ((shares[index] ?? 0) > 0 ? [part] : []));
  const joined = row(bold("OSC"), ...shown.flatMap((part, index) => [index === 0 ? new Span("  ") : dim(" · "), ...part]));
  const hint = debuggerHint(rig);
  const hints = hint === "" ? [] : height >= highEnough ? wrapText(hint, width) : [cutText(hint, width)];
  return [joined, ...hints.map((text) => row(dim(text)))];
}

function portSpan({ workers }: RigState, ok: string): Line {
  const worker = workers[debuggerName];
  const port = numberField(worker?.state, "osc_port") ?? 0;
  if (worker?.link !== "connected") return [];
  return port === 0 ? row(coloured("yellow", "in: not listening")) : row(`in :${port} `, coloured("green", ok));
}

/** @param width cells at most: a long fault is cut rather than left out; the row of what is wrong has all of it */
function recordSpan({ workers }: RigState, width: number): Line {
  const worker = workers[recorderName];
  if (worker?.link !== "connected") return [];
  const fault = textField(worker.state, "fault");
  if (fault !== undefined) return row(coloured("red", cutText(`not recorded: ${fault}`, width)));
  const size = (numberField(worker.state, "size_bytes") ?? 0) / 1_048_576;
  return row(coloured("red", "●"), ` recording ${size.toFixed(1)} MB`);
}

/** That nobody looks at packets of strangers, and what helps; empty while the debugger runs. */
function debuggerHint(rig: RigState): string {
  if (rig.workers[debuggerName]?.link === "connected") return "";
  const { level, word } = healthOf(debuggerName, rig);
  return level === "off" || word === "failed"
    ? `${debuggerName} is off: ${starterBy("s", rig)} it; it shows packets of any sender and counts since its start`
    : `${debuggerName} is ${word}: packets of strangers are not shown`;
}

function nothingYet(rig: RigState): string {
  const senders = Object.values(rig.workers).filter(({ subscribed }) => subscribed).length;
  return senders === 0 ? `No worker sends anything here: ${starterOf(rig)} them` : "Nothing received yet";
}
