// How a simulated Link session fits music whose beats are known.
import { quantile, secondsToTempo, slipsIn, way } from "../../apps/harness/dist/link/judge.js";
import { beatAt } from "../../apps/sync-bridge/dist/tempo.js";

/** @typedef {import("./link-music.mjs").Piece} Piece */
/** @typedef {import("./link-simulation.mjs").Moment} Moment */
/** @typedef {ReturnType<typeof judge>} Judged */

/** After the begin and after a change of the tempo the session may still be on its way, seconds. */
const settleSeconds = 12;
/** A tempo within this share of the music's is right; the session's place counts while it is. */
const rightTempo = 0.03;

/** @param {Piece} piece @param {readonly Moment[]} moments */
export function judge({ name, beatAt: musicAt, one, changes }, moments) {
  const isSettled = (/** @type {number} */ seconds) => {
    const change = changes.findLast(({ from }) => from <= seconds)?.from ?? 0;
    return seconds - change > settleSeconds;
  };
  const settled = moments.filter(({ seconds }) => isSettled(seconds) && musicAt(seconds) >= 0);
  const toLine = (/** @type {readonly Moment[]} */ some) =>
    some.flatMap(({ session, rig }) => (rig === undefined ? [] : [Math.abs(way(1, beatAt(rig, session.atUs), session.beat)) * (60_000 / session.bpm)]));
  const begun = moments.filter(({ seconds }) => seconds > settleSeconds);
  const toMusic = settled.map(({ seconds, session }) => way(1, musicAt(seconds), session.beat) * (60_000 / session.bpm));
  const middle = quantile(toMusic, 0.5);
  const right = settled.filter(({ seconds, session }) => Math.abs((60 * (musicAt(seconds + 0.05) - musicAt(seconds - 0.05))) / 0.1 / session.bpm - 1) < rightTempo);
  const withBar = right.filter(({ hasBar }) => hasBar);
  const ways = withBar.map(({ seconds, session }) => way(4, musicAt(seconds) - (one ?? 0), session.beat));
  const [slips, slipsOfAnalyzer] = [
    slipsIn(withBar.map(({ seconds }, index) => ({ seconds, beats: ways[index] ?? Number.NaN }))),
    slipsIn(settled.map(({ seconds, frame }) => ({ seconds, beats: way(4, musicAt(seconds), frame.beatInBar - 1 + frame.phase) }))),
  ];
  const mended = one === undefined ? 0 : slips.filter(({ to }) => to === 0).length;
  const barRight = one === undefined ? Number.NaN : ways.filter((beats) => Math.abs(beats) < 0.5).length / settled.length;
  const delays = changes.map(({ from, bpm }) => secondsToTempo(moments.map(({ seconds, session }) => ({ seconds, bpm: session.bpm })), from, bpm));
  const at = (/** @type {readonly number[]} */ values, /** @type {number} */ share) => quantile(values, share).toFixed(2);
  const [line, calm] = [toLine(begun), toLine(settled)];
  const off = toMusic.map((ms) => Math.abs(ms - middle));
  const shown = `${name.padEnd(28)} slips ${slips.length} (${mended} to the right bar; analyzer ${slipsOfAnalyzer.length}); bar right ${(100 * barRight).toFixed(0)} %, tempo ${((100 * right.length) / settled.length).toFixed(0)} %; to the line p99 ${at(line, 0.99)} (settled ${at(calm, 0.99)}); to the music ${at(toMusic, 0.5)} p50 ${at(off, 0.5)} p99 ${at(off, 0.99)} ms${delays.length === 0 ? "" : `; tempo after ${delays.map((delay) => delay.toFixed(2)).join(" ")} s`}`;
  /** @type {[number, string][]} */
  const notes = slips.map(({ seconds, from, to }) => [seconds, `SLIP: the bar was off by ${from}, now ${to}`]);
  return { shown, notes, slips: slips.length, mended, barRight, slipsOfAnalyzer: slipsOfAnalyzer.length, line, calm, off, right: right.length, settled: settled.length };
}

/** @param {readonly Judged[]} all */
export function shownTotals(all) {
  const total = (/** @type {"slips" | "mended" | "slipsOfAnalyzer" | "right" | "settled"} */ key) => all.reduce((sum, one) => sum + one[key], 0);
  const p99 = (/** @type {"line" | "calm" | "off"} */ key) => quantile(all.flatMap((one) => one[key]), 0.99).toFixed(2);
  return `\n${all.length} pieces: ${total("slips")} slips, ${total("mended")} of them to the right bar (of the analyzer's own bar ${total("slipsOfAnalyzer")}) in ${(total("settled") / 600).toFixed(1)} minutes; bar right ${(100 * mean(all.map(({ barRight }) => barRight).filter((share) => !Number.isNaN(share)))).toFixed(1)} %, tempo ${((100 * total("right")) / total("settled")).toFixed(1)} %; p99 to the line ${p99("line")} ms, settled ${p99("calm")} ms`;
}

/** @param {readonly number[]} values */
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
