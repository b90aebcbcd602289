// `node scripts/sync/simulate-link.mjs [--trace] [MINUTES | FOLDER]...`: what a Link session does that the bridge leads, without a clock: the
// analyzer hears music whose beats are known, and its frames go through the bridge's own estimate and session. A number: so many minutes
// of the music of `pnpm link-check` (default: 3 and 10). A folder: labelled clips of it (see scripts/train-beats/forms.py). Build first.
import { readCommandLine } from "../command-line.mjs";
import { judge, shownTotals } from "./link-figures.mjs";
import { demoPiece, folderPieces } from "./link-music.mjs";
import { framesOf, simulate } from "./link-simulation.mjs";

const { names, flags } = readCommandLine("usage: simulate-link.mjs [--trace] [MINUTES | FOLDER]...", undefined, ["--trace"]);

/** @returns {AsyncGenerator<import("./link-music.mjs").Piece>} */
async function* pieces() {
  for (const name of names.length === 0 ? ["3", "10"] : names) {
    if (/^[\d.]+$/.test(name)) yield demoPiece(Number(name));
    else yield* folderPieces(name);
  }
}

const all = [];
for await (const piece of pieces()) {
  const notes = /** @type {[number, string][]} */ ([]);
  const moments = simulate(framesOf(piece), (text, seconds) => void notes.push([seconds, text]));
  const judged = judge(piece, moments);
  all.push(judged);
  console.log(judged.shown);
  if (!flags.includes("--trace")) continue;
  for (const [seconds, text] of [...notes, ...judged.notes].sort(([one], [other]) => one - other)) console.log(`  ${seconds.toFixed(2)} s: ${text}`);
}
console.log(shownTotals(all));
