import { readFileSync } from "node:fs";
import { z } from "zod";

/** `osc_debugger.json`. */
export const debuggerConfig = z.object({
  osc_enabled: z.boolean().default(true).describe("Listen to the OSC of every worker"),
  logging_enabled: z.boolean().default(true).describe("Follow the log files of every process"),
});
export type DebuggerConfig = z.output<typeof debuggerConfig>;

const packageSchema = z.object({ version: z.string() });

/** The version in this package's package.json. */
export function packageVersion(): string {
  const file = new URL("../package.json", import.meta.url);
  return packageSchema.parse(JSON.parse(readFileSync(file, "utf8"))).version;
}
