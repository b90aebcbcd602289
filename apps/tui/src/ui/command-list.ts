import type { RigState } from "../rig/rig-state.ts";
import { fitText } from "../text/fit.ts";
import { listAround } from "../text/list-around.ts";
import { bold, dim, row } from "../text/span.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { readFields } from "./field/field.ts";
import { own, setConfig } from "../rig/settings.ts";
import { openForm } from "./form/form.ts";
import type { KeyContext, KeyGroup } from "./keys.ts";
import type { Overlay } from "./ui-state.ts";

/** The commands of a worker, one of which is chosen. */
export type CommandList = Extract<Overlay, { readonly kind: "commands" }>;

/** Settings have a form of their own; the others hold for the connection that sends them, which is ours. */
const notOffered: readonly string[] = [setConfig, "subscribe", "unsubscribe", "mute", "hold_output"];

/** Names of the commands that can be sent to a worker from here: its own first, then those that every worker has. */
export function offeredCommands(worker: string, rig: RigState): string[] {
  const names = Object.keys(own(rig.workers, worker)?.description?.commands ?? {}).filter((name) => !notOffered.includes(name));
  const common = ["get_state", "describe", "restart", "shutdown"];
  return [...names.filter((name) => !common.includes(name)), ...names.filter((name) => common.includes(name))];
}

/** Draws the list around the chosen one. Pure. */
export function drawCommands({ worker, at }: CommandList, view: View): Drawing {
  const names = offeredCommands(worker, view.rig);
  const commands = own(view.rig.workers, worker)?.description?.commands ?? {};
  const head = [row(bold(worker), dim(" › "), bold("send a command")), []];
  const chosen = Math.min(at, names.length - 1);
  const room = Math.max(1, view.height - head.length);
  const width = Math.min(24, Math.max(8, ...names.map((name) => name.length)));
  const lines = names.map((name, index) => {
    const args = readFields(own(commands, name)?.args ?? {}).map(({ key }) => key).join(" ");
    const about = [args, own(commands, name)?.description ?? ""].filter((text) => text !== "").join("  ");
    return row(index === chosen ? "▸ " : "  ", fitText(name, width), "  ", dim(about));
  });
  return { top: [...head, ...(names.length === 0 ? [row(dim("  no commands are known"))] : listAround(lines, chosen, { room, width: view.width }))], list: [] };
}

/** Keys of the list. */
export function commandListKeys({ worker, at }: CommandList): KeyGroup {
  const move = (to: (at: number, last: number) => number) => ({ ui, rig, setUi }: KeyContext) => {
    const last = Math.max(0, offeredCommands(worker, rig).length - 1);
    setUi({ ...ui, overlay: { kind: "commands", worker, at: Math.max(0, Math.min(last, to(Math.min(at, last), last))) } });
  };
  const choose = ({ ui, rig, setUi }: KeyContext): void => {
    const names = offeredCommands(worker, rig);
    const name = names[Math.min(at, names.length - 1)];
    if (name !== undefined) setUi({ ...ui, scroll: 0, overlay: { kind: "form", form: openForm(worker, name, rig) } });
  };
  return {
    title: "Commands",
    bindings: [
      { keys: ["return"], label: "choose", footer: 10, run: choose },
      { keys: ["up", "k", "shift+tab"], label: "above", run: move((from) => from - 1) },
      { keys: ["down", "j", "tab"], label: "below", footer: 15, run: move((from) => from + 1) },
      { keys: ["home", "g"], label: "first", run: move(() => 0) },
      { keys: ["end", "G"], label: "last", run: move((_from, last) => last) },
      { keys: ["escape"], label: "back", footer: 20, run: ({ ui, setUi }) => setUi({ ...ui, overlay: undefined, scroll: 0 }) },
      { keys: ["q", "ctrl+c"], label: "quit", run: ({ quit }) => quit() },
    ],
  };
}
