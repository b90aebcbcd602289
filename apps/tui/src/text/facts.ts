import { lineWidth } from "./fit.ts";
import { plainValue } from "./format.ts";
import { Span, dim, row } from "./span.ts";
import type { Line } from "./span.ts";
import { fold } from "./wrap.ts";

/** A name and its value. */
export type Fact = readonly [name: string, value: string];

/** Depth to which nested records are taken apart: foreign values may be nested without limit. */
const deepest = 4;

/** Characters of a value that are shown, and facts: the state of a stranger's worker may be a megabyte, and is drawn in every picture. */
const most = { value: 2000, facts: 400 } as const;

/** Turns any value into facts. Fields of a record become separate facts: `source.kind demo`. */
export function flatFacts(name: string, value: unknown, depth = 0): Fact[] {
  if (depth > deepest) return [[name, "…"]];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return [[name, shortened(value.join("; "))]];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, shortened(value)]];
  return Object.entries(value).flatMap(([inner, innerValue]) => flatFacts(`${name}.${inner}`, innerValue, depth + 1));
}

function shortened(value: unknown): string {
  const text = plainValue(value);
  return text.length <= most.value ? text : `${text.slice(0, most.value).replace(/[\ud800-\udbff]$/, "")}… (${text.length} characters)`;
}

/** Facts side by side, as many on a row as fit; a longer one goes on below. */
export function factRows(all: readonly Fact[], width: number): Line[] {
  const lines: Line[] = [];
  const facts = all.length <= most.facts ? all : [...all.slice(0, most.facts), ["and so on:", `${all.length - most.facts} more`] as const];
  for (const [name, value] of facts) {
    const [first = "", ...rest] = fold(value, Math.max(8, width - name.length - 4));
    const fact = row(dim(`${name} `), first);
    const last = lines.at(-1);
    if (last !== undefined && lineWidth(last) + lineWidth(fact) + 3 <= width) lines[lines.length - 1] = [...last, new Span("   "), ...fact];
    else lines.push([new Span("  "), ...fact]);
    lines.push(...rest.map((part) => row("      ", part)));
  }
  return lines;
}
