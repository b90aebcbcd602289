import { innerHeight, innerWidth, panel, beside } from "../text/panel.ts";
import { clockTurn, remember } from "../text/remember.ts";
import { share, stack } from "../text/share.ts";
import type { Block } from "../text/share.ts";
import { bold, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { filterKeys } from "../ui/filter.ts";
import { workerActions, workerSelection } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenKey } from "../ui/screen.ts";
import { audioBox, audioLine } from "../widgets/audio-box.ts";
import { foldRepeats, logLine } from "../widgets/log-lines.ts";
import { hasTracks, nowPlayingBox, nowPlayingLine } from "../widgets/now-playing-box.ts";
import { rigSummary, targetLines } from "../widgets/targets-line.ts";
import type { View } from "../widgets/view.ts";
import { workerBrief } from "./worker-detail.ts";
import { workerLines, workerLinesWanted } from "../widgets/worker-list.ts";

/** The panels in the order of `tab`, and the screen that each leads to. */
const panels = [
  { id: "workers", screen: "workers" },
  { id: "now", screen: "now" },
  { id: "audio", screen: "audio" },
  { id: "targets", screen: "targets" },
  { id: "log", screen: "logs" },
] as const;

/** The panel that `enter` opens. */
type Panel = (typeof panels)[number]["id"];

/** Sound, track, workers and targets in one view. */
export const overviewScreen: Screen<Panel> = {
  id: "overview",
  key: "1",
  title: "Overview",
  init: "workers",
  keys: (panel) => [
    ...(panel === "workers" ? workerSelection : [...workerSelection.filter(({ keys }) => !keys.includes("return")), openKey(panel)]),
    ...workerActions,
    ...filterKeys("workers with"),
    { keys: ["tab"], label: "next panel", reduce: (from) => panelAfter(from, 1), moves: true },
    { keys: ["shift+tab"], label: "panel before", reduce: (from) => panelAfter(from, -1), moves: true },
  ],
  draw: (view, panel) => ({ top: draw({ ...view, panel }), list: [] }),
  listens: () => usualAddresses,
};

/** What is drawn, and which panel is chosen. */
type Shown = View & { readonly panel: Panel };

function panelAfter(from: Panel, by: number): Panel {
  const at = panels.findIndex(({ id }) => id === from);
  return panels[(at + by + panels.length) % panels.length]?.id ?? "workers";
}

function openKey(panel: Panel): ScreenKey<Panel> {
  return { keys: ["return"], label: "open", footer: 40, run: ({ open }) => open(panels.find(({ id }) => id === panel)?.screen ?? "workers") };
}

/** The edge of the chosen panel in reverse video; that of the workers has a chosen row instead. */
function marked(lines: Line[], id: Panel, { panel }: Shown): Line[] {
  const [edge = [], ...rest] = lines;
  return id === panel && id !== "workers" ? [selected(edge), ...rest] : lines;
}

/** Rows of the boxes: as drawn at 80×24, and where there is room for more lyrics and every band. */
const boxHeight = { least: 7, most: 11, tallest: 19 } as const;
/** From so many rows on, the boxes are as tall as they can be of use. */
const tallRows = 50;
/** Rows below the workers from which on the chosen one is shown there. */
const leastBelow = 8;
/** A log beside the workers needs this many cells for both. */
const logBeside = 150;

function draw(view: Shown): Line[] {
  const { width, height } = view;
  // Frames only where they leave enough for what they frame.
  if (width < 56 || height < 10) return stack([...bareLines(view), bareWorkers(view)], height);
  return stack([soundAndTrack(view), ...(width >= logBeside ? [workersBesideLog(view)] : workersAboveLog(view))], height);
}

function bareLines(view: View): Block[] {
  return [nowPlayingLine, audioLine].map((line, rank) => ({ rank, least: 1, draw: () => [line(view)] }));
}

function bareWorkers(view: View): Block {
  return { rank: 2, least: 1, wanted: Infinity, draw: (rows) => workerLines(view, view.width, rows) };
}

/** Two boxes beside each other; where these do not fit, two lines in a frame. */
function soundAndTrack(view: Shown): Block {
  const { width, height } = view;
  const [left = 0, right = 0] = share([{ rank: 0, least: 38, wanted: Math.round(width * 0.6) }, { rank: 1, least: 30, wanted: Infinity }], width);
  if (right === 0 || height < 15) {
    return { rank: 0, least: 4, draw: () => panel({ title: row(bold("Now")), width, body: [nowPlayingLine(view), audioLine(view)] }) };
  }
  const boxes = (rows: number): Line[] => beside(marked(nowPlayingBox(view, left, rows), "now", view), marked(audioBox(view, right, rows), "audio", view), left);
  return { rank: 0, least: boxHeight.least, wanted: height >= tallRows ? boxHeight.tallest : height >= 30 ? boxHeight.most : boxHeight.least, draw: boxes };
}

/** In a large terminal the workers get the rows that they need, and the log gets the rest. */
function workersAboveLog(view: Shown): Block[] {
  const { rig, telemetry, now, signs } = view;
  const needed = lastWanted([rig, clockTurn(now), signs, hasTracks(rig, telemetry, now)], () => workerLinesWanted(view) + 3);
  const log = { rank: 3, least: 6, wanted: Infinity, draw: (rows: number) => logPanel(view, view.width, rows) };
  const hasLog = view.height >= 27;
  return [
    { rank: 1, least: 3, wanted: hasLog ? needed : Infinity, draw: (rows) => workersPanel(view, view.width, rows) },
    targets(view, view.width),
    ...(hasLog ? [log] : []),
  ];
}

function workersBesideLog(view: Shown): Block {
  const left = Math.round(view.width * 0.55);
  const draw = (rows: number): Line[] => {
    const workers: Block = { rank: 0, least: 3, wanted: Infinity, draw: (height) => workersPanel(view, left, height) };
    return beside(stack([workers, targets(view, left)], rows), logPanel(view, view.width - left, rows), left);
  };
  return { rank: 1, least: 3, wanted: Infinity, draw };
}

/** As a panel, or as one row where a panel takes too much. */
function targets(view: Shown, width: number): Block {
  const { rig, signs, height, panel: chosen } = view;
  if (height < 17 || view.width < 68) return { rank: 2, least: 1, draw: () => withRest(targetLines(view, width), 1) };
  const drawn = lastTargets([rig, signs, width, height, chosen], () => {
    const body = withRest(targetLines(view, innerWidth(width)), height >= 30 ? 8 : 3);
    return marked(panel({ title: row(bold("Targets")), width, body }), "targets", view);
  });
  return { rank: 2, least: 3, wanted: drawn.length, draw: (rows) => (rows < drawn.length ? [...drawn.slice(0, rows - 1), ...drawn.slice(-1)] : drawn) };
}

/** As many rows as fit; the last one says how many are left out, and where they are. */
function withRest(lines: readonly Line[], most: number): Line[] {
  const shown = lines.slice(0, most);
  const last = shown.at(-1) ?? [];
  return lines.length <= most ? [...shown] : [...shown.slice(0, -1), [...row(dim(`+${lines.length - most} more rows: 8  `)), ...last]];
}

function workersPanel(view: View, width: number, height: number): Line[] {
  const { rig, telemetry, now, worker, filter, layout, signs } = view;
  return lastWorkers([rig, clockTurn(now), worker, filter, layout, signs, width, height, hasTracks(rig, telemetry, now)], () => {
    const inner = { ...view, width: innerWidth(width) };
    const rows = workerLines(view, inner.width, innerHeight(height));
    // The rows that are left show what does not fit into the chosen row.
    const left = innerHeight(height) - rows.length - 1;
    const body = left < leastBelow || worker === undefined ? rows : [...rows, [], ...workerBrief(inner).slice(0, left)];
    return panel({ title: [bold("Workers"), ...rigSummary(view)], width, height, body });
  });
}

const lastWanted = remember<number>();
const lastWorkers = remember<Line[]>();
const lastLog = remember<Line[]>();
const lastTargets = remember<Line[]>();

function logPanel(view: Shown, width: number, height: number): Line[] {
  return lastLog([view.rig.logs, width, height, view.panel], () => {
    const lines = foldRepeats(view.rig.logs.slice(-200).filter(({ printed }) => printed !== true)).slice(-innerHeight(height));
    const sourceWidth = width < 80 ? 14 : 18;
    const body = lines.length === 0 ? [row(dim("Nothing logged yet"))] : lines.map(({ entry, repeats }) => logLine(entry, repeats, sourceWidth));
    return marked(panel({ title: row(bold("Log")), width, height, body }), "log", view);
  });
}
