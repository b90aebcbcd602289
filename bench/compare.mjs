// `pnpm bench:compare <before> [--pairs 20] [--only name] [--json]`: this checkout beside another state of the code. Both
// are measured alternately, so that changes of load affect both; the result is the difference within each pair.
import { openCheckout } from "./compare/checkout.mjs";
import { compareRow, measure, measures } from "./compare/pairs.mjs";
import { readOptions, refuse } from "../scripts/command-line.mjs";
import { toJson, toText } from "../scripts/report.mjs";

const all = Object.keys(measures);
const usage = `Usage: pnpm bench:compare <before> [options]

Measures this checkout and another one in turns, and prints the 95 % interval of the paired difference. A measurement counts as slower
when the whole interval is at or above +3 %.

<before>  a commit, which is built in /tmp, or a folder with a built checkout

Options:
  --pairs <n>    default 20, half a minute each
  --only <name>  one of ${all.join(", ")}; may be given several times
  --json         one line of JSON`;

const { values, positionals } = readOptions(usage, {
  allowPositionals: true,
  options: /** @type {const} */ ({ pairs: { type: "string", default: "20" }, only: { type: "string", multiple: true }, json: { type: "boolean" } }),
});
const [before] = positionals;
const pairs = Number(values.pairs);
const names = values.only ?? all;
if (before === undefined || positionals.length > 1) refuse("give one commit or folder to compare with");
if (!Number.isInteger(pairs) || pairs < 2) refuse("--pairs takes a whole number of at least 2");
const strange = names.find((name) => !all.includes(name));
if (strange !== undefined) refuse(`there is no measurement ${strange}; there are: ${all.join(", ")}`);

const checkout = openCheckout(before);
try {
  const here = `${import.meta.dirname}/..`;
  /** @type {Map<string, import("./compare/pairs.mjs").Pair[]>} */
  const found = new Map(names.map((name) => [name, []]));
  for (let i = 0; i < pairs; i += 1) {
    for (const [name, list] of found) {
      // Each goes first in every other pair.
      const first = await measure(name, i % 2 === 0 ? checkout.root : here);
      const second = await measure(name, i % 2 === 0 ? here : checkout.root);
      list.push(i % 2 === 0 ? { before: first, after: second } : { before: second, after: first });
    }
    console.error(`pair ${i + 1} of ${pairs}`);
  }
  const table = {
    title: `${before} -> this checkout, ${pairs} pairs`,
    head: ["", "before", "after", "difference", "from", "to", ""],
    rows: [...found].map(([name, list]) => compareRow(name, list)),
  };
  console.log(values.json === true ? JSON.stringify({ ...toJson({ ...table, head: [...table.head.slice(0, -1), "verdict"] }), pairs: Object.fromEntries(found) }) : toText(table));
} finally {
  checkout.remove();
}
