import { choiceAddresses, flatAddress, targetPresets } from "@vj/contract";
import type { OscArgument, OscTable, TargetPreset } from "@vj/contract";

/** Where each argument of a table stands in the flat shape, and which values become 0 and 1, as Markdown. */
export function flatReference(table: OscTable): string {
  const rows = Object.entries(table).flatMap(([address, definition]) => {
    if (definition.args.length === 0) return [`| \`${address}\` | \`${address}\` | trigger: 1, then 0 |`];
    // Bins that differ by their number only share one row.
    const [first] = definition.args;
    const last = definition.args.at(-1);
    if (definition.args.length > 8 && first !== undefined && last !== undefined) {
      return [`| \`${address}\` \`${first.name}\` … \`${last.name}\` | \`${flatAddress(address, first)}\` … \`${flatAddress(address, last)}\` | ${scale(first)} |`];
    }
    return definition.args.flatMap((argument) => [
      `| \`${address}\` \`${argument.name}\` | \`${flatAddress(address, argument)}\` | ${scale(argument)} |`,
      ...choiceAddresses(address, argument).map(([choice, at]) => `| \`${address}\` \`${argument.name}\` | \`${at}\` | 1 while it is \`${choice}\`, else 0 |`),
    ]);
  });
  return ["| Argument | Flat address | 0 to 1 |", "|---|---|---|", ...rows, ""].join("\n");
}

function scale(argument: OscArgument): string {
  if (argument.tag === "s") return "text";
  const { min, max, range, unit = "" } = argument;
  const low = range?.[0] ?? min;
  const high = range?.[1] ?? max;
  if (low === undefined || high === undefined) return "approaches 1";
  return low === 0 && high === 1 ? "as it is" : `${low} to ${high}${unit === "" ? "" : ` ${unit}`}`;
}

/** The presets of targets, as Markdown. */
export function presetReference(): string {
  const presets: Readonly<Record<string, TargetPreset>> = targetPresets;
  const rows = Object.entries(presets).map(
    ([name, { program, port, shape, certainty }]) => `| \`${name}\` | ${program} | ${port ?? "you choose"} | ${shape} | ${certainty} |`,
  );
  const renames = Object.entries(presets).flatMap(([name, { rename = [] }]) => rename.map(({ from, to }) => `| \`${name}\` | \`${from}\` | \`${to}\` |`));
  return [
    ...["| Preset | Program | Port | Shape | Certainty |", "|---|---|---|---|---|", ...rows, ""],
    ...["What a preset sends under another name, unless the target has its own `rename`:", ""],
    ...["| Preset | Flat address | Sent as |", "|---|---|---|", ...renames, ""],
  ].join("\n");
}
