import { fieldsOf, numberField } from "@vj/rig";
import type { Fields } from "@vj/rig";

/**
 * Checks a value against a JSON Schema, as far as is safe and cheap: types, sizes, ranges. Patterns of strangers are not run, they
 * could take for ever; the worker checks them.
 * @returns what is wrong, for a person, as the end of a sentence about the field; undefined when nothing is
 */
export function checkValue(rule: Fields, value: unknown): string | undefined {
  if (!fitsType(rule["type"], value)) return `must be ${typeNames[String(rule["type"])] ?? String(rule["type"])}`;
  if (typeof value === "number") return checkNumber(rule, value);
  if (typeof value === "string") return checkText(rule, value);
  return Array.isArray(value) ? checkList(rule, value) : undefined;
}

const typeNames: Readonly<Record<string, string>> = {
  ...{ string: "text", number: "a number", integer: "a whole number", boolean: "on or off", array: 'a list, as JSON ["a", "b"]', object: 'an object, as JSON {"key": "value"}' },
};

function fitsType(type: unknown, value: unknown): boolean {
  switch (type) {
    case "string":
    case "boolean":
      return typeof value === type;
    case "number":
      return Number.isFinite(value);
    case "integer":
      return Number.isSafeInteger(value);
    case "array":
      return Array.isArray(value);
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    default:
      return true;
  }
}

function checkNumber(rule: Fields, value: number): string | undefined {
  const { least, most } = rangeOf(rule);
  const above = numberField(rule, "exclusiveMinimum");
  const below = numberField(rule, "exclusiveMaximum");
  if (least !== undefined && value < least) return `must be at least ${least}`;
  if (most !== undefined && value > most) return `must be at most ${most}`;
  if (above !== undefined && value <= above) return `must be more than ${above}`;
  if (below !== undefined && value >= below) return `must be less than ${below}`;
  const step = numberField(rule, "multipleOf");
  if (step === undefined || step <= 0) return undefined;
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-9 * Math.max(1, Math.abs(steps)) ? undefined : `must be a multiple of ${step}`;
}

/** The range of a number; the bounds of whole numbers as such are none. */
export function rangeOf(rule: Fields): { readonly least: number | undefined; readonly most: number | undefined } {
  const bound = (key: string): number | undefined => {
    const value = numberField(rule, key);
    return value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
  };
  return { least: bound("minimum"), most: bound("maximum") };
}

function checkText(rule: Fields, value: string): string | undefined {
  const { length } = Array.from(value);
  const least = numberField(rule, "minLength") ?? 0;
  const most = numberField(rule, "maxLength") ?? Infinity;
  if (length === 0 && least > 0) return "may not be empty";
  if (length < least) return `must have at least ${least} characters`;
  return length > most ? `may have at most ${most} characters, this has ${length}` : undefined;
}

function checkList(rule: Fields, values: readonly unknown[]): string | undefined {
  const least = numberField(rule, "minItems") ?? 0;
  const most = numberField(rule, "maxItems") ?? Infinity;
  if (values.length < least) return `needs at least ${least} of them`;
  if (values.length > most) return `may have at most ${most} of them, this has ${values.length}`;
  const items = fieldsOf(rule, "items") ?? {};
  for (const [index, value] of values.entries()) {
    const wrong = checkValue(items, value);
    if (wrong !== undefined) return `number ${index + 1} ${wrong}`;
  }
  const isDouble = rule["uniqueItems"] === true && new Set(values.map((value) => JSON.stringify(value))).size < values.length;
  return isDouble ? "may not name one twice" : undefined;
}
