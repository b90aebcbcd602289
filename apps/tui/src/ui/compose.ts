import { rigRemarks } from "@vj/schema";
import { rigHealthOf } from "../rig/worker-status.ts";
import { fitLine, fitText, lineWidth } from "../text/fit.ts";
import type { Layout, TerminalSize } from "../text/size.ts";
import { layoutFor, tooSmall } from "../text/size.ts";
import { remember, rememberOf } from "../text/remember.ts";
import { Span, bold, clickable, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { healthLines } from "../widgets/health-line.ts";
import { toReadAll, toReadAllLater } from "../widgets/log-lines.ts";
import { troubleRows } from "../widgets/trouble-rows.ts";
import { withBelow } from "../text/window.ts";
import { fold } from "../text/wrap.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { drawCommands } from "./command-list.ts";
import { drawForm } from "./form/draw.ts";
import { filterOf } from "./filter.ts";
import { lastLine } from "./last-line.ts";
import { footerBindings, showKey } from "./keys.ts";
import type { KeyGroup, Look } from "./keys.ts";
import type { Action } from "./palette/action.ts";
import { drawPalette } from "./palette/draw.ts";
import { questionRows } from "./question-rows.ts";
import type { MountedScreen } from "./screen.ts";
import { tabs } from "./tabs.ts";
import type { UiState } from "./ui-state.ts";
import { selectedWorker } from "./worker-selection.ts";

/** A whole picture. */
export interface Picture {
  /** One row fewer than the terminal has: a full one makes it scroll. */
  readonly lines: readonly Line[];
  /** Rows of the part that scrolls. */
  readonly page: number;
  /** How far it can be scrolled. */
  readonly scrollEnd: number;
}

export interface Composition {
  readonly screens: readonly MountedScreen[];
  readonly size: TerminalSize;
  /** Keys that are active; the footer shows some of them. */
  readonly active: readonly KeyGroup[];
  /** Keys of the screen and of every screen; the help shows all of them. */
  readonly help: readonly KeyGroup[];
  readonly ui: UiState;
  /** Everything that can be done, for the palette. */
  readonly actions: (look: Look) => readonly Action[];
  /** What a screen needs, without the room it gets and what the person chose. */
  readonly known: Omit<View, "layout" | "width" | "height" | "worker" | "scroll" | "filter" | "mark">;
}

/** Draws everything: tabs, the screen or what lies over it, the last notice, the keys. Pure. */
export function compose({ screens, size, active, help, ui, actions, known }: Composition): Picture {
  const layout = layoutFor(size);
  const width = size.columns;
  const rows = Math.max(1, size.rows - 1);
  if (layout === "tiny") return { lines: tinyLines(size, known, rows), page: 1, scrollEnd: 0 };
  const readAll = takesKeys(ui) ? toReadAllLater : toReadAll;
  const notice = lastLine({ ...known, width, readAll }, size.rows < 20);
  const health = healthLines({ ...known, width, readAll }, size.rows < 20 ? 1 : size.rows < 36 ? 2 : 3);
  const keys = lastKeys([active, ui.overlay, filterOf(ui), layout, width], () => footer(active, ui, layout, width));
  const question = questionRows(ui.overlay, width - lineWidth(keys), width);
  const height = rows - 2 - notice.length - health.length - question.above.length;
  const view: View = { ...known, worker: selectedWorker(ui, known.rig), scroll: ui.scroll, filter: filterOf(ui), mark: ui.marks[ui.screen], layout, width, height };
  const drawing = drawOver(view, ui, { actions, help }) ?? drawScreen(view, ui, screens);
  const body = windowed(drawing, { height, width, scroll: ui.scroll });
  const below = body.scrollEnd > 0 ? keys : lastBelow([keys], () => footer(withoutScrolling(active), ui, layout, width));
  const lines = [tabs(screens, ui, known.rig, { layout, width }), ...health, ...body.lines, ...notice, ...question.above, [...question.beside, ...below]];
  const fitted = lastFitted([width], () => rememberOf((line: Line) => fitLine(line, width)));
  return { lines: lines.map(fitted), page: body.page, scrollEnd: body.scrollEnd };
}

const lastKeys = remember<Line>();
const lastBelow = remember<Line>();
/** What has been drawn is fitted once, at each width. */
const lastFitted = remember<(line: Line) => Line>();

/** Whether a form or a text takes the keys of the screen. */
function takesKeys({ overlay }: UiState): boolean {
  return overlay !== undefined && overlay.kind !== "help" && overlay.kind !== "troubles" && overlay.kind !== "confirm";
}

/** What takes the place of the screen; undefined when nothing does. */
function drawOver(view: View, ui: UiState, { actions, help }: Pick<Composition, "actions" | "help">): Drawing | undefined {
  const overlay = ui.overlay?.kind === "confirm" ? ui.overlay.under : ui.overlay;
  if (overlay?.kind === "help") return { top: [], list: helpLines(help, view.width) };
  if (overlay?.kind === "troubles") return { top: [], list: troubleRows(view) };
  if (overlay?.kind === "palette") return drawPalette(overlay, actions({ ...view, ui }), ui.history, view);
  if (overlay?.kind === "form") return drawForm(overlay.form, view);
  return overlay?.kind === "commands" ? drawCommands(overlay, view) : undefined;
}

function drawScreen(view: View, ui: UiState, screens: readonly MountedScreen[]): Drawing {
  const screen = screens.find(({ id }) => id === ui.screen) ?? screens[0];
  return screen?.draw(view) ?? { top: [], list: [] };
}

interface Window {
  readonly height: number;
  readonly width: number;
  /** Rows that it is scrolled. */
  readonly scroll: number;
}

function windowed(drawing: Drawing, { height, width, scroll }: Window): Picture {
  const { top, list, fromEnd = false, isPart = false, at, page: pageOf } = drawing.top.length <= height ? drawing : allScrolling(drawing);
  const head = top.slice(0, height);
  const page = Math.max(0, height - head.length);
  const scrollEnd = Math.max(0, list.length - page);
  const offset = Math.min(scroll, scrollEnd);
  const first = at === undefined ? (fromEnd ? scrollEnd - offset : offset) : Math.max(0, Math.min(scrollEnd, at - Math.floor(page / 2)));
  const rows = list.slice(first, first + page);
  // A log shows its end, and counts what is below itself.
  const shown = [...head, ...(fromEnd || isPart ? rows : withBelow(rows, list.length - first - page, width))];
  const filled = Array.from({ length: height }, (_, index) => shown[index] ?? []);
  return { lines: filled, page: Math.max(1, (pageOf ?? page) - 1), scrollEnd };
}

/** Rows that should stay and do not fit scroll with the others, so that none is out of reach. */
function allScrolling({ top, list, at, ...rest }: Drawing): Drawing {
  return { ...rest, top: [], list: [...top, ...list], ...(at === undefined ? {} : { at: at + top.length }) };
}

/** The keys without those that scroll: all of it is in sight. */
function withoutScrolling(groups: readonly KeyGroup[]): readonly KeyGroup[] {
  return groups.map(({ title, bindings }) => ({ title, bindings: bindings.filter(({ scrolls }) => scrolls !== true) }));
}

function footer(groups: readonly KeyGroup[], ui: UiState, layout: Layout, width: number): Line {
  if (ui.overlay?.kind === "prompt") {
    const cursor = new Span(" ", { inverse: true });
    return row(" ", bold(`${ui.overlay.label}: `), ui.overlay.value, cursor, dim("  enter apply  esc cancel"));
  }
  if (ui.overlay?.kind === "filter") {
    return row(" ", bold(`${ui.overlay.label}: `), filterOf(ui), new Span(" ", { inverse: true }), dim("  enter keep  esc show all"));
  }
  const most = layout === "small" ? 3 : layout === "narrow" ? 4 : Infinity;
  // In a small terminal the last key loses its remark in brackets, so that more keys fit.
  const shown = (label: string): string => (layout === "small" ? label.replace(/ \(.*\)$/, "") : label);
  const items = footerBindings(groups).map(({ keys: [key = ""], label }) => clickable(row(bold(` ${showKey(key)}`), ` ${shown(label)} `), { kind: "key", key }));
  // A key is shown whole or not at all. The last one, which leads out, is always shown.
  while (items.length > most || (items.length > 1 && lineWidth(items.flat()) > width + 1)) items.splice(-2, 1);
  return trimEnd(items.flat());
}

/** Without the space that only keeps items apart. */
function trimEnd(line: Line): Line {
  const last = line.at(-1);
  return last === undefined ? line : [...line.slice(0, -1), new Span(last.text.trimEnd(), last.style)];
}

/** What is needed and what is wrong; with one row, the size alone. */
function tinyLines(size: TerminalSize, known: Composition["known"], rows: number): Line[] {
  const health = rigHealthOf(known.rig);
  const lines = [...fold(tooSmall(size), size.columns).map((text) => row(text)), row(`${health.running}/${health.total} running`), ...healthLines(known, Math.max(1, rows - 2)), ...rigRemarks(health).map((text) => row(text))];
  return lines.slice(0, rows).map((line) => fitLine(line, size.columns));
}

/** Keys of all groups, in columns where there is room. */
function helpLines(groups: readonly KeyGroup[], width: number): Line[] {
  const lines = groups.flatMap(({ title, bindings }): Line[] => [
    row(bold(title)),
    ...bindings.map(({ keys, label }) => row("  ", fitText(keys.map(showKey).join(" "), 12), " ", label)),
    [],
  ]);
  const across = Math.max(1, Math.floor(width / 38));
  const columnWidth = Math.floor(width / across);
  const perColumn = Math.ceil(lines.length / across);
  const cell = (column: number, index: number): Line =>
    fitLine([new Span(" "), ...(lines[column * perColumn + index] ?? [])], columnWidth);
  return Array.from({ length: perColumn }, (_, index) => Array.from({ length: across }, (__, column) => cell(column, index)).flat());
}
