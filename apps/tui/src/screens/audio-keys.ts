import { fieldsOf, flagField } from "@vj/rig";
import type { Description } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { features } from "../rig/sound-features.ts";
import type { Feature } from "../rig/sound-features.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { own, setConfig, settingOf } from "../ui/form/form.ts";
import type { KeyBinding, KeyContext } from "../ui/keys.ts";
import { sendAfterQuestion } from "../ui/questions.ts";

/** Whether a feature is on; undefined where the analyzer does not have it. */
export function isOn({ setting }: Feature, rig: RigState): boolean | undefined {
  const value = settingOf(analyzerName, setting, rig);
  return typeof value === "boolean" ? value : undefined;
}

const send = ({ commands }: KeyContext, cmd: string, args: Readonly<Record<string, unknown>>): void => void commands.send({ worker: analyzerName, cmd, args, shown: args });

/** Keys of the features that the analyzer has. What is switched off ends on every wall, so it asks. */
export function featureKeys(rig: RigState): readonly KeyBinding[] {
  return features.filter((feature) => isOn(feature, rig) !== undefined).map((feature) => ({
    keys: [feature.key],
    label: `${feature.name} on/off`,
    run: (context) => {
      const args = { [feature.setting]: isOn(feature, context.rig) !== true };
      sendAfterQuestion(context, { worker: analyzerName, cmd: setConfig, args, shown: args });
    },
  }));
}

/** A command of the analyzer that corrects the tempo by hand. */
interface HandControl {
  readonly keys: readonly string[];
  readonly label: string;
  readonly cmd: string;
  readonly args: (rig: RigState) => Readonly<Record<string, unknown>>;
}

const nothing = (): Readonly<Record<string, unknown>> => ({});

const handControls: readonly HandControl[] = [
  { keys: [" "], label: "tap the tempo", cmd: "tap", args: nothing },
  { keys: ["["], label: "beats 10 ms earlier", cmd: "nudge", args: () => ({ ms: -10 }) },
  { keys: ["]"], label: "beats 10 ms later", cmd: "nudge", args: () => ({ ms: 10 }) },
  { keys: [">"], label: "double tempo", cmd: "double", args: nothing },
  { keys: ["<"], label: "half tempo", cmd: "halve", args: nothing },
  { keys: ["n"], label: "beat 1 is now", cmd: "resync", args: nothing },
  { keys: ["m"], label: "lock the tempo", cmd: "lock", args: (rig) => ({ on: !isLocked(rig) }) },
  { keys: ["x"], label: "let the tempo go", cmd: "auto", args: nothing },
];

/** Whether a person holds the tempo, as the analyzer says. */
export function isLocked(rig: RigState): boolean {
  return flagField(fieldsOf(own(rig.workers, analyzerName)?.state, "tempo"), "locked") === true;
}

/** Whether a command wants to know when its key was pressed. */
const takesTime = (command: Description["commands"][string] | undefined): boolean => fieldsOf(fieldsOf(command?.args, "properties"), "at_us") !== undefined;

/** Keys of the corrections that the analyzer takes. */
export function handKeys(rig: RigState): readonly KeyBinding[] {
  const known = own(rig.workers, analyzerName)?.description?.commands ?? {};
  return handControls.filter(({ cmd }) => Object.hasOwn(known, cmd)).map(({ keys, label, cmd, args }) => ({
    ...{ keys, label, ...(cmd === "tap" ? { footer: 5 } : {}) },
    // A beat is where the key was pressed, not where the command arrives.
    run: (context) => send(context, cmd, { ...args(context.rig), ...(takesTime(known[cmd]) ? { at_us: context.pressedUs } : {}) }),
  }));
}
