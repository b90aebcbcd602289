import { protocolVersion } from "@vj/schema";
import type { Description, JsonSchema, OscTable } from "@vj/schema";
import { z } from "zod";
import type { CommandTable } from "./command-table.ts";
import { effective } from "./setting-marks.ts";

/** The reply to `describe`, made from the schemas themselves so that it cannot differ from them. */
export function describeWorker(worker: {
  name: string;
  version: string;
  description: string;
  config: z.ZodObject;
  commands: CommandTable;
  osc: OscTable;
}): Description {
  return {
    worker: worker.name,
    version: worker.version,
    protocol: protocolVersion,
    description: worker.description,
    config_schema: toJsonSchema(effective(worker.config)),
    commands: Object.fromEntries(
      Object.entries(worker.commands).map(([name, { description, args }]) => [
        name,
        { description, args: toJsonSchema(args) },
      ]),
    ),
    osc: Object.fromEntries(
      Object.entries(worker.osc).map(([address, entry]) => [address, { ...entry, args: [...entry.args] }]),
    ),
  };
}

// As a client writes it: a key with a default need not be given.
function toJsonSchema(schema: z.ZodObject): JsonSchema {
  return { ...z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) };
}
