/** The worker that has the lyrics. */
export const worker = "lyrics_fetcher";
