import { fieldsOf } from "@vj/rig";
import { checkValue } from "./check.ts";
import type { Field } from "./field.ts";

/** A typed text as a value; `value` is undefined where the field is left out. */
export type ReadValue = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** A value as it is edited. A secret begins empty. */
export function textOfValue(field: Field, value: unknown): string {
  if (value === undefined || value === null || field.secret) return "";
  if (field.kind === "list" && Array.isArray(value)) return listText(value);
  if (field.kind === "json") return jsonText(value);
  return wordOf(value);
}

/** A choice or any single value as one word. */
export function wordOf(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** Reads what was typed, and checks it as far as the JSON Schema goes. The worker checks everything itself. */
export function readValue(field: Field, text: string): ReadValue {
  const value = parse(field, text);
  if (value instanceof Unreadable) return { ok: false, message: value.message };
  if (value === undefined) return field.required || field.filled ? { ok: false, message: "is needed" } : { ok: true, value };
  const message = value === null && field.nullable ? undefined : checkValue(field.rule, value);
  return message === undefined ? { ok: true, value } : { ok: false, message };
}

/** A text that does not fit its field. */
class Unreadable {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

/** What a switch may be typed as. */
const switchWords: ReadonlyMap<string, boolean> = new Map([
  ...["true", "on", "yes", "1"].map((word) => [word, true] as const),
  ...["false", "off", "no", "0"].map((word) => [word, false] as const),
]);

/** @returns undefined where nothing is given */
function parse(field: Field, text: string): unknown {
  const trimmed = text.trim();
  const nothing = field.nullable ? null : undefined;
  switch (field.kind) {
    case "text":
      return text === "" && field.nullable ? null : text;
    case "number":
      if (trimmed === "") return nothing;
      return numberPattern.test(trimmed) ? Number(trimmed) : new Unreadable("is not a number");
    case "switch":
      return trimmed === "" ? nothing : (switchWords.get(trimmed.toLowerCase()) ?? new Unreadable("must be on or off"));
    case "choice":
      return trimmed === "" ? nothing : (field.choices.find((choice) => wordOf(choice) === text) ?? new Unreadable("is not one of the choices"));
    case "list":
      return trimmed.startsWith("[") ? parseJson(trimmed) : trimmed.split(",").map((item) => item.trim()).filter((item) => item !== "").map((item) => ofItem(field, item));
    case "json":
      return trimmed === "" ? nothing : parseLoose(field, trimmed);
  }
}

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function ofItem(field: Field, item: string): unknown {
  const type = fieldsOf(field.rule, "items")?.["type"];
  return type !== "string" && numberPattern.test(item) ? Number(item) : item;
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return new Unreadable(`is not JSON; write it like ${text.startsWith("{") ? '{"key": "value"}' : '["a", "b"]'}`);
  }
}

/** JSON, or text where any value may stand. */
function parseLoose(field: Field, text: string): unknown {
  const value = parseJson(text);
  const anything = field.rule["type"] === undefined && !/^[[{"]/.test(text);
  return value instanceof Unreadable && (anything || field.rule["type"] === "string") ? text : value;
}

/** Apart by commas; as JSON where an item could be misread. */
function listText(items: readonly unknown[]): string {
  const simple = items.every((item) => typeof item === "number" || (typeof item === "string" && item !== "" && item === item.trim() && !/^\[|,/.test(item)));
  return simple ? items.join(", ") : JSON.stringify(items);
}

/** Text that would be read as JSON is written as JSON. */
function jsonText(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value);
  return value !== "" && value === value.trim() && parseJson(value) instanceof Unreadable && !/^[[{"]/.test(value) ? value : JSON.stringify(value);
}
