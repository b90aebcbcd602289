import { fieldsOf, isFields, numberField, textField } from "@vj/rig";
import type { Fields } from "@vj/rig";
import { reservedArguments } from "@vj/schema";
import { hasMark, resolveRule } from "./rule.ts";

/** How a value is edited. `list`: values on one line, apart by commas; `json`: anything else, as JSON or plain text. */
export type FieldKind = "text" | "number" | "choice" | "switch" | "list" | "json";

/** One setting or argument, as its JSON Schema describes it. */
export interface Field {
  readonly key: string;
  readonly kind: FieldKind;
  /** What is typed is masked, and its value is shown nowhere. */
  readonly secret: boolean;
  readonly about: string;
  /** Whether a command cannot go without it. */
  readonly required: boolean;
  /** Of a setting: it always has a value, so it cannot be left out. */
  readonly filled: boolean;
  /** Whether it may be null. */
  readonly nullable: boolean;
  /** Of a number; empty when it has none. */
  readonly unit: string;
  /** Of a number: what one step adds. */
  readonly step: number;
  /** Of a choice: the values, null left out. */
  readonly choices: readonly unknown[];
  readonly fallback: unknown;
  /** Its JSON Schema, with references and alternatives resolved as far as they can be. */
  readonly rule: Fields;
}

/** The fields of an object's JSON Schema, in its order. What has no effect, cannot be written or cannot be sent is left out. */
export function readFields(schema: Fields): readonly Field[] {
  const known = cache.get(schema);
  if (known !== undefined) return known;
  const list = schema["required"];
  const required = new Set(Array.isArray(list) ? list.map(String) : []);
  const fields = Object.entries(fieldsOf(schema, "properties") ?? {})
    .filter(([key, rule]) => !reservedArguments.includes(key) && rule !== false && !isLeftOut(rule))
    .map(([key, rule]) => readField(key, isFields(rule) ? rule : {}, schema, required.has(key)));
  cache.set(schema, fields);
  return fields;
}

/** The same fields for settings. A schema need not say of each setting that it is required, or what it is by default. */
export function readSettings(schema: Fields): readonly Field[] {
  const known = settings.get(schema);
  if (known !== undefined) return known;
  const fields = readFields(schema).map((field) => ({ ...field, filled: !field.nullable }));
  settings.set(schema, fields);
  return fields;
}

/** Forms are drawn many times from one schema. */
const cache = new WeakMap<Fields, readonly Field[]>();
const settings = new WeakMap<Fields, readonly Field[]>();

const isLeftOut = (rule: unknown): boolean => isFields(rule) && (hasMark(rule, "noeffect") || rule["readOnly"] === true);

function readField(key: string, given: Fields, root: Fields, required: boolean): Field {
  const { rule: own, nullable } = resolveRule(given, root);
  const items = fieldsOf(own, "items");
  const rule = items === undefined ? own : { ...own, items: resolveRule(items, root).rule };
  const secret = hasMark(rule, "secret") || rule["writeOnly"] === true || rule["format"] === "password";
  const choices = (Array.isArray(rule["enum"]) ? rule["enum"] : []).filter((choice) => choice !== null);
  const kind = kindOf(rule, choices);
  return {
    key,
    // A switch and a choice show their current value.
    kind: secret && (kind === "switch" || kind === "choice") ? "json" : kind,
    secret,
    about: textField(rule, "description") ?? textField(rule, "title") ?? "",
    required: required && !("default" in rule),
    filled: false,
    nullable,
    unit: unitOf(key, rule),
    step: stepOf(rule),
    choices,
    fallback: rule["default"],
    rule,
  };
}

function kindOf(rule: Fields, choices: readonly unknown[]): FieldKind {
  if (choices.length > 0) return "choice";
  switch (rule["type"]) {
    case "string":
      return "text";
    case "number":
    case "integer":
      return "number";
    case "boolean":
      return "switch";
    case "array":
      return isFlat(fieldsOf(rule, "items")) ? "list" : "json";
    default:
      return "json";
  }
}

const isFlat = (items: Fields | undefined): boolean => ["string", "number", "integer"].includes(String(items?.["type"]));

/** By the end of the key, where the schema names none. */
const unitsByEnd: Readonly<Record<string, string>> = { ms: "ms", sec: "s", seconds: "s", min: "min", minutes: "min", db: "dB", hz: "Hz", bpm: "BPM", percent: "%", mb: "MB", px: "px" };

function unitOf(key: string, rule: Fields): string {
  const end = /_([a-z]+)$/.exec(key)?.[1] ?? "";
  const byEnd = Object.hasOwn(unitsByEnd, end) ? (unitsByEnd[end] ?? "") : "";
  return rule["type"] === "number" || rule["type"] === "integer" ? (textField(rule, "unit") ?? textField(rule, "x-unit") ?? byEnd) : "";
}

function stepOf(rule: Fields): number {
  const named = numberField(rule, "multipleOf") ?? numberField(rule, "step") ?? numberField(rule, "x-step");
  if (named !== undefined && named > 0) return named;
  if (rule["type"] === "integer") return 1;
  const range = (numberField(rule, "maximum") ?? 100) - (numberField(rule, "minimum") ?? 0);
  // About a hundred steps, each a power of ten.
  return range > 0 && range < 1e9 ? 10 ** Math.round(Math.log10(range / 100)) : 1;
}

