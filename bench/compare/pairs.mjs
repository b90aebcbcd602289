import { fork } from "node:child_process";
import { interval } from "../../scripts/score/bootstrap.mjs";
import { median, percent } from "../../scripts/report.mjs";

/** Tolerated slowdown of a measurement, percent. */
const tolerated = 3;

/**
 * The measurements: programs that report one figure of a checkout, less is better. @type {Readonly<Record<string, (value:
 * number) => import("../../scripts/report.mjs").Figure>>}
 */
export const measures = {
  control: (value) => ({ value, unit: "µs", digits: 1 }),
  latency: (value) => ({ value, unit: "µs", digits: 0 }),
  analyzer: (value) => ({ value, unit: "µs", digits: 1 }),
  "start-up": (value) => ({ value, unit: "ms", digits: 1 }),
};

/** One figure each before and after, measured one right after the other. @typedef {{ before: number, after: number }} Pair */

/**
 * Runs one measurement in a separate process.
 * @param {string} name of {@link measures} @param {string} root of the checkout
 * @returns {Promise<number>}
 * @throws Error when it ends without a figure
 */
export function measure(name, root) {
  return new Promise((resolve, reject) => {
    // Without the settings of the own process, which may name other sources than what was built.
    const child = fork(`${import.meta.dirname}/${name}.mjs`, [root], { execArgv: [] });
    child.on("message", (value) => resolve(Number(value)));
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the measurement ${name} of ${root} ended without a figure (exit code ${code}); is that checkout built?`)));
  });
}

/**
 * One row of the comparison: medians, and the mean of the paired differences with its 95 % interval.
 * @param {string} name @param {readonly Pair[]} pairs
 */
export function compareRow(name, pairs) {
  const show = measures[name] ?? percent;
  const differences = pairs.map(({ before, after }) => 100 * (after / before - 1));
  const [low, high] = interval(differences);
  const verdict = low < tolerated ? "not slower" : "slower";
  return [
    name,
    show(median(pairs.map(({ before }) => before))),
    show(median(pairs.map(({ after }) => after))),
    percent(differences.reduce((sum, one) => sum + one, 0) / differences.length),
    percent(low),
    percent(high),
    verdict,
  ];
}
