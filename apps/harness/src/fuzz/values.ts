import { limits, parseJson } from "@vj/schema";
import type { Random } from "../random.ts";
import { asSchema, numberOf, objectText, requiredFields } from "./schema-text.ts";
import type { JsonText, Schema } from "./schema-text.ts";

/** Lengths of texts, lists and objects where no limit is declared: those of the contract. */
const usualLimits = [limits.msgIdCharacters, limits.nameCharacters, limits.textCharacters, limits.settingCharacters, limits.messageValues, limits.messageDepth];
/** One in this many values may be longer than a large frame: large frames take turns, ten a second. */
const largeOneIn = 400;

/** A length at, below or above a limit. Large ones are rare. */
export function lengthAround(random: Random, limit: number | undefined): number {
  const around = limit ?? random.pick(usualLimits);
  if (random.below(largeOneIn) === 0) return random.pick([limits.largeFrameBytes - 100, limits.largeFrameBytes + 1, limits.frameBytes - 300]);
  return Math.min(random.pick([0, 1, around - 1, around, around + 1, 2 * around]), limits.largeFrameBytes / 4);
}

const pieces = ["a", "é", "😀", '"', "\\", "\u0000", "\u001b]0;x\u0007", " ", "../", "\ud800", "__proto__"];

/** A text of this many UTF-16 units, one piece repeated. */
function textOf(random: Random, length: number): string {
  const piece = random.pick(pieces);
  return piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
}

/** A value of a wrong type. */
export function strangeValue(random: Random): JsonText {
  const count = lengthAround(random, undefined);
  return random.pick<() => JsonText>([
    () => "null",
    () => "[]",
    () => "{}",
    () => "true",
    () => random.pick(["0", "-1", "1.5", "1e308", "1e999", "-0", "9007199254740993", "1e-999"]),
    () => JSON.stringify(textOf(random, count)),
    () => `[${Array.from({ length: count }, () => "1").join()}]`,
    () => `${"[".repeat(count)}${"]".repeat(count)}`,
    () => `${'{"a":'.repeat(count)}1${"}".repeat(count)}`,
    () => `{${Array.from({ length: Math.min(count, 5000) }, (_, i) => `"k${i}":1`).join()}}`,
    () => `{${Array.from({ length: Math.min(count, 5000) }, () => '"same":1').join()}}`,
    () => `{${JSON.stringify(textOf(random, count))}:1}`,
    () => '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
  ])();
}

/** A value for a schema, at, below or above its limits; sometimes of another type. */
export function valueAround(random: Random, schema: Schema): JsonText {
  if (random.below(4) === 0) return strangeValue(random);
  const alternatives = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(alternatives) && alternatives.length > 0) return valueAround(random, asSchema(random.pick<unknown>(alternatives)));
  if (Array.isArray(schema["enum"])) return JSON.stringify(random.pick<unknown>([...schema["enum"], "another"]));
  switch (schema["type"]) {
    case "string":
      return JSON.stringify(textAround(random, schema));
    case "number":
    case "integer":
      return numberAround(random, schema);
    case "boolean":
      return random.pick(["true", "false"]);
    case "array": {
      const items = asSchema(schema["items"]);
      const count = Math.min(lengthAround(random, numberOf(schema["maxItems"])), 300);
      return `[${Array.from({ length: count }, () => valueAround(random, items).slice(0, 2000)).filter(isJson).join()}]`;
    }
    case "object":
      return objectAround(random, schema);
    default:
      return strangeValue(random);
  }
}

/** One field goes to its limits, the other required ones are valid: so the limit of that field decides. */
function objectAround(random: Random, schema: Schema): JsonText {
  const fields = asSchema(schema["properties"]);
  const names = Object.keys(fields);
  if (names.length === 0) return strangeValue(random);
  const field = random.pick(names);
  return objectText({ ...requiredFields(schema), [field]: valueAround(random, asSchema(fields[field])) });
}

function textAround(random: Random, schema: Schema): string {
  const text = textOf(random, lengthAround(random, numberOf(schema["maxLength"])));
  // Many settings are addresses; nothing listens on this port.
  return random.below(4) === 0 ? `http://127.0.0.1:9/${text}` : text;
}

function numberAround(random: Random, schema: Schema): JsonText {
  const bounds = [schema["minimum"], schema["maximum"]].map(numberOf).filter((bound) => bound !== undefined);
  const bound = bounds.length === 0 ? 0 : random.pick(bounds);
  return String(random.pick([bound, bound - 1, bound + 1, bound + 0.5, 2 * bound]));
}

function isJson(text: string): boolean {
  return parseJson(text) !== undefined;
}
