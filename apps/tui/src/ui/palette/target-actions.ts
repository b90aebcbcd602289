import type { RigState } from "../../rig/rig-state.ts";
import { guardAll, guardTarget } from "../../rig/targets/target-change.ts";
import { ask } from "../ask.ts";
import { switchOnOff } from "../target-switch.ts";
import type { Action } from "./action.ts";

/** What is done with targets in a show: `target off magic`, `safe on`. */
export function targetActions({ targets: { list } }: RigState): Action[] {
  if (list === undefined) return [];
  const each = list.targets.flatMap(({ name, enabled, safe = false }): Action[] => [
    { name: `target ${enabled ? "off" : "on"} ${name}`, about: enabled ? "nothing is sent to it (asks)" : "it is sent to again", run: (context) => switchOnOff(context, { name, enabled }) },
    { name: `target safe ${safe ? "off" : "on"} ${name}`, about: "its flash guard", run: ({ commands }) => void commands.targets.change(guardTarget(name, !safe), `flash guard of ${name} is ${safe ? "off" : "on"}`) },
    { name: `target test ${name}`, about: "plays the test pattern", run: (context) => ask(context, `Play the test pattern to ${name}, 10 s? Its pictures will move.`, () => void context.commands.targets.test(name)) },
    { name: `target resend ${name}`, about: "sends it all states as they stand", run: ({ commands }) => void commands.targets.resend(name) },
  ]);
  const all = ([true, false] as const).map((safe): Action => ({ name: `safe ${safe ? "on" : "off"}`, about: "flash guard of all targets", run: ({ commands }) => void commands.targets.change(guardAll(safe), `flash guard of all targets is ${safe ? "on" : "off"}`) }));
  return [...each, ...all];
}
