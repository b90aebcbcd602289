import { protocolVersion } from "@vj/schema";
import type { Description, JsonSchema, OscTable } from "@vj/schema";
import type { z } from "zod";
import type { CommandTable } from "./command-table.ts";
import { effective, jsonSchemaOf } from "./setting-marks.ts";

/** The reply to `describe`, generated from the schemas so that it cannot differ from them. */
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
    config_schema: { ...jsonSchemaOf(effective(worker.config)) },
    commands: Object.fromEntries(
      Object.entries(worker.commands).map(([name, { description, args }]) => [
        name,
        { description, args: name === "set_config" ? settingArguments(worker.config) : { ...jsonSchemaOf(args) } },
      ]),
    ),
    osc: Object.fromEntries(
      Object.entries(worker.osc).map(([address, entry]) => [address, { ...entry, args: [...entry.args] }]),
    ),
  };
}

/** Arguments of `set_config`: any of the settings. A key left out keeps its value, so none has a default here. */
function settingArguments(config: z.ZodObject): JsonSchema {
  const { properties = {}, required: _all, ...schema } = jsonSchemaOf(config);
  const optional = Object.entries(properties).map(([key, value]) => {
    if (typeof value === "boolean") return [key, value];
    const { default: _default, ...setting } = value;
    return [key, setting];
  });
  return { ...schema, properties: Object.fromEntries(optional), additionalProperties: false };
}
