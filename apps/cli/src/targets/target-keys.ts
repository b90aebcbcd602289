import { nearestNames, resolveTarget, targetPresetNames } from "@vj/schema";
import type { TargetInput } from "@vj/schema";
import { parseValues } from "../values.ts";

/**
 * Keys of a target as a person types them: `only=/audio/*,/karaoke/*` is a list too, and so is `rename=/audio/level/bass:/layer/1`.
 * @throws CliError that names a word without `=`
 */
export function targetKeys(words: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(parseValues(words)).map(([key, value]) => [key, asList(key, asTyped(key, value, words))]));
}

/** `host=127.1` is a text although it looks like a number, and `port=09000` a number although it does not. */
function asTyped(key: string, value: unknown, words: readonly string[]): unknown {
  const word = words.findLast((one) => one.startsWith(`${key}=`))?.slice(key.length + 1) ?? "";
  if (typeof value === "number" && key !== "port" && key !== "rate") return word;
  return key === "port" && /^\d+$/.test(word) ? Number(word) : value;
}

function asList(key: string, value: unknown): unknown {
  if (typeof value !== "string" || (key !== "only" && key !== "not" && key !== "rename")) return value;
  const parts = value.split(",").map((part) => part.trim()).filter((part) => part !== "");
  return key === "rename" ? parts.map(renameRule) : parts;
}

/** Without a colon the rule stays as it is, and is refused with its place. */
function renameRule(text: string): unknown {
  const [from, to, ...more] = text.split(":");
  return to === undefined || more.length > 0 ? text : { from, to };
}

/** The preset that a target is named after, in any case of letters. */
export function presetNamed(name: string): (typeof targetPresetNames)[number] | undefined {
  return targetPresetNames.find((preset) => preset === name.toLowerCase());
}

/** What to try when a target cannot be added: the preset that may be meant. */
export function presetHint(name: string, preset: unknown): string | undefined {
  const [nearest] = nearestNames(typeof preset === "string" ? preset : name, targetPresetNames, 1);
  if (nearest === undefined || nearest === preset || (preset === undefined && nearest === presetNamed(name))) return undefined;
  return `is the preset ${nearest} meant? vj target add ${preset === undefined ? nearest : `${name} --preset ${nearest}`}; all of them: vj target presets`;
}

/** Other targets that send to the same place: its program gets twice what both send. Those that are off are left out. */
export function sharingPlace(target: TargetInput, targets: readonly TargetInput[]): string[] {
  const { host, port, enabled } = resolveTarget(target);
  if (!enabled) return [];
  return targets
    .map((one) => resolveTarget(one))
    .filter((one) => one.name !== target.name && one.enabled && one.host === host && one.port === port)
    .map(({ name }) => name);
}
