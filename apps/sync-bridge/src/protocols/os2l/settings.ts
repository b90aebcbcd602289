import { hostSchema, placeSchema } from "@vj/schema";
import { z } from "zod";
import { modes } from "../modes.ts";

/** Settings of OS2L. */
export const os2lSettings = {
  os2l: z.enum(modes).default("off").describe("OS2L: off, send beats to lighting programs, follow VirtualDJ's beats, or both"),
  os2l_port: z.int().min(1).max(65_535).default(9997).describe("TCP port on which VirtualDJ finds us (QLC+ has 9996)"),
  os2l_host: hostSchema.default("127.0.0.1").describe("Address of that port; 0.0.0.0 lets other machines in, and announces it to them"),
  os2l_send_to: z.array(placeSchema).max(16).default([]).describe("Lighting programs that cannot be found by themselves, as host:port; QLC+: 127.0.0.1:9996"),
  os2l_find: z.enum(["off", "machine", "network"]).default("machine").describe("Where lighting programs that announce themselves get our beats: on this machine, or on the whole network"),
  os2l_offset_ms: z.number().min(-500).max(500).default(0).describe("Beats go out so many milliseconds later, negative: earlier"),
  os2l_buttons: z.boolean().default(false).describe("A button named like audio_analyzer/tap runs that command, if remote_allow has it"),
};
