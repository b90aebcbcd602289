import { lineWidth } from "./fit.ts";
import { plainValue } from "./format.ts";
import { Span, dim, row } from "./span.ts";
import type { Line } from "./span.ts";
import { fold } from "./wrap.ts";

/** A name and its value. */
export type Fact = readonly [name: string, value: string];

/** Depth to which nested records are taken apart: foreign values may be nested without limit. */
const deepest = 4;

/** Turns any value into facts. Fields of a record become separate facts: `source.kind demo`. */
export function flatFacts(name: string, value: unknown, depth = 0): Fact[] {
  if (depth > deepest) return [[name, "…"]];
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return [[name, plainValue(value.join("; "))]];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, plainValue(value)]];
  return Object.entries(value).flatMap(([inner, innerValue]) => flatFacts(`${name}.${inner}`, innerValue, depth + 1));
}

/** Facts side by side, as many on a row as fit; a longer one goes on below. */
export function factRows(facts: readonly Fact[], width: number): Line[] {
  const lines: Line[] = [];
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
