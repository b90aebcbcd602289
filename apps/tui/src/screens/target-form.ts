import { isDeepStrictEqual } from "node:util";
import { targetJsonSchema, targetPresets } from "@vj/schema";
import type { TargetInput, TargetPreset, TargetPresetName } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { starterOf } from "../rig/starter.ts";
import { addTarget, checkedTargets, editTarget } from "../rig/targets/target-change.ts";
import type { TargetChange } from "../rig/targets/target-change.ts";
import { openTask } from "../ui/form/form.ts";
import type { Form } from "../ui/form/form.ts";
import { switchOffQuestion } from "../ui/target-switch.ts";

/** A new target, filled in as far as its preset goes. @param preset undefined: no preset */
export function newTargetForm(preset: TargetPresetName | undefined, rig: RigState): Form {
  const known: TargetPreset | undefined = preset === undefined ? undefined : targetPresets[preset];
  const name = freeName(preset ?? "target", rig);
  const values = { name, host: "127.0.0.1", enabled: true, ...(preset === undefined ? {} : { preset }), ...(known?.port === undefined ? {} : { port: known.port }) };
  const apply: Apply = (entered, now, commands) => {
    const change = addTarget(entered);
    const problems = problemsOf(now, change, undefined);
    if (problems.size === 0) void commands.targets.change(change, `${nameOf(entered)} is added; t plays a test pattern to it`);
    return problems;
  };
  const about = known === undefined ? "" : `${known.program}: ${known.certainty}`;
  return openTask({ title: "New target", about, label: "add it", values, apply, chosen: nameOf }, targetJsonSchema());
}

/** A target of the list, with everything that it can be given. */
export function editTargetForm(target: TargetInput): Form {
  const apply: Apply = (entered, now, commands) => {
    const before: Readonly<Record<string, unknown>> = { ...target };
    const keys = [...new Set([...Object.keys(entered), ...Object.keys(before)])].filter((key) => !isDeepStrictEqual(entered[key], before[key]));
    if (keys.length === 0) return new Map();
    const change = editTarget(target.name, Object.fromEntries(keys.map((key) => [key, entered[key]])));
    const problems = problemsOf(now, change, target.name);
    if (problems.size === 0) void commands.targets.change(change, `${target.name}: ${keys.join(", ")} changed`);
    return problems;
  };
  const question: Question = ({ enabled }) => (target.enabled && enabled === false ? switchOffQuestion(target.name) : undefined);
  return openTask({ title: `Target ${target.name}`, about: "An empty field goes back to the preset, else to the default", label: "save", values: { ...target }, apply, question, chosen: nameOf }, targetJsonSchema());
}

const nameOf = (entered: Readonly<Record<string, unknown>>): string => String(entered["name"]);

type Apply = NonNullable<Form["task"]>["apply"];
type Question = NonNullable<NonNullable<Form["task"]>["question"]>;

/** The faults by field; those beyond the fields under "". */
function problemsOf(rig: RigState, change: TargetChange, name: string | undefined): ReadonlyMap<string, string> {
  const { list, problem } = rig.targets;
  if (list === undefined) return new Map([["", problem ?? `No process manager, which keeps the targets: ${starterOf(rig)} one`]]);
  const checked = checkedTargets(list.targets, change, name);
  if (checked.ok) return new Map();
  return checked.fields.size > 0 ? checked.fields : new Map([["", checked.message]]);
}

/** The name, or with a number behind it when it is taken. */
function freeName(name: string, { targets: { list } }: RigState): string {
  const taken = new Set(list?.targets.map((target) => target.name));
  for (let number = 2; taken.has(name) && number <= taken.size + 2; number += 1) {
    if (!taken.has(`${name}${number}`)) return `${name}${number}`;
  }
  return name;
}
