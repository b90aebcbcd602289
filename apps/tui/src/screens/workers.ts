import { managerOf, workerNames } from "@vj/rig";
import { age, uptime } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { scrolling, workerActions, workerSelection } from "../ui/global-keys.ts";
import type { KeyBinding } from "../ui/keys.ts";
import { selectedWorker, showScreen } from "../ui/ui-state.ts";
import { rigHints } from "./overview.ts";
import { usualAddresses } from "./screen.ts";
import type { Drawing, Screen, View } from "./screen.ts";
import { rigSummary } from "./targets-line.ts";
import { workerDetail } from "./worker-detail.ts";
import { workerRow } from "./worker-rows.ts";

const detailKeys: readonly KeyBinding[] = [
  ...scrolling(),
  {
    keys: ["l"],
    label: "full log",
    footer: 40,
    run: ({ ui, rig, setUi }) => setUi({ ...showScreen(ui, "logs"), logSource: selectedWorker(ui, rig) }),
  },
  {
    keys: ["e"],
    label: "change a setting",
    footer: 45,
    run: ({ ui, rig, setUi, commands }) => {
      const worker = selectedWorker(ui, rig);
      if (worker === undefined) return;
      const done = (word: string): void => void (word.trim() !== "" && commands.set(worker, word.trim()));
      setUi({ ...ui, overlay: { kind: "prompt", label: `${worker} key=value`, value: "", done } });
    },
  },
  { keys: ["escape"], label: "back", footer: 50, run: ({ ui, setUi }) => setUi({ ...ui, detail: false, scroll: 0 }) },
];

/** All workers, or one of them with everything known of it. */
export function createWorkersScreen(): Screen {
  return {
    id: "workers",
    digit: "2",
    title: "Workers",
    keys: ({ detail }) => [...(detail ? detailKeys : workerSelection), ...workerActions],
    // The details of a worker show whatever it sends.
    listens: ({ detail }) => (detail ? undefined : usualAddresses),
    draw: (view) => (view.ui.detail ? workerDetail(view) : drawList(view)),
  };
}

function drawList(view: View): Drawing {
  const names = workerNames(view.rig);
  const at = names.indexOf(selectedWorker(view.ui, view.rig) ?? "");
  const hints = rigHints(view, names.length);
  const head = [row(bold("Workers"), ...rigSummary(view)), managerLine(view), []];
  const room = Math.max(1, view.height - head.length - hints.length);
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), names.length - room));
  return { top: [...head, ...names.slice(first, first + room).map((name) => workerRow(name, view, view.width)), ...hints], list: [] };
}

/** Who watches over the workers. */
function managerLine({ rig, now }: View): Line {
  const manager = managerOf(rig);
  if (manager === undefined) return row(dim("Nobody restarts what dies"));
  if (manager.link !== "connected") {
    return row(coloured("yellow", `process_manager gone for ${age(now - manager.since)}; the workers run on`));
  }
  const started = manager.state === undefined ? "" : `pid ${manager.state.pid}`;
  const seconds = manager.heartbeat?.uptime_sec;
  return row(dim("process_manager "), started, dim(seconds === undefined ? "" : `  up ${uptime(seconds)}`));
}
