import { z } from "zod";
import { limits } from "@vj/contract";
import { descriptionSchema, jsonSchemaSchema } from "./description.ts";
import type { Description } from "./description.ts";
import { parseNullsAsAbsent } from "./nulls.ts";
import { oscAddressSchema } from "./osc-address.ts";
import { explainIssues } from "./refusal.ts";

/** An answer to `describe`, as far as it can be used. */
export interface ReadDescription {
  /** Undefined: it describes nothing, as a worker of the older contract. */
  readonly description: Description | undefined;
  /** What was left out of it, and why: `commands.blink: …`. Bounded; the last one counts those that are not named. */
  readonly faults: readonly string[];
}

const commandSchema = z.object({ description: z.string().default(""), args: jsonSchemaSchema.default({}) });
const fields = z.record(z.string(), z.unknown());

/**
 * Reads an answer to `describe` part by part: a fault in one command or address leaves the settings and all others usable.
 * A part that is absent counts as empty.
 */
export function readDescription(data: unknown): ReadDescription {
  const whole = descriptionSchema.safeParse(data);
  if (whole.success) return { description: whole.data, faults: [] };
  const parts = fields.safeParse(data).data;
  if (parts === undefined || ["config_schema", "commands", "osc"].every((key) => parts[key] == null)) return { description: undefined, faults: [] };
  const faults: string[] = [];

  function read<T extends z.ZodType>(place: string, value: unknown, schema: T): z.output<T> | undefined {
    if (value == null) return undefined;
    const result = parseNullsAsAbsent(schema, value);
    if (!result.success) faults.push(`${place}: ${explainIssues(result.error)}`);
    return result.data;
  }
  function readEach<T extends z.ZodType>(name: string, schema: T): Record<string, z.output<T>> {
    const entries = Object.entries(read(name, parts?.[name], fields) ?? {});
    return Object.fromEntries(entries.flatMap(([key, value]) => {
      const entry = read(`${name}.${key}`, value, schema);
      return entry === undefined ? [] : [[key, entry] as const];
    }));
  }

  const description: Description = {
    worker: read("worker", parts["worker"], z.string()) ?? "",
    version: read("version", parts["version"], z.string()) ?? "",
    protocol: read("protocol", parts["protocol"], z.int()) ?? 1,
    description: read("description", parts["description"], z.string()) ?? "",
    config_schema: read("config_schema", parts["config_schema"], jsonSchemaSchema) ?? {},
    commands: readEach("commands", commandSchema),
    osc: readEach("osc", oscAddressSchema.extend({ description: z.string().default("") })),
  };
  const rest = faults.length - limits.namedFaults;
  return { description, faults: rest <= 0 ? faults : [...faults.slice(0, limits.namedFaults), `and ${rest} more`] };
}
