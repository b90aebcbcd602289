import { hasManager } from "@vj/rig";
import { rigRemarks } from "@vj/schema";
import { healthOf, rigHealthOf } from "../rig/worker-status.ts";
import type { Drawing, Screen, View } from "../screens/screen.ts";
import { fitLine, fitText, lineWidth, spread } from "../text/fit.ts";
import type { Layout, TerminalSize } from "../text/size.ts";
import { layoutFor, tooSmall } from "../text/size.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { lastLine } from "./last-line.ts";
import { footerBindings, showKey } from "./keys.ts";
import type { KeyGroup } from "./keys.ts";

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
  readonly screens: readonly Screen[];
  readonly size: TerminalSize;
  /** Keys that are active; the footer shows some of them. */
  readonly active: readonly KeyGroup[];
  /** Keys of the screen and of every screen; the help shows all of them. */
  readonly help: readonly KeyGroup[];
  /** What a screen needs, without the room it gets. */
  readonly view: Omit<View, "layout" | "width" | "height">;
}

/** Draws everything: tabs, the screen or what lies over it, the last notice, the keys. Pure. */
export function compose({ screens, size, active, help, view }: Composition): Picture {
  const layout = layoutFor(size);
  const width = size.columns;
  const rows = Math.max(1, size.rows - 1);
  if (layout === "tiny") return { lines: tinyLines(size, view, rows), page: 1, scrollEnd: 0 };
  const notice = lastLine(view, layout);
  const height = rows - 2 - notice.length;
  const body = windowed(drawBody({ ...view, layout, width, height }, screens, help), height, view.ui.scroll);
  const lines = [tabs(screens, view, layout, width), ...body.lines, ...notice, footer(active, view, layout, width)];
  return { lines: lines.map((line) => fitLine(line, width)), page: body.page, scrollEnd: body.scrollEnd };
}

function drawBody(view: View, screens: readonly Screen[], help: readonly KeyGroup[]): Drawing {
  if (view.ui.overlay?.kind === "help") return { top: [], list: helpLines(help, view.width) };
  const screen = screens.find(({ id }) => id === view.ui.screen) ?? screens[0];
  return screen?.draw(view) ?? { top: [], list: [] };
}

function windowed({ top, list, fromEnd = false }: Drawing, height: number, scroll: number): Picture {
  const head = top.slice(0, height);
  const page = Math.max(0, height - head.length);
  const scrollEnd = Math.max(0, list.length - page);
  const offset = Math.min(scroll, scrollEnd);
  const first = fromEnd ? scrollEnd - offset : offset;
  const shown = [...head, ...list.slice(first, first + page)];
  const filled = Array.from({ length: height }, (_, index) => shown[index] ?? []);
  return { lines: filled, page: Math.max(1, page - 1), scrollEnd };
}

function tabs(screens: readonly Screen[], { ui }: Composition["view"], layout: Layout, width: number): Line {
  const named = layout === "normal" || layout === "large";
  const items = screens.map(({ id, digit, title }) => {
    const active = id === ui.screen;
    return new Span(active || named ? ` ${digit} ${title} ` : ` ${digit} `, active ? { inverse: true, bold: true } : {});
  });
  const state = ui.paused ? [coloured("yellow", " paused – p resumes ")] : [dim(layout === "small" ? " ? " : " ? help ")];
  return spread(row(bold(" VJ "), ...items), state, width);
}

function footer(groups: readonly KeyGroup[], { ui }: Composition["view"], layout: Layout, width: number): Line {
  if (ui.overlay?.kind === "prompt") {
    const cursor = new Span(" ", { inverse: true });
    return row(" ", bold(`${ui.overlay.label}: `), ui.overlay.value, cursor, dim("  enter apply  esc cancel"));
  }
  const question: Line = ui.overlay?.kind === "confirm" ? [coloured("yellow", ` ${ui.overlay.question} `)] : [];
  const most = layout === "small" ? 3 : layout === "narrow" ? 4 : Infinity;
  const items = footerBindings(groups).map(({ keys: [key = ""], label }) => row(bold(` ${showKey(key)}`), ` ${label} `));
  // A key is shown whole or not at all; the last one, which leads out, always.
  while (items.length > most || (items.length > 1 && lineWidth([...question, ...items.flat()]) > width + 1)) items.splice(-2, 1);
  return trimEnd([...question, ...items.flat()]);
}

/** Without the space that only keeps items apart. */
function trimEnd(line: Line): Line {
  const last = line.at(-1);
  return last === undefined ? line : [...line.slice(0, -1), new Span(last.text.trimEnd(), last.style)];
}

function tinyLines(size: TerminalSize, { rig }: Composition["view"], rows: number): Line[] {
  const health = rigHealthOf(rig);
  const remarks = [...rigRemarks(health), ...(hasManager(rig) ? [] : ["no process manager"])];
  const troubled = health.troubled.map((name) => `${healthOf(name, rig).word} ${name}`);
  const lines = [tooSmall(size), `${health.running}/${health.total} running`, ...remarks, ...troubled].map((text) => row(text));
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
