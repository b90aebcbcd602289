import { messageOf } from "@vj/schema";
import { z } from "zod";
import { imagePrompt } from "../images/image-prompt.ts";
import type { PictureFolder } from "../images/picture-folder.ts";
import type { PictureMaker } from "../images/picture-maker.ts";
import { guessMeaning } from "../meaning/rules.ts";
import type { Understanding } from "../meaning/understanding.ts";
import { timingOf } from "../parse-lyrics.ts";
import { runPipeline } from "../pipeline.ts";
import { newSong, questionOf } from "../song.ts";
import type { LyricsQuery, Song } from "../song.ts";
import type { Step } from "../steps/step.ts";

/** What the rig has of a song for the show, as `prepare` answers. */
export const preparedSongSchema = z.object({
  artist: z.string(),
  title: z.string(),
  /** `words` and `lines` have times; `unknown`: no service could be asked. */
  lyrics: z.enum(["words", "lines", "plain", "instrumental", "none", "unknown"]),
  lines: z.number(),
  /** Where the lyrics came from; null without any. */
  origin: z.string().nullable(),
  /** What its mood comes from. */
  meaning: z.enum(["model", "rules", "none"]),
  /** The file of its picture; null without one of its own. */
  image: z.string().nullable(),
  /** What could not be done. */
  problems: z.array(z.string()),
});
/** What was found for one song, as the worker answers it. */
export type PreparedSong = z.output<typeof preparedSongSchema>;

export interface PrepareOptions {
  /** From a track to its lines. */
  readonly steps: readonly Step[];
  readonly understanding: Pick<Understanding, "prepare">;
  readonly pictures: PictureFolder;
  readonly maker: PictureMaker;
}

/**
 * Does for a song what is done while it plays, and keeps the results; what plays is not touched. What is there already is not asked again.
 * @throws the reason of the signal when it is cancelled
 */
export async function prepareSong(track: LyricsQuery, { steps, understanding, pictures, maker }: PrepareOptions, signal: AbortSignal): Promise<PreparedSong> {
  const { song, failures } = await runPipeline(steps, newSong(track), signal, () => {});
  const problems = [...failures.map(({ error }) => error.message), ...(typeof song.fault === "string" ? [song.fault] : [])];
  const attempt = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      problems.push(messageOf(error));
      return undefined;
    }
  };
  const question = questionOf(song);
  const known = question.lines.length > 0;
  const understood = known ? await attempt(() => understanding.prepare(question, signal)) : undefined;
  const meaning = understood ?? (known ? guessMeaning(question) : undefined);
  const own = await pictures.ofSong(track);
  if (pictures.problem !== null) problems.push(pictures.problem);
  const words = { artist: track.artist, title: track.title, mood: meaning?.mood ?? "", prompt: imagePrompt(track, meaning) };
  const image = own ?? (maker.enabled ? await attempt(() => maker.make(words, signal)) : undefined);
  return {
    artist: track.artist,
    title: track.title,
    lyrics: kindOf(song, failures.length > 0),
    lines: song.lines.length,
    origin: song.origin,
    meaning: meaning?.source ?? "none",
    image: image ?? null,
    problems,
  };
}

function kindOf({ lyrics, lines }: Song, failed: boolean): PreparedSong["lyrics"] {
  if (lines.length > 0) return timingOf(lines) === "words" ? "words" : "lines";
  if (lyrics?.instrumental === true) return "instrumental";
  if ((lyrics?.plain ?? lyrics?.synced ?? null) !== null) return "plain";
  return failed ? "unknown" : "none";
}
