import { readFileSync } from "node:fs";
import { z } from "zod";

/** `now_playing.json`. */
export const nowPlayingConfig = z.object({
  pinned_source: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,63}$/, "give auto, or the name of a source, for example virtualdj")
    .default("auto")
    .describe("The source that counts, for example virtualdj; auto takes the one that plays and changed last"),
});
export type NowPlayingConfig = z.output<typeof nowPlayingConfig>;

/** The version in this package's package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
