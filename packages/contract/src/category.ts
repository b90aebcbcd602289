/** Mood categories of a song; each is scored 0-1, the highest is the mood. */
export const categories = [
  "dark",
  "happy",
  "sad",
  "energetic",
  "calm",
  "love",
  "death",
  "romantic",
  "aggressive",
  "peaceful",
  "nostalgic",
  "uplifting",
] as const;
/** The name of a mood of {@link categories}. */
export type Category = (typeof categories)[number];
