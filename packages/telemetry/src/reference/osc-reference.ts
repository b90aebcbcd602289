import { oscTags } from "@vj/contract";
import type { OscAddress, OscArgument, OscTable } from "@vj/contract";

/** A part of the reference page. */
export interface ReferenceSection {
  readonly title: string;
  readonly table: OscTable;
}

/** The address tables as Markdown, one table per section. */
export function oscReference(sections: readonly ReferenceSection[]): string {
  return sections.map(({ title, table }) => section(title, table)).join("\n");
}

function section(title: string, table: OscTable): string {
  const rows = Object.entries(table).map(([address, definition]) => row(address, definition));
  const head = ["| Address | Types | Arguments | When | Meaning |", "|---|---|---|---|---|"];
  return [`## ${title}`, "", ...head, ...rows, ""].join("\n");
}

function row(address: string, definition: OscAddress): string {
  const tags = oscTags(definition);
  const cells = [
    `\`${address}\``,
    tags === "" ? "–" : `\`${tags}\``,
    definition.args.length === 0 ? "–" : argumentsCell(definition.args),
    whenCell(definition),
    definition.description,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function argumentsCell(args: readonly OscArgument[]): string {
  const first = args[0];
  const last = args.at(-1);
  const shared = new Set(args.map(detail));
  // The 32 bins differ only by their number, so they share one entry.
  if (args.length > 8 && first !== undefined && last !== undefined && shared.size === 1) {
    return `\`${first.name}\` … \`${last.name}\`${detail(first)}`;
  }
  if (args.length > 1 && shared.size === 1) return `${args.map(({ name }) => `\`${name}\``).join(", ")}${detail(args[0])}`;
  return args.map((argument) => `\`${argument.name}\`${detail(argument)}`).join(", ");
}

function detail(argument: OscArgument | undefined): string {
  if (argument === undefined) return "";
  const { min, max, unit, optional } = argument;
  const parts = [
    min !== undefined && max !== undefined ? `${min}–${max}` : "",
    min !== undefined && max === undefined ? `≥ ${min}` : "",
    min === undefined && max !== undefined ? `≤ ${max}` : "",
    unit ?? "",
    optional === true ? "optional" : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` (${parts.join(" ")})`;
}

function whenCell({ kind, rate, list }: OscAddress): string {
  if (rate !== undefined) return `${rate}/s`;
  if (list?.role === "item") return `per item of ${list.name}`;
  return kind === "state" ? "on change, state" : "on change";
}
