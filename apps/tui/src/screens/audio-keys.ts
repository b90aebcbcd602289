import { fieldsOf } from "@vj/rig";
import type { Description } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { features } from "../rig/sound-features.ts";
import type { Feature } from "../rig/sound-features.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { own, setConfig, settingOf } from "../rig/settings.ts";
import type { KeyBinding, KeyContext } from "../ui/keys.ts";
import { sendAfterQuestion } from "../ui/questions.ts";
import { isLocked } from "../widgets/tempo-source.ts";

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
  /** In the line of all of them; left out where the key before says it. */
  readonly short?: string;
  readonly cmd: string;
  readonly args: (rig: RigState) => Readonly<Record<string, unknown>>;
}

const nothing = (): Readonly<Record<string, unknown>> => ({});

const handControls: readonly HandControl[] = [
  { keys: [" "], label: "tap the tempo", short: "space tap", cmd: "tap", args: nothing },
  { keys: ["["], label: "beats 10 ms earlier", short: "[ ] 10 ms", cmd: "nudge", args: () => ({ ms: -10 }) },
  { keys: ["]"], label: "beats 10 ms later", cmd: "nudge", args: () => ({ ms: 10 }) },
  { keys: [">"], label: "double tempo", short: "> double", cmd: "double", args: nothing },
  { keys: ["<"], label: "half tempo", short: "< half", cmd: "halve", args: nothing },
  { keys: ["n"], label: "beat 1 is now", short: "n beat 1", cmd: "resync", args: nothing },
  { keys: ["m"], label: "lock the tempo", short: "m lock", cmd: "lock", args: (rig) => ({ on: !isLocked(rig) }) },
  { keys: ["x"], label: "let the tempo go", short: "x let go", cmd: "auto", args: nothing },
];

/** Whether a command wants to know when its key was pressed. */
const takesTime = (command: Description["commands"][string] | undefined): boolean => fieldsOf(fieldsOf(command?.args, "properties"), "at_us") !== undefined;

const knownCommands = (rig: RigState): Description["commands"] => own(rig.workers, analyzerName)?.description?.commands ?? {};
const knownControls = (rig: RigState): readonly HandControl[] => handControls.filter(({ cmd }) => Object.hasOwn(knownCommands(rig), cmd));

/** The keys of all corrections in a few words: they are needed at once. */
export function handKeyWords(rig: RigState): readonly string[] {
  return knownControls(rig).flatMap(({ short }) => short ?? []);
}

/** Keys of the corrections that the analyzer takes. */
export function handKeys(rig: RigState): readonly KeyBinding[] {
  const known = knownCommands(rig);
  return knownControls(rig).map(({ keys, label, cmd, args }) => ({
    ...{ keys, label, ...(cmd === "tap" ? { footer: 5 } : {}) },
    // A beat is where the key was pressed, not where the command arrives.
    run: (context) => send(context, cmd, { ...args(context.rig), ...(takesTime(known[cmd]) ? { at_us: context.pressedUs } : {}) }),
  }));
}
