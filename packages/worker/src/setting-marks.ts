import { z } from "zod";

/** Shown in place of a secret. */
export const secretShown = "•••";

/** Marks a setting that is saved but not used yet: `set_config` reports that, and forms leave the setting out. */
export function noEffect<S extends z.ZodType>(schema: S): S {
  return schema.meta({ ...schema.meta(), noEffect: true });
}

/** Marks a setting or an argument whose value is shown nowhere; around its default or within it. */
export function secret<S extends z.ZodType>(schema: S): S {
  return schema.meta({ ...schema.meta(), secret: true });
}

/** Whether a setting or an argument is, or contains, a secret. */
export function isSecret(config: z.ZodObject, key: string): boolean {
  return isMarked(config, key, "secret");
}

/** Of these keys, those without effect. */
export function withoutEffect(config: z.ZodObject, keys: readonly string[]): string[] {
  return keys.filter((key) => isMarked(config, key, "noEffect"));
}

/** The settings that have an effect. */
export function effective(config: z.ZodObject): z.ZodObject {
  const shape = Object.entries(config.shape).filter(([key]) => !isMarked(config, key, "noEffect"));
  return config.clone({ ...config.def, shape: Object.fromEntries(shape) });
}

/** Settings with secrets hidden. */
export function withoutSecrets(config: z.ZodObject, values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, isSecret(config, key) && value !== "" ? secretShown : value]),
  );
}

function isMarked(schema: z.ZodObject, key: string, mark: string): boolean {
  const setting: z.core.$ZodType | undefined = Object.hasOwn(schema.shape, key) ? schema.shape[key] : undefined;
  return setting !== undefined && marksOf(setting).has(mark);
}

const known = new WeakMap<z.core.$ZodType, ReadonlySet<string>>();

/**
 * The marks of a schema and of all its parts: a default, a list or an object around a marked schema does not take the mark away.
 */
function marksOf(schema: z.core.$ZodType): ReadonlySet<string> {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const marks = new Set<string>();
  const override = ({ zodSchema }: { zodSchema: z.core.$ZodType }): void => {
    const meta = "meta" in zodSchema && typeof zodSchema.meta === "function" ? metaOf(zodSchema.meta()) : {};
    for (const [mark, value] of Object.entries(meta)) if (value === true) marks.add(mark);
  };
  // A transform has one schema for its input and another one for its output.
  for (const io of ["input", "output"] as const) z.toJSONSchema(schema, { io, unrepresentable: "any", override });
  known.set(schema, marks);
  return marks;
}

function metaOf(meta: unknown): Record<string, unknown> {
  return typeof meta === "object" && meta !== null ? { ...meta } : {};
}

/** The JSON Schema of settings or arguments as they are given: a key with a default is optional, and a mark stands on the key. */
export function jsonSchemaOf(schema: z.ZodObject): z.core.JSONSchema.BaseSchema {
  const { properties = {}, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  const marked = Object.entries(properties).map(([key, value]) => [key, isSecret(schema, key) && typeof value === "object" ? { ...value, secret: true } : value]);
  return { ...rest, properties: Object.fromEntries(marked) };
}
