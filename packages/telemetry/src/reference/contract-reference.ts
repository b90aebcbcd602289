import { audioOsc, lyricsOsc, playbackOsc, trackOsc } from "@vj/contract";
import { flatReference, presetReference } from "./flat-reference.ts";
import { oscReference } from "./osc-reference.ts";

const preamble = `# OSC addresses

Generated from the address tables in \`packages/contract\` by \`node scripts/osc-docs.mjs\`; change those, not this page.

Everything goes out over UDP, by default to 127.0.0.1:9000. Type tags: \`i\` int32, \`f\` float32, \`s\` text in UTF-8, an
optional argument in brackets; flags are \`i\` 0 or 1. Address, order and types of an address never change. A **state** holds
until its next message; a new receiver gets all states and lists, and the states again every 10 s.
`;

const targets = `## Targets

\`targets.json\` in the configuration directory (\`vj config path\`) says who gets what. It is read again whenever it changes; a
file that is not valid changes nothing, and the last good targets stay in force. \`vj target add|set|remove|on|off\` write it for you.

\`\`\`json
{
  "targets": [
    { "name": "sketch", "port": 9000 },
    { "name": "resolume", "preset": "resolume", "host": "192.168.1.20" },
    {
      "name": "lamps", "port": 7700, "shape": "flat", "prefix": "/vj",
      "only": ["/audio/*"], "not": ["/audio/spectrum/*"],
      "rename": [{ "from": "/audio/level/bass", "to": "/layer/1/opacity" }, { "from": "/audio/hit/*", "to": "/drums/*" }],
      "rate": 30, "on_change": true, "safe": true
    },
    { "name": "titles", "port": 7701, "only": ["/karaoke/*"], "text": "ascii", "enabled": false }
  ]
}
\`\`\`

| Key | Meaning |
|---|---|
| \`name\`, \`host\`, \`port\`, \`enabled\` | host 127.0.0.1 and switched on unless said otherwise; broadcast and multicast addresses and IPv6 work too; one of the local link has its interface behind a percent sign: fe80::1%eth0. Of several networks the one that the system chooses for the address gets it; \`vj target list\` says when there is none |
| \`preset\` | what a program expects; the target's own keys count before those of its preset |
| \`shape\` | \`packed\`: as in the tables below, for code. \`flat\`: one float 0–1 per address, for VJ programs; bundles of one moment. \`synesthesia\`: under the names that Synesthesia sends. \`textler\`: packed, with \`/textler\` for \`/karaoke\` |
| \`only\`, \`not\` | addresses of the shape, or beginnings that end in \`*\`; \`vj target list\` and \`vj doctor\` name what fits no address |
| \`rename\` | the first rule that fits; both sides may end in \`/*\` |
| \`prefix\` | before every address |
| \`rate\` | messages per second of each address at most. Edges (a flag, a hit, 0 to 1 and back) and texts pass at once, and the last value always arrives |
| \`on_change\` | leaves out what is the same as the last message |
| \`text\` | \`utf8\`, or \`ascii\`: accents folded, any other sign \`?\` |
| \`safe\` | the flash guard: at most three flashes (off, on, off) within any second, over all addresses of the target: beats, hits, drop, build-up and silence; levels, spectrum, flux, energy, the opacity of images and \`/audio/smooth/*\` change by at most 1 per second. Phases, oscillators, counters, confidences and texts are left alone: no light should hang on them alone. Each target counts for itself, and each worker: two targets at one place may flash twice as often. A limiter for comfort, not a promise about health |

What to click in Resolume, TouchDesigner, Processing, Magic, MadMapper, Unreal and Chataigne: [programs](programs/README.md). What is known of programs
(\`vj target presets\`); "usual, not verified" means: tried by nobody here:
`;

const flatShape = `## The flat shape

One address per argument, and for a text that is one of a few also an address for each of them. Numbers are brought to 0–1; a stranger's worker has \`/address/argument\` without doing anything.
`;

/** `docs/osc.md`: every address of the contract, by the worker that sends it. */
export function contractReference(): string {
  const playback = { ...playbackOsc("spotify"), ...playbackOsc("virtualdj"), ...playbackOsc("desktop") };
  const sections = [
    { title: "Audio analyzer", table: audioOsc },
    { title: "The track that counts", table: trackOsc },
    { title: "The track of each playback source", table: playback },
    { title: "Lyrics fetcher", table: lyricsOsc },
  ];
  const flat = flatReference({ ...audioOsc, ...trackOsc, ...lyricsOsc });
  return [preamble, targets, presetReference(), oscReference(sections), flatShape, flat].join("\n");
}
