import { z } from "zod";
import { modes } from "../modes.ts";

/** Settings of Link. */
export const linkSettings = {
  link: z.enum(modes).default("off").describe("Ableton Link: off, send the rig's tempo, follow the session's, or both: the last to change leads"),
  link_interfaces: z.array(z.string().min(1).max(64)).max(32).default([]).describe("Names or addresses of network interfaces; empty: all"),
  link_offset_ms: z.number().min(-500).max(500).default(0).describe("Beats sent to Link come so many milliseconds later, negative: earlier"),
};
