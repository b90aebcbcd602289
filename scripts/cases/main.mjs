// `pnpm cases [word…]`: runs the tests that docs/testing.md names for each case from the field, and reports for each case
// whether the right answer was given.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readNames, refuse } from "../command-line.mjs";
import { judge, readCases } from "./cases.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const words = readNames("Usage: pnpm cases [word...]\n\nRuns the tests of the cases from the field that docs/testing.md lists; with words, those whose name has one of them.");
const all = readCases(readFileSync(path.join(root, "docs/testing.md"), "utf8"));
const cases = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (cases.length === 0) {
  refuse(`no case has ${words.join(" or ")} in its name; docs/testing.md lists the names`);
}

const work = mkdtempSync(path.join(tmpdir(), "vj-cases-"));
const report = path.join(work, "report.json");
const tests = cases.flatMap(({ tests: named }) => named);
const titles = [...new Set(tests.map(({ title }) => title.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")))];
const files = [...new Set(tests.map(({ file }) => file))];
spawnSync(
  process.execPath,
  [path.join(root, "node_modules/vitest/vitest.mjs"), "run", ...files, "-t", titles.join("|"), "--reporter=json", `--outputFile=${report}`],
  { cwd: root, stdio: ["ignore", "ignore", "inherit"] },
);
const results = JSON.parse(readFileSync(report, "utf8"));
rmSync(work, { recursive: true });

const verdicts = cases.map((one) => ({ ...one, ...judge(one, results, root) }));
for (const { name, verdict, why } of verdicts) console.log(`${verdict.padEnd(7)} ${name}${why && `: ${why}`}`);
/** @param {string} wanted */
const count = (wanted) => verdicts.filter(({ verdict }) => verdict === wanted).length;
console.log(`${count("ok")} of ${cases.length} cases right, ${count("skipped")} skipped, ${count("FAIL")} wrong`);
process.exit(count("FAIL") === 0 ? 0 : 1);
