import type { OscArgument } from "@vj/schema";
import { tagOf } from "@vj/telemetry";
import type { RigState } from "../rig/rig-state.ts";
import type { OscEntry } from "../telemetry/osc-rows.ts";
import type { ArgumentHistory } from "../telemetry/histories.ts";
import { cutText } from "../text/fit.ts";
import { age, count, rate } from "../text/format.ts";
import { history } from "../text/history.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { wrapText } from "../text/wrap.ts";
import { describedTags, fullValue } from "./osc-values.ts";
import type { View } from "./view.ts";

/** Everything about one address: each argument by its name, with its range, what it has been, and a history. */
export function oscDetail(entry: OscEntry, seen: readonly ArgumentHistory[], view: View): Line[] {
  const { now, width, signs } = view;
  const { worker, definition } = definitionOf(entry.address, view.rig);
  const facts = [entry.tags === "" ? "no arguments" : entry.tags, `${rate(entry.rate)}/s`, `${count(entry.count)} received`, `last ${age(now - entry.receivedAt)} ago`, worker === undefined ? "no worker describes it" : `described by ${worker}`];
  const about = definition?.description ?? "";
  const described = definition === undefined ? undefined : describedTags(definition.args, entry.tags);
  return [
    ...wrapText(facts.join(" · "), width - 2).map((text) => row(" ", dim(text))),
    ...(about === "" ? [] : wrapText(about, width - 2).map((text) => row(" ", text))),
    ...(entry.changedFrom === undefined ? [] : [row(" ", coloured("yellow", `${signs.warn} type changed: ${entry.changedFrom} → ${entry.tags}; receivers that read by position break`))]),
    ...(described === undefined ? [] : wrapText(`${signs.warn} ${worker} describes it as ${described || "without arguments"} and sends ${cutText(entry.tags, 60) || "none"}: receivers that go by the description do not read it`, width - 2).map((text) => row(" ", coloured("yellow", text)))),
    [],
    ...entry.args.slice(0, mostArguments).flatMap((value, index) => argumentLines({ value, tag: tagOf(entry.tags, index) || "?", definition: definition?.args[index], seen: seen[index], index }, width)),
    ...(entry.args.length > mostArguments ? [row("  ", dim(`${entry.args.length - mostArguments} more arguments: vj osc --json shows all`))] : []),
  ];
}

/** Further arguments are only counted. */
const mostArguments = 1000;

interface Argument {
  readonly value: unknown;
  readonly tag: string;
  readonly definition: OscArgument | undefined;
  readonly seen: ArgumentHistory | undefined;
  readonly index: number;
}

function argumentLines({ value, tag, definition, seen, index }: Argument, width: number): Line[] {
  const name = definition?.name ?? `argument ${index + 1}`;
  const range = definition?.min === undefined && definition?.max === undefined ? "" : ` ${definition.min ?? "–"} to ${definition.max ?? "–"}`;
  const unit = definition?.unit === undefined ? "" : ` ${definition.unit}`;
  const [first = "", ...rest] = wrapText(fullValue(value, tag), Math.max(8, width - 6));
  const lines = [row("  ", bold(name), dim(` ${tag}${range}${unit}`)), row("    ", first), ...rest.map((text) => row("    ", text))];
  if (seen === undefined || seen.samples.length === 0) return lines;
  const { least, most, samples } = seen;
  const span = most - least;
  const [curve = ""] = history(samples.map((sample) => (span > 0 ? (sample - least) / span : 0.5)), Math.max(8, Math.min(60, width - 40)));
  return [...lines, row("    ", coloured("cyan", curve), dim(`  ${short(least)} to ${short(most)} while it was looked at`))];
}

const short = (value: number): string => String(Math.round(value * 1000) / 1000);

/** Who declares an address; names come from strangers, so own fields alone count. */
function definitionOf(address: string, { workers }: RigState): { readonly worker: string | undefined; readonly definition: { readonly args: readonly OscArgument[]; readonly description: string } | undefined } {
  for (const { name, description } of Object.values(workers)) {
    const table = description?.osc ?? {};
    const definition = Object.hasOwn(table, address) ? table[address] : undefined;
    if (definition !== undefined) return { worker: name, definition };
  }
  return { worker: undefined, definition: undefined };
}
