import type { JsonSchema } from "@vj/schema";
import { z } from "zod";

/** A value from an OSC message. */
export type RemoteValue = number | string | boolean;

/** Arguments by name, the release of a button, or why they are not understood. */
export type Converted =
  | { readonly type: "args"; readonly args: Record<string, unknown> }
  | { readonly type: "released" }
  | { readonly type: "fault"; readonly text: string };

const objectSchema = z.object({ properties: z.record(z.string(), z.unknown()).default({}), required: z.array(z.string()).default([]) });
const valueSchema = z.object({
  type: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  items: z.unknown().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  maxLength: z.number().optional(),
});

/**
 * Gives values to the arguments of a command, in the order in which its schema lists them.
 *
 * Buttons of fader boxes and phone apps send 1.0 when they are pressed and 0.0 when they are released. So a value after those of all
 * arguments is the button's. A single 0 or 1 is too, for a command that needs no argument, unless its first argument is a flag. A release
 * does nothing.
 * @param schema the JSON Schema of the arguments, as `describe` gives it
 */
export function convert(schema: JsonSchema, values: readonly RemoteValue[]): Converted {
  const object = objectSchema.safeParse(schema);
  if (!object.success) return fault("its arguments cannot be given by OSC");
  const { properties, required } = object.data;
  const names = Object.keys(properties);
  const { given, isReleased } = withoutButton(values, names, properties, required);
  if (isReleased) return { type: "released" };
  if (given.length > names.length && !takesRest(properties[names.at(-1) ?? ""])) {
    return fault(names.length === 0 ? "takes no arguments" : `takes at most ${names.length} values (${names.join(", ")}), not ${given.length}`);
  }
  const args: Record<string, unknown> = Object.create(null);
  for (const [index, name] of names.entries()) {
    const isLast = index === names.length - 1;
    if (index >= given.length) {
      if (required.includes(name)) return fault(`needs ${names.slice(index).filter((one) => required.includes(one)).join(", ")}; its arguments are ${names.join(", ")}`);
      continue;
    }
    const value = isLast && takesRest(properties[name]) ? asList(properties[name], given.slice(index)) : asValue(properties[name], given[index]);
    if (typeof value === "object" && value !== null && "fault" in value) return fault(`${name} ${value.fault}`);
    args[name] = value;
  }
  return { type: "args", args: { ...args } };
}

function withoutButton(
  values: readonly RemoteValue[],
  names: readonly string[],
  properties: Readonly<Record<string, unknown>>,
  required: readonly string[],
): { readonly given: readonly RemoteValue[]; readonly isReleased: boolean } {
  const last = values.at(-1);
  const isLevel = typeof last === "number" || typeof last === "boolean";
  const first = valueSchema.safeParse(properties[names[0] ?? ""]).data;
  const isExtra = values.length === names.length + 1 && !takesRest(properties[names.at(-1) ?? ""]);
  const isAlone = values.length === 1 && required.length === 0 && first?.type !== "boolean" && (last === 0 || last === 1 || typeof last === "boolean");
  if (!isLevel || !(isExtra || isAlone)) return { given: values, isReleased: false };
  return { given: values.slice(0, -1), isReleased: last === 0 || last === false };
}

/** Converts one value strictly: nothing is rounded, cut or guessed. */
function asValue(schema: unknown, value: RemoteValue | undefined): RemoteValue | { readonly fault: string } {
  const read = valueSchema.safeParse(schema);
  if (!read.success || value === undefined) return { fault: "cannot be given by OSC" };
  const { type, anyOf, enum: allowed, const: only, minimum, maximum, maxLength } = read.data;
  if (anyOf !== undefined) return asAny(anyOf, value);
  const choices = allowed ?? (only === undefined ? undefined : [only]);
  if (choices !== undefined) return choices.includes(value) ? value : { fault: `must be one of ${choices.slice(0, 20).map(String).join(", ")}` };
  switch (type) {
    case "boolean":
      return typeof value === "boolean" ? value : value === 0 || value === 1 ? value === 1 : { fault: "must be true or false, 1 or 0" };
    case "integer":
    case "number":
      if (typeof value !== "number" || !Number.isFinite(value)) return { fault: "must be a number" };
      if (type === "integer" && !Number.isSafeInteger(value)) return { fault: "must be a whole number" };
      if (minimum !== undefined && value < minimum) return { fault: `must be at least ${minimum}` };
      return maximum !== undefined && value > maximum ? { fault: `must be at most ${maximum}` } : value;
    case "string":
      if (typeof value !== "string") return { fault: "must be a text" };
      return maxLength !== undefined && value.length > maxLength ? { fault: `must have at most ${maxLength} characters` } : value;
    default:
      return { fault: "cannot be given by OSC" };
  }
}

function asAny(choices: readonly unknown[], value: RemoteValue): RemoteValue | { readonly fault: string } {
  let last: { readonly fault: string } = { fault: "cannot be given by OSC" };
  for (const choice of choices) {
    const result = asValue(choice, value);
    if (typeof result !== "object") return result;
    if (valueSchema.safeParse(choice).data?.type !== "null") last = result;
  }
  return last;
}

/** Whether it is a list, which takes all values that are left. */
export function takesRest(schema: unknown): boolean {
  return valueSchema.safeParse(schema).data?.type === "array";
}

/** All values as a list. */
function asList(schema: unknown, values: readonly RemoteValue[]): readonly RemoteValue[] | { readonly fault: string } {
  const items = valueSchema.safeParse(schema).data?.items;
  const list: RemoteValue[] = [];
  for (const value of values) {
    const item = asValue(items, value);
    if (typeof item === "object") return item;
    list.push(item);
  }
  return list;
}

function fault(text: string): Converted {
  return { type: "fault", text };
}
