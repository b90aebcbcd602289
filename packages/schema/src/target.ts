import { targetPresetNames, targetPresets, targetShapes } from "@vj/contract";
import type { Target, TargetPreset, TargetPresetName, TargetView } from "@vj/contract";
import { hostSchema, plainHost } from "./host.ts";
import { z } from "zod";

const pattern = z.string().regex(/^[/*]/, 'begin with "/"').max(200);
/** An address as it goes out: the characters of OSC 1.0. */
const address = z.string().max(200).regex(/^[ -~]*$/, "write printable ASCII").regex(/^(\/[^\s#*,/?[\]{}]+)+$/, "write an OSC address such as /audio/level/bass: it begins with /, does not end with it, and has no blank, # * , ? [ ] { }");
/** An address, or one that ends in `/*`: all below it. */
const renamed = z.string().max(200).regex(/^[ -~]*$/, "write printable ASCII").regex(/^(\/[^\s#*,/?[\]{}]+)*(\/\*)?$/, "write an address, or one that ends in /*").min(2);

const renameRule = z
  .strictObject({ from: renamed, to: renamed })
  .refine(({ from, to }) => from.endsWith("/*") === to.endsWith("/*"), { path: ["to"], message: "ends in /* exactly when from does" });

/** What a receiver gets of all messages, and how it looks. */
const viewFields = {
  /** Left out: that of the preset, else packed. */
  shape: z.enum(targetShapes).optional().describe("How messages look: packed as the table has them, flat with one number 0 to 1 an address; empty: as the preset, else packed"),
  prefix: z.union([z.literal(""), address]).optional().describe("Begins every address, for example /vj"),
  rename: z.array(renameRule).max(512).optional().describe("Other addresses, such as [{\"from\": \"/audio/level/bass\", \"to\": \"/layer/1\"}]; empty: as the preset"),
  only: z.array(pattern).max(256).optional().describe("Nothing but these: addresses of the shape, or beginnings that end in *"),
  not: z.array(pattern).max(256).optional().describe("None of these: addresses of the shape, or beginnings that end in *"),
  rate: z.number().min(0.1).max(1000).optional().describe("Messages per second of each address at most; beats pass at once; empty: as the preset, else all"),
  on_change: z.boolean().optional().describe("Only what has changed; empty: as the preset, else all"),
  text: z.enum(["utf8", "ascii"]).optional().describe("ascii writes letters that the program may not know in plain ones"),
  safe: z.boolean().optional().describe("Flash guard: at most three flashes within a second"),
};

/** One receiver of telemetry as `targets.json` has it. A key that is not known is refused: a mistyped one would be ignored silently. */
export const targetInputSchema = z
  .strictObject({
    name: z.string().max(40).regex(/^[^\p{C}\s](?:[^\p{C}]*[^\p{C}\s])?$/u, "give a name without control characters or blanks around it").describe("Any name; each only once"),
    host: hostSchema.default("127.0.0.1").describe("The machine of the program"),
    port: z.int().min(1).max(65_535).optional().describe("UDP port on which the program receives OSC; empty: that of the preset"),
    enabled: z.boolean().default(true).describe("Whether anything is sent there"),
    preset: z.enum(targetPresetNames).optional().describe("What is known of its program; own values count before it"),
    ...viewFields,
  })
  .superRefine(({ port, preset }, context) => {
    const known = presetOf(preset);
    if ((port ?? known?.port) !== undefined) return;
    const whose = known === undefined ? "" : `: the user of ${known.program} chooses it, so give the one that was chosen there`;
    context.addIssue({ code: "custom", path: ["port"], message: `is missing${whose}` });
  });
/** A target as it is written in `targets.json`, before its preset is applied. */
export type TargetInput = z.output<typeof targetInputSchema>;

/** A target with its preset applied: values of its own count before those of the preset. */
export function resolveTarget(target: TargetInput): Target & { readonly view: TargetView } {
  const { name, host, enabled } = target;
  const preset = presetOf(target.preset);
  return {
    name,
    host: plainHost(host),
    // One of them is there: the schema refuses a target without a port.
    port: target.port ?? preset?.port ?? 0,
    enabled,
    view: {
      shape: target.shape ?? preset?.shape ?? "packed",
      prefix: target.prefix ?? "",
      rename: target.rename ?? preset?.rename ?? [],
      only: target.only ?? preset?.only,
      not: target.not ?? [],
      rate: target.rate ?? preset?.rate,
      on_change: target.on_change ?? preset?.on_change ?? false,
      text: target.text ?? "utf8",
      safe: target.safe ?? false,
    },
  };
}

function presetOf(name: TargetPresetName | undefined): TargetPreset | undefined {
  return name === undefined ? undefined : targetPresets[name];
}

/** A target as `targets.json` has it; parsed, its preset is applied. */
export const targetSchema = targetInputSchema.transform(resolveTarget);

/** Rename rules and patterns of all targets together: so many fit into a message to the manager. */
const mostRules = 1000;

/** Number of targets of one rig. */
export const mostTargets = 64;

const targetList = z.array(targetInputSchema).max(mostTargets).superRefine((targets, context) => {
  const names = new Set<string>();
  for (const [index, { name }] of targets.entries()) {
    if (names.has(name)) context.addIssue({ code: "custom", path: [index, "name"], message: `"${name}" is the name of another target` });
    names.add(name);
  }
  const rules = targets.reduce((sum, { rename = [], only = [], not = [] }) => sum + rename.length + only.length + not.length, 0);
  if (rules > mostRules) context.addIssue({ code: "custom", path: [], message: `have ${rules} rename rules and patterns together; ${mostRules} are allowed` });
});

/** `targets.json` as it is written. */
export const targetsInputSchema = z.strictObject({ targets: targetList });
/** `targets.json`; parsed, presets are applied. */
export const targetsFileSchema = z.strictObject({ targets: targetList.transform((targets) => targets.map(resolveTarget)) });

/**
 * The reply to `get_targets`: the receivers as they are written down, and where. `revision`: another one for every content of the file. A refusal
 * because the file is broken has those in force, too: of the last good file, or the default.
 */
export const writtenTargetsSchema = z.object({ targets: targetList, from: z.enum(["environment", "file", "last_good", "default"]), file: z.string(), revision: z.string().optional() });

/** The JSON Schema of one target as `targets.json` has it, for forms. */
export function targetJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(targetInputSchema, { io: "input" }) };
}
