import { z } from "zod";

/** The possible sources of the rig's tempo. */
export const tempoSources = ["analysis", "tap", "link", "midi", "os2l"] as const;
export type TempoSource = (typeof tempoSources)[number];

/** The setting of which source counts. */
export const prioritySettings = {
  tempo_priority: z
    .array(z.enum(tempoSources))
    .max(tempoSources.length)
    .refine((list) => new Set(list).size === list.length, "names a source twice; name each once")
    .default(["tap", "link", "midi", "os2l", "analysis"])
    .describe("Tempo sources: the first available one counts; those after analysis, and those left out, are only shown"),
};
