import type { RigState } from "../rig/rig-state.ts";
import { guardOf } from "../rig/targets/targets-state.ts";
import { cutText, lineWidth, spread } from "../text/fit.ts";
import { remember } from "../text/remember.ts";
import { Span, bold, clickable, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { View } from "../widgets/view.ts";
import { filterOf } from "./filter.ts";
import type { MountedScreen } from "./screen.ts";
import type { UiState } from "./ui-state.ts";

type Tab = Pick<MountedScreen, "id" | "key" | "title">;

/** The first row: the screens, the flash guard, and what hides rows or holds the view; else the key of the help. */
export function tabs(screens: readonly Tab[], ui: UiState, rig: RigState, { layout, width }: Pick<View, "layout" | "width">): Line {
  const { screen, paused } = ui;
  const filter = filterOf(ui);
  return last([screens, screen, filter, paused, guardOf(rig.targets)?.guarded, guardOf(rig.targets)?.on, layout, width], () => drawTabs(screens, ui, rig, { layout, width }));
}

const last = remember<Line>();

function drawTabs(screens: readonly Tab[], ui: UiState, rig: RigState, { layout, width }: Pick<View, "layout" | "width">): Line {
  const filter = filterOf(ui);
  const marks = [...(filter === "" ? [] : [coloured("cyan", ` filter ${cutText(filter, 16)}`)]), ...(ui.paused ? [coloured("yellow", " paused – p resumes")] : [])];
  const help = helpKey(" ? help");
  const short = helpKey(" ?");
  const guard = guardSpans(rig);
  const rest = marks.length > 0 ? [marks] : layout === "small" ? [short] : [help, short];
  // The longest names that fit. Marks of what hides rows, and of the flash guard, are shown before names.
  const choices = nameLengths.flatMap((letters) => rest.map((end) => [letters, [...guard, ...end]] as const));
  const fits = choices.find(([letters, end]) => lineWidth(items(screens, ui, letters)) + lineWidth(end) <= width);
  const [letters, end] = fits ?? [0, marks.length > 0 ? marks : guard];
  return spread(items(screens, ui, letters), end, width);
}

const helpKey = (text: string): Line => clickable([dim(text)], { kind: "key", key: "?" });

/** Letters of the names, from all of them to none. */
const nameLengths = [Infinity, 7, 6, 5, 4, 3, 0] as const;

/** @param letters of the names of the screens that are not shown */
function items(screens: readonly Tab[], ui: UiState, letters: number): Line {
  const shown = screens.map(({ id, key, title }) => {
    const active = id === ui.screen;
    return new Span(active ? `${key} ${title}` : `${key} ${title.slice(0, letters)}`.trimEnd(), { ...(active ? { inverse: true, bold: true } : {}), click: { kind: "screen", id } });
  });
  return row(bold(" VJ"), ...shown.flatMap((item) => [" ", item]));
}

/** Whether the flash guard is on for all, for some or for none of the targets that are on. */
function guardSpans({ targets }: RigState): Span[] {
  const state = guardOf(targets);
  if (state === undefined) return [];
  if (state.guarded === 0) return [dim(" safe off")];
  return [state.guarded === state.on ? coloured("green", " safe on") : coloured("yellow", ` safe ${state.guarded}/${state.on}`)];
}
