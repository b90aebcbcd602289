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
export type Category = (typeof categories)[number];
