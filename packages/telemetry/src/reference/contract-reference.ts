import { audioOsc, lyricsOsc, playbackOsc, trackOsc } from "@vj/schema";
import { oscReference } from "./osc-reference.ts";

const preamble = `# OSC addresses

Generated from the address tables in \`packages/schema\` by \`node scripts/osc-docs.mjs\`; change those, not this page.

Everything goes out over UDP, by default to 127.0.0.1:9000. Type tags: \`i\` int32, \`f\` float32, \`s\` text in UTF-8, an
optional argument in brackets; flags are \`i\` 0 or 1. Address, order and types of an address never change. A **state** holds
until its next message; a new subscriber gets all states and lists, and the states again every 10 s.
`;

/** The text of `docs/osc.md`: every address of the contract, by the worker that sends it. */
export function contractReference(): string {
  const playback = { ...playbackOsc("spotify"), ...playbackOsc("virtualdj"), ...playbackOsc("desktop") };
  const sections = [
    { title: "Audio analyzer", table: audioOsc },
    { title: "The track that counts", table: trackOsc },
    { title: "The track of each playback source", table: playback },
    { title: "Lyrics fetcher", table: lyricsOsc },
  ];
  return `${preamble}\n${oscReference(sections)}`;
}
