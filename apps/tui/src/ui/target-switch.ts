import type { TargetInput } from "@vj/schema";
import { switchTarget } from "../rig/targets/target-change.ts";
import { ask } from "./ask.ts";
import type { KeyContext } from "./keys.ts";

/** A target that is off is switched on; one that is on is switched off, after a question: its program stands still then. */
export function switchOnOff(context: Pick<KeyContext, "ui" | "setUi" | "now" | "commands">, { name, enabled }: Pick<TargetInput, "name" | "enabled">): void {
  const act = (): void => void context.commands.targets.change(switchTarget(name, !enabled), `${name} is ${enabled ? "off" : "on"}`);
  if (enabled) ask(context, switchOffQuestion(name), act);
  else act();
}

/** Asked before a target that is on is switched off, by a key, the palette, or its form. */
export const switchOffQuestion = (name: string): string => `Switch target ${name} off? It gets nothing then.`;
