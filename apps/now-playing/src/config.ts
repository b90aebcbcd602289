import { readFileSync } from "node:fs";
import { playbackSources } from "@vj/schema";
import { z } from "zod";

/** `now_playing.json`. */
export const nowPlayingConfig = z.object({
  pinned_source: z
    .enum(["auto", ...playbackSources])
    .default("auto")
    .describe("The source that counts; auto takes the one that plays and changed last"),
});
export type NowPlayingConfig = z.output<typeof nowPlayingConfig>;

/** The version in this package's package.json. */
export function packageVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  return z.object({ version: z.string() }).parse(manifest).version;
}
