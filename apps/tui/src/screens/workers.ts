import { managerOf, workerNames } from "@vj/rig";
import { age, uptime } from "../text/format.ts";
import { spread } from "../text/fit.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { nothingFits, passesFilter } from "../text/filtered.ts";
import { filterKeys } from "../ui/filter.ts";
import { scrolling, workerActions, workerSelection } from "../ui/global-keys.ts";
import { isHere, setConfig } from "../rig/settings.ts";
import { openForm } from "../ui/form/form.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenKey } from "../ui/screen.ts";
import { selectedWorker } from "../ui/worker-selection.ts";
import { rigHints } from "../widgets/rig-hints.ts";
import { rigSummary } from "../widgets/targets-line.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { workerRow } from "../widgets/worker-rows.ts";
import { workerBrief, workerDetail } from "./worker-detail.ts";

/** Whether one worker is shown with everything known of it, instead of all. */
type Detail = boolean;

const detailKeys: readonly ScreenKey<Detail>[] = [
  ...scrolling(),
  { keys: ["l"], label: "full log", footer: 17, run: ({ ui, rig, open }) => open("logs", selectedWorker(ui, rig)) },
  {
    keys: ["e"],
    label: "settings",
    footer: 15,
    run: ({ ui, rig, setUi, commands }) => {
      const worker = selectedWorker(ui, rig);
      if (worker === undefined) return;
      if (!isHere(worker, rig)) void commands.look(worker);
      setUi({ ...ui, scroll: 0, overlay: { kind: "form", form: openForm(worker, setConfig, rig) } });
    },
  },
  {
    keys: ["c"],
    label: "send a command",
    footer: 47,
    run: ({ ui, rig, setUi }) => {
      const worker = selectedWorker(ui, rig);
      if (worker !== undefined) setUi({ ...ui, scroll: 0, overlay: { kind: "commands", worker, at: 0 } });
    },
  },
  {
    keys: ["escape"],
    label: "back",
    footer: 16,
    run: ({ ui, setUi, back, update }) => {
      setUi({ ...ui, scroll: 0 });
      // From the list of this screen: that list.
      if (ui.cameFrom === undefined || ui.cameFrom.screen === ui.screen) update(() => false);
      back();
    },
  },
];

/** All workers, or one of them with everything known of it. */
export const workersScreen: Screen<Detail> = {
  id: "workers",
  key: "2",
  title: "Workers",
  init: false,
  keys: (detail) => [...(detail ? detailKeys : [...workerSelection, ...filterKeys("workers with")]), ...workerActions],
  // The details of a worker show whatever it sends.
  listens: (detail) => (detail ? "all" : usualAddresses),
  draw: (view, detail) => (detail ? workerDetail(view) : drawList(view)),
  enter: (_detail, worker) => worker !== undefined,
};

function drawList(view: View): Drawing {
  const all = workerNames(view.rig);
  const names = all.filter((name) => passesFilter(view.filter, name));
  const at = names.indexOf(view.worker ?? "");
  const hints = rigHints(view, all.length);
  const whole = [row(bold("Workers"), ...rigSummary(view)), managerLine(view), []];
  // Where not all workers fit, they get the rows of what stands above them.
  const head = whole.slice(0, Math.max(1, Math.min(whole.length, view.height - hints.length - names.length)));
  const room = Math.max(1, view.height - head.length - hints.length);
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), names.length - room));
  const rows = names.slice(first, first + room).map((name) => workerRow(name, view, view.width, { withProcess: true }));
  const hidden = names.length - rows.length;
  const list = [...head, ...nothingFits("worker", view, names.length), ...rows.slice(0, -1), ...rows.slice(-1).map((line) => (hidden === 0 ? line : spread(line, row(dim(view.layout === "small" ? ` +${hidden} ↑↓` : ` +${hidden} more: ↑ ↓`)), view.width))), ...hints];
  const left = view.height - list.length - 1;
  return { top: left < leastBelow || at < 0 ? list : [...list, [], ...workerBrief(view).slice(0, left)], list: [], page: room };
}

/** Rows below the list from which on the chosen worker is shown there. */
const leastBelow = 8;

/** Who watches over the workers. */
function managerLine({ rig, now }: View): Line {
  const manager = managerOf(rig);
  if (manager === undefined) return row(dim("No process manager: crashed workers stay down"));
  if (manager.link !== "connected") {
    return row(coloured("yellow", `process_manager gone for ${age(now - manager.since)}; the workers run on`));
  }
  const started = manager.state === undefined ? "" : `pid ${manager.state.pid}`;
  const seconds = manager.heartbeat?.uptime_sec;
  return row(dim("process_manager "), started, dim(seconds === undefined ? "" : `  up ${uptime(seconds)}`));
}
