// `pnpm coverage [project…]`: the lines of the sources that tests run, of each package and app. What runs in processes that tests start
// from the built files counts too, where such a process ends by itself: V8 writes down what ran as a process ends, not when it is killed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { afterUs } from "../after-us.mjs";
import { percent, toText } from "../report.mjs";
import { readNames } from "../command-line.mjs";
import { ChildCoverage } from "./children.mjs";
import { inTestsSchema, sumFolders } from "./lines.mjs";

/** Every package and app must reach this, percent of its lines. */
const least = 85;
const takeEveryMs = 2000;

const root = process.cwd();
const projects = readNames("Usage: pnpm coverage [project...]\n\nLines of the sources that tests run, of each package and app, which must be 85 %.\nA project is a folder such as apps/cli; without projects, all of them.");
const folder = mkdtempSync("/tmp/vj-coverage-");
const reports = path.join(folder, "reports");
mkdirSync(reports);
// Apart from them: vitest empties its folder when it begins.
const inTestsFolder = path.join(folder, "in-tests");
/** A file as package or app, top folder and rest. @param {string} file */
const partsOf = (file) => path.relative(root, file).split(path.sep);
const children = new ChildCoverage(reports, (file) => {
  const [top = "", , dist] = partsOf(file);
  return ["packages", "apps"].includes(top) && dist === "dist";
});

const vitest = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "--coverage", ...projects.map((project) => `${project}/`)], {
  // The tests give it on to their processes as NODE_V8_COVERAGE; see vitest.config.ts.
  env: { ...process.env, VJ_CHILD_COVERAGE: reports, VJ_COVERAGE: inTestsFolder },
  stdio: "inherit",
});
// A fault of this program ends the tests too.
process.once("exit", () => vitest.kill());
const isRemoved = afterUs('kill "$2"; rm -rf "$1"', folder, String(vitest.pid));
// Thousands of reports would fill the disk.
const timer = setInterval(() => children.take(), takeEveryMs);
const [code] = await once(vitest, "exit");
clearInterval(timer);
children.take();

const report = path.join(inTestsFolder, "coverage-final.json");
const text = existsSync(report) ? readFileSync(report, "utf8") : undefined;
rmSync(folder, { recursive: true, force: true });
isRemoved();
if (text === undefined) {
  console.error("vitest ended without a report of what ran; see above why");
  process.exit(1);
}
const inTests = inTestsSchema.parse(JSON.parse(text));
const sums = sumFolders(inTests, children.lines, (file) => partsOf(file).slice(0, 2).join("/"));
const wanted = [...sums].filter(([name]) => projects.length === 0 || projects.includes(name));
const share = (/** @type {number} */ part, /** @type {number} */ all) => percent((100 * part) / Math.max(1, all));
console.log(toText({
  title: `Lines that ran, with ${children.processes} processes that tests started (each folder must have ${least} %)`,
  head: ["", "lines", "in tests", "with processes"],
  rows: wanted.map(([name, { all, inTests, covered }]) => [name, all, share(inTests, all), share(covered, all)]),
}));
const low = wanted.filter(([, { all, covered }]) => covered < (least / 100) * all).map(([name]) => name);
if (low.length > 0) console.error(`\nbelow ${least} %: ${low.join(", ")}`);
process.exitCode = code === 0 && low.length === 0 ? 0 : 1;
