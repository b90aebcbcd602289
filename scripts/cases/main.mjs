// `pnpm cases [word…]`: runs the tests that docs/testing.md names for each case from the field, and reports for each case
// whether the right answer was given.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { afterUs } from "../after-us.mjs";
import { readNames, refuse } from "../command-line.mjs";
import { beginWork } from "../long-work.mjs";
import { judge, readCases } from "./cases.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const words = readNames("Usage: pnpm cases [word...]\n\nRuns the tests of the cases from the field that docs/testing.md lists; with words, those whose name has one of them.");
const all = readCases(readFileSync(path.join(root, "docs/testing.md"), "utf8"));
const cases = all.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
if (cases.length === 0) refuse(`no case has ${words.join(" or ")} in its name; docs/testing.md lists the names`);

const work = mkdtempSync(path.join(tmpdir(), "vj-cases-"));
const report = path.join(work, "report.json");
const tests = cases.flatMap(({ tests: named }) => named);
const titles = [...new Set(tests.map(({ title }) => title.replace(/[$()*+.?[\\\]^{|}]/g, "\\$&")))];
const files = [...new Set(tests.map(({ file }) => file))];
const progress = beginWork();
progress.show(0, `${files.length} files of tests`);
const vitest = spawn(
  process.execPath,
  [path.join(root, "node_modules/vitest/vitest.mjs"), "run", ...files, "-t", titles.join("|"), "--reporter=json", "--reporter=default", `--outputFile=${report}`],
  { cwd: root, env: { ...process.env, NO_COLOR: "1" }, stdio: ["ignore", "pipe", "inherit"] },
);
const isRemoved = afterUs('kill "$2"; rm -rf "$1"', work, String(vitest.pid));
let done = 0;
createInterface({ input: vitest.stdout }).on("line", (line) => {
  // A line for each file that is over.
  const [, file] = /^ [✓❯↓×] (?:\S+ )?(\S+\.test\.tsx?) /.exec(line) ?? [];
  if (file === undefined) return;
  done += 1;
  progress.show(done / files.length, file);
});
await once(vitest, "close");
progress.end();
const results = JSON.parse(readFileSync(report, "utf8"));
rmSync(work, { recursive: true });
isRemoved();

const verdicts = cases.map((one) => ({ ...one, ...judge(one, results, root) }));
for (const { name, verdict, why } of verdicts) console.log(`${verdict.padEnd(7)} ${name}${why && `: ${why}`}`);
/** @param {string} wanted */
const count = (wanted) => verdicts.filter(({ verdict }) => verdict === wanted).length;
console.log(`${count("ok")} of ${cases.length} cases right, ${count("skipped")} skipped, ${count("FAIL")} wrong`);
process.exit(count("FAIL") === 0 ? 0 : 1);
