import type { z } from "zod";

/** Shown in place of a secret. */
export const secretShown = "•••";

/** Marks a setting that is saved but not used yet: `set_config` reports that, and forms leave the setting out. */
export function noEffect<S extends z.ZodType>(schema: S): S {
  return schema.meta({ ...schema.meta(), noEffect: true });
}

/** Marks a setting whose value is shown nowhere. */
export function secret<S extends z.ZodType>(schema: S): S {
  return schema.meta({ ...schema.meta(), secret: true });
}

/** Whether a setting is marked as a secret. */
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

function isMarked(config: z.ZodObject, key: string, mark: string): boolean {
  const setting: z.core.$ZodType | undefined = Object.hasOwn(config.shape, key) ? config.shape[key] : undefined;
  return setting !== undefined && "meta" in setting && typeof setting.meta === "function" && metaOf(setting.meta())[mark] === true;
}

function metaOf(meta: unknown): Record<string, unknown> {
  return typeof meta === "object" && meta !== null ? { ...meta } : {};
}
