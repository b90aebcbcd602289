import { workerNames } from "@vj/rig";
import { innerHeight, innerWidth, panel, beside } from "../text/panel.ts";
import { bold, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { filterKeys, passesFilter } from "../ui/filter.ts";
import { workerActions, workerSelection } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen } from "../ui/screen.ts";
import { audioBox, audioLine } from "../widgets/audio-box.ts";
import { foldRepeats, logLine } from "../widgets/log-lines.ts";
import { nowPlayingBox, nowPlayingLine } from "../widgets/now-playing-box.ts";
import { rigHints } from "../widgets/rig-hints.ts";
import { rigSummary, targetLines } from "../widgets/targets-line.ts";
import type { View } from "../widgets/view.ts";
import { workerRow } from "../widgets/worker-rows.ts";

/** Sound, track, workers and targets in one view. */
export const overviewScreen: Screen<undefined> = {
  id: "overview",
  key: "1",
  title: "Overview",
  init: undefined,
  keys: () => [...workerSelection, ...workerActions, ...filterKeys("workers with")],
  draw: (view) => ({ top: draw(view), list: [] }),
  listens: () => usualAddresses,
};

function draw(view: View): Line[] {
  switch (view.layout) {
    case "small":
    case "tiny":
      return drawSmall(view);
    case "narrow":
      return drawNarrow(view);
    case "normal":
      return drawWide(view, false);
    case "large":
      return drawWide(view, true);
  }
}

const boxHeight = 7;

function drawWide(view: View, withLog: boolean): Line[] {
  const { width, height } = view;
  const left = Math.round(width * 0.6);
  const boxes = beside(nowPlayingBox(view, left, boxHeight), audioBox(view, width - left, boxHeight), left);
  const targets = targetPanel(view, width);
  const room = height - boxes.length - targets.length;
  // In a large terminal the workers get the rows that they need, and the log gets the rest.
  const workersHeight = withLog ? Math.min(room - 6, Math.max(5, workerNames(view.rig).length + 3)) : room;
  const log = withLog ? logPanel(view, width, room - workersHeight) : [];
  return [...boxes, ...workersPanel(view, width, workersHeight), ...targets, ...log];
}

function drawNarrow(view: View): Line[] {
  const { width, height } = view;
  const audio = panel({ title: row(bold("Now")), width, body: [nowPlayingLine(view), audioLine(view)] });
  const targets = targetLines(view, width).slice(0, 1);
  return [...audio, ...workersPanel(view, width, height - audio.length - targets.length), ...targets];
}

function drawSmall(view: View): Line[] {
  const workers = workerLines(view, view.width, view.height - 2);
  return [nowPlayingLine(view), audioLine(view), ...workers];
}

function workersPanel(view: View, width: number, height: number): Line[] {
  const body = workerLines(view, innerWidth(width), innerHeight(height));
  return panel({ title: [bold("Workers"), ...rigSummary(view)], width, height, body });
}

/** Rows of the workers, scrolled so that the selected one is visible. */
function workerLines(view: View, width: number, rows: number): Line[] {
  const names = workerNames(view.rig).filter((name) => passesFilter(view.filter, name));
  const hints = rigHints(view, workerNames(view.rig).length);
  const room = Math.max(1, rows - hints.length);
  const at = names.indexOf(view.worker ?? "");
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), names.length - room));
  return [...names.slice(first, first + room).map((name) => workerRow(name, view, width)), ...hints];
}

function targetPanel(view: View, width: number): Line[] {
  return panel({ title: row(bold("Targets")), width, body: targetLines(view, innerWidth(width)).slice(0, 3) });
}

function logPanel({ rig }: View, width: number, height: number): Line[] {
  const lines = foldRepeats(rig.logs.slice(-200).filter(({ printed }) => printed !== true)).slice(-innerHeight(height));
  const body = lines.length === 0 ? [row(dim("Nothing logged yet"))] : lines.map(({ entry, repeats }) => logLine(entry, repeats));
  return panel({ title: row(bold("Log")), width, height, body });
}
