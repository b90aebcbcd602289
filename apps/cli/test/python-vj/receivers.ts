/**
 * What the old receivers (sketches, the textler renderer) expect, written down from their documents, not from our table: the types by
 * position of each address.
 */
export const receiverTypes: Readonly<Record<string, string>> = {
  "/audio/levels": "ffffffff",
  "/audio/spectrum": "f".repeat(32),
  "/audio/beat": "if",
  "/audio/bpm": "ff",
  "/audio/pitch": "ff",
  "/audio/structure": "iiff",
  "/karaoke/track": "issssfi",
  "/karaoke/pos": "fi",
  "/karaoke/lyrics/reset": "",
  "/karaoke/lyrics/line": "ifs",
  "/karaoke/line/active": "i",
  "/karaoke/refrain/reset": "",
  "/karaoke/refrain/line": "ifs",
  "/karaoke/refrain/active": "is",
  "/karaoke/keywords/line": "ifs",
  "/karaoke/keywords/active": "is",
  "/karaoke/categories/mood": "s",
  ...Object.fromEntries(
    ["dark", "happy", "sad", "energetic", "calm", "love", "death", "romantic", "aggressive", "peaceful", "nostalgic", "uplifting"].map((name) => [
      `/karaoke/categories/${name}`,
      "f",
    ]),
  ),
};

/** The argument is optional: a song id. */
export const optionalTypes: Readonly<Record<string, string>> = { "/karaoke/keywords/reset": "s" };
