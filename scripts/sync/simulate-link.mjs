// `node scripts/sync/simulate-link.mjs [--trace] [MINUTES | FOLDER]...`: what a Link session does that the bridge leads, without a clock: the
// analyzer hears music whose beats are known, and its frames go through the bridge's own estimate and session. A number: so many minutes
// of the music of `pnpm link-check` (default: 3 and 10). A folder: labelled clips of it (see scripts/train-beats/forms.py). Build first.
import { createProgress } from "@vj/terminal";
import { readCommandLine } from "../command-line.mjs";
import { judge, shownTotals } from "./link-figures.mjs";
import { demoPiece, folderPieces } from "./link-music.mjs";
import { framesOf, simulate } from "./link-simulation.mjs";

const { names, flags } = readCommandLine(`Usage: node scripts/sync/simulate-link.mjs [--trace] [MINUTES | FOLDER]...

Plays music through the analyzer and the bridge's own estimate and session, without a clock: slips of the bar and distance of the beats.
A number: so many minutes of the music of pnpm link-check; a folder: labelled clips of it. Default: 3 10.

Options:
  --trace  also prints when and why each slip happened`, undefined, ["--trace"]);

const progress = createProgress();

/** @returns {AsyncGenerator<import("./link-music.mjs").Piece>} */
async function* pieces() {
  for (const name of names.length === 0 ? ["3", "10"] : names) {
    progress.show(0, `music of ${name}`);
    if (/^[\d.]+$/.test(name)) yield demoPiece(Number(name));
    else yield* folderPieces(name);
  }
}

const all = [];
for await (const piece of pieces()) {
  const notes = /** @type {[number, string][]} */ ([]);
  const frames = framesOf(piece, (done) => progress.show(done, piece.name));
  const moments = simulate(frames, (text, seconds) => void notes.push([seconds, text]));
  const judged = judge(piece, moments);
  all.push(judged);
  progress.above(() => console.log(judged.shown));
  if (!flags.includes("--trace")) continue;
  for (const [seconds, text] of [...notes, ...judged.notes].sort(([one], [other]) => one - other)) progress.above(() => console.log(`  ${seconds.toFixed(2)} s: ${text}`));
}
progress.end();
console.log(shownTotals(all));
