import { workerStatus } from "../rig/worker-status.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { copyKey } from "./copy-key.ts";
import type { KeyBinding, KeyContext, KeyGroup } from "./keys.ts";
import { openPalette } from "./palette/palette.ts";
import type { MountedScreen } from "./screen.ts";
import { moveSelection, selectedWorker } from "./worker-selection.ts";
import { restart, restartAll, startOrStop, stopAll } from "./worker-verbs.ts";

/** One key for each screen. */
export function screenKeys(screens: readonly MountedScreen[]): KeyGroup {
  return {
    title: "Screens",
    bindings: screens.map(({ id, key, title }) => ({ keys: [key], label: title, run: ({ show }) => show(id) })),
  };
}

/** Keys with the same meaning on every screen. @param quitLabel the effect of quitting @param offersStart whether the footer shows the key that starts all: while all run, others need the room */
export function globalKeys(quitLabel: string, offersStart: boolean): KeyGroup {
  return {
    title: "Everywhere",
    bindings: [
      { keys: ["w"], label: "start all", ...(offersStart ? { footer: 18 } : {}), run: ({ commands }) => void commands.startAll() },
      { keys: ["R"], label: "restart all", run: restartAll },
      { keys: ["Q"], label: "stop all workers", run: stopAll },
      { keys: ["a"], label: "analyzer on/off", run: (context) => startOrStop(context, analyzerName) },
      { keys: ["p"], label: "pause this view", run: ({ ui, setUi }) => setUi({ ...ui, paused: !ui.paused }) },
      { keys: [":"], label: "do anything", footer: 80, run: openPalette },
      { keys: ["!"], label: "what is wrong", run: ({ ui, setUi }) => setUi({ ...ui, scroll: 0, overlay: { kind: "troubles" } }) },
      { keys: ["?"], label: "help", run: ({ ui, setUi }) => setUi({ ...ui, scroll: 0, overlay: { kind: "help" } }) },
      { keys: ["q", "ctrl+c"], label: quitLabel, footer: 90, run: ({ quit }) => quit() },
      { keys: ["M"], label: "mouse on/off", run: toggleMouse },
      { keys: ["ctrl+l"], label: "redraw", run: ({ redraw }) => redraw() },
      { keys: ["ctrl+z"], label: "suspend (fg returns)", run: ({ suspend }) => suspend() },
    ],
  };
}

function toggleMouse({ ui, setUi, say }: KeyContext): void {
  setUi({ ...ui, mouse: !ui.mouse });
  say(ui.mouse ? "Mouse off: the terminal selects text with it; M takes clicks and the wheel again" : "Mouse on: clicks and the wheel act here; M leaves them to the terminal");
}

/** Keys that act on the selected worker, on the screens that select one. */
export const workerActions: readonly KeyBinding[] = [
  { keys: ["s"], label: "start/stop", footer: 20, run: (context) => withWorker(context, (worker) => startOrStop(context, worker)) },
  { keys: ["r"], label: "restart", footer: 30, run: (context) => withWorker(context, (worker) => restart(context, worker)) },
  copyKey(({ ui, rig, now }: KeyContext) => {
    const worker = selectedWorker(ui, rig);
    const { word, detail, todo } = workerStatus(worker ?? "", rig, now);
    return worker === undefined ? undefined : [worker, word, detail, todo].filter((text) => text !== "").join(" ");
  }),
];

/** Keys that choose a worker from a list. */
export const workerSelection: readonly KeyBinding[] = [
  { keys: ["up", "k"], label: "worker above", moves: true, run: ({ ui, rig, setUi }) => setUi(moveSelection(ui, rig, -1)) },
  { keys: ["down", "j"], label: "worker below", moves: true, run: ({ ui, rig, setUi }) => setUi(moveSelection(ui, rig, 1)) },
  { keys: ["pageup"], label: "page up", moves: true, run: ({ ui, rig, setUi, page }) => setUi(moveSelection(ui, rig, -page)) },
  { keys: ["pagedown"], label: "page down", moves: true, run: ({ ui, rig, setUi, page }) => setUi(moveSelection(ui, rig, page)) },
  { keys: ["g", "home"], label: "first worker", moves: true, run: ({ ui, rig, setUi }) => setUi(moveSelection(ui, rig, -Infinity)) },
  { keys: ["G", "end"], label: "last worker", moves: true, run: ({ ui, rig, setUi }) => setUi(moveSelection(ui, rig, Infinity)) },
  {
    keys: ["return"],
    label: "details",
    footer: 40,
    run: ({ ui, rig, open }) => {
      const worker = selectedWorker(ui, rig);
      if (worker !== undefined) open("workers", worker);
    },
  },
];

/** Keys that scroll a long view. `fromEnd`: whether the view begins at its end, as a log does */
export function scrolling({ fromEnd = false }: { readonly fromEnd?: boolean } = {}): readonly KeyBinding[] {
  const by = (rows: (context: KeyContext) => number) => (context: KeyContext) => scroll(context, rows(context) * (fromEnd ? -1 : 1));
  return [
    { keys: ["up", "k"], label: "scroll up", moves: true, run: by(() => -1) },
    { keys: ["down", "j"], label: "scroll down", moves: true, run: by(() => 1) },
    { keys: ["pageup"], label: "page up", moves: true, run: by(({ page }) => -page) },
    { keys: ["pagedown"], label: "page down", moves: true, run: by(({ page }) => page) },
    { keys: ["g", "home"], label: "to the top", moves: true, run: by(() => -Infinity) },
    { keys: ["G", "end"], label: "to the end", moves: true, run: by(() => Infinity) },
  ];
}

function scroll({ ui, setUi, scrollEnd }: KeyContext, by: number): void {
  setUi({ ...ui, scroll: Math.max(0, Math.min(scrollEnd, Math.min(scrollEnd, ui.scroll) + by)) });
}

function withWorker({ ui, rig }: KeyContext, act: (worker: string) => void): void {
  const worker = selectedWorker(ui, rig);
  if (worker !== undefined) act(worker);
}
