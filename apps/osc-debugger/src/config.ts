import { z } from "zod";

/** `osc_debugger.json`. */
export const debuggerConfig = z.object({
  osc_enabled: z.boolean().default(true).describe("Listen to the OSC of every worker"),
  logging_enabled: z.boolean().default(true).describe("Follow the log files of every process"),
});
export type DebuggerConfig = z.output<typeof debuggerConfig>;

