import path from "node:path";
import { jsonFile } from "@vj/files";
import { jsonSchemaSchema } from "@vj/schema";
import type { JsonSchema } from "@vj/schema";
import { z } from "zod";
import { jsonSchemaOf } from "./setting-marks.ts";

/**
 * Saves the schema of a worker's settings, so that they can be checked while it is away. Written only when it differs.
 * @throws FileError when it cannot be written
 */
export async function keepSchema(cacheDir: string, worker: string, schema: z.ZodObject): Promise<void> {
  const file = schemaFile(cacheDir, worker);
  const kept = jsonSchemaOf(schema);
  if (JSON.stringify(readOrNothing(file)) !== JSON.stringify(kept)) await file.write(kept);
}

/** The saved schema as JSON Schema. */
export function readKeptJsonSchema(cacheDir: string, worker: string): JsonSchema | undefined {
  return jsonSchemaSchema.safeParse(readOrNothing(schemaFile(cacheDir, worker))).data;
}

/** The saved schema of a worker's last run; undefined when it never ran here, or the file cannot be read. */
export function readKeptSchema(cacheDir: string, worker: string): z.ZodObject | undefined {
  const kept = readOrNothing(schemaFile(cacheDir, worker));
  if (typeof kept !== "object" || kept === null) return undefined;
  try {
    const schema = z.fromJSONSchema({ ...kept });
    // Every setting has a default, so a schema that refuses an empty object was not saved by us.
    return schema instanceof z.ZodObject && schema.safeParse({}).success ? withMarks(schema, kept) : undefined;
  } catch {
    // Of another version, or edited: treated as if the worker had never run.
    return undefined;
  }
}

const schemaFile = (cacheDir: string, worker: string): ReturnType<typeof jsonFile> => jsonFile(path.join(cacheDir, "settings", `${worker}.json`));

function readOrNothing(file: ReturnType<typeof jsonFile>): unknown {
  try {
    return file.read();
  } catch {
    return undefined;
  }
}

const marksSchema = z.object({ properties: z.record(z.string(), z.object({ secret: z.boolean(), noEffect: z.boolean() }).partial()) });

/** Marks of settings are written into the JSON Schema, but not read back from it. */
function withMarks(schema: z.ZodObject, kept: object): z.ZodObject {
  const { properties } = marksSchema.safeParse(kept).data ?? { properties: {} };
  const shape = Object.entries(schema.shape).map(([key, setting]) => [key, setting instanceof z.ZodType ? setting.meta({ ...properties[key] }) : setting]);
  return schema.clone({ ...schema.def, shape: Object.fromEntries(shape) });
}
