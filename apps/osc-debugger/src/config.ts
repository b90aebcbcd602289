import { z } from "zod";

/** `osc_debugger.json`. */
export const debuggerConfig = z.object({
  osc_enabled: z.boolean().default(true).describe("Listen to the OSC of every worker"),
  osc_port: z.int().min(0).max(65_535).default(0).describe("UDP port of its own, for OSC of any sender; 0 takes a free one"),
  oscquery_port: z.int().min(0).max(65_535).default(0).describe("TCP port of 127.0.0.1 where programs read all addresses by OSCQuery; 0: off"),
  oscquery_announce: z.boolean().default(false).describe("Announce OSCQuery to the programs of this machine (zeroconf), while it is on"),
  logging_enabled: z.boolean().default(true).describe("Follow the log files of every process"),
});
/** The settings of `osc_debugger`. */
export type DebuggerConfig = z.output<typeof debuggerConfig>;

