import type { TrackName } from "@vj/playback";
import type { SongMeaning } from "../meaning/song-meaning.ts";

const longest = 800;

/** Words for a picture of a song: those of a language model, else made of what is known of the song. */
export function imagePrompt({ title }: TrackName, meaning: SongMeaning | undefined): string {
  if (meaning !== undefined && meaning.imagePrompt !== "") return meaning.imagePrompt.slice(0, longest);
  const { mood = "", themes = [], adjectives = [], keywords = [] } = meaning ?? {};
  const parts = [`"${title}"`, mood === "" ? "" : `${mood} mood`, ...adjectives, ...themes.filter((theme) => theme !== mood), ...keywords.slice(0, 5).map((word) => word.toLowerCase())];
  return [...parts.filter((part) => part !== ""), "abstract stage visual, no text"].join(", ").slice(0, longest);
}
