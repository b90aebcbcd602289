// `pnpm pictures [name…]`: draws docs/pictures/*.svg: the analyzer's output for generated music. Needs a build. The same
// bytes every time. Stops with an error when a signal is not finite, out of range or flat, or when a picture no longer
// matches its caption in docs/audio.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readNames } from "../command-line.mjs";
import { autoGain } from "./auto-gain.mjs";
import { beat } from "./beat.mjs";
import { colour } from "./colour.mjs";
import { levels } from "./levels.mjs";
import { onsets } from "./onsets.mjs";
import { pitch } from "./pitch.mjs";
import { silence } from "./silence.mjs";
import { spectrum } from "./spectrum.mjs";
import { structure } from "./structure.mjs";
import { tempo } from "./tempo.mjs";

const LARGEST_BYTES = 60_000;
/** @type {Readonly<Record<string, () => string>>} */
const pictures = { levels, "auto-gain": autoGain, spectrum, onsets, beat, tempo, structure, pitch, colour, silence };
const folder = join(import.meta.dirname, "../../docs/pictures");
const names = readNames("Usage: pnpm pictures [name...]\n\nDraws docs/pictures/<name>.svg; without names, all of them.", Object.keys(pictures));

mkdirSync(folder, { recursive: true });
for (const [name, draw] of Object.entries(pictures)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const svg = draw();
  if (svg.length > LARGEST_BYTES) throw new Error(`${name}.svg has ${svg.length} bytes, more than ${LARGEST_BYTES}`);
  writeFileSync(join(folder, `${name}.svg`), svg);
  console.log(`docs/pictures/${name}.svg`.padEnd(34), `${(svg.length / 1000).toFixed(1)} kB`);
}
