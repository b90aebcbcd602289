import { parseJson } from "@vj/schema";
import { z } from "zod";

/** The channel of the commands that workers carried out. */
export const commandTopic = "/vj/command";

/** The form of a message of that channel. */
export const commandSchema = {
  name: "vj.Command",
  encoding: "jsonschema",
  data: Buffer.from(JSON.stringify({
    type: "object",
    properties: {
      timestamp: { type: "object", properties: { sec: { type: "integer" }, nsec: { type: "integer" } } },
      worker: { type: "string" },
      cmd: { type: "string" },
      args: { type: "object" },
    },
  })),
};

const lineSchema = z.looseObject({ command: z.object({ cmd: z.string().max(200), args: z.record(z.string(), z.unknown()) }) });

/** The command that a line of a log is about; undefined for other lines. */
export function commandIn(line: string): { readonly cmd: string; readonly args: Record<string, unknown> } | undefined {
  // Most lines are not about one: they need not be parsed.
  return line.includes('"command":{') ? lineSchema.safeParse(parseJson(line)).data?.command : undefined;
}
