// `pnpm mutate [--base main] [--most 40] [file…]`: changes the code that differs from a commit (or of whole files) in
// small ways, one at a time, and runs those tests of its package that import it. A change that no test detects is a weak
// spot. A report, not a gate. No file is written: the change is made while a test loads the source
// (scripts/mutate/plugin.ts). Tests that start built programs do not run it. Runs in the root of a checkout.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { readOptions, refuse } from "../command-line.mjs";
import { changedLines } from "./changed-lines.mjs";
import { mutationsOf } from "./mutations.mjs";

const root = process.cwd();
const { values, positionals } = readOptions("Usage: pnpm mutate [--base main] [--most 40] [file...]\n\nShows which small changes of the code no test notices: of the lines that differ from the base, or of whole files.", {
  allowPositionals: true,
  options: /** @type {const} */ ({ base: { type: "string", default: "main" }, most: { type: "string", default: "40" } }),
});
const most = Number(values.most);
if (!Number.isInteger(most) || most < 1) refuse(`--most takes a whole number of at least 1, not ${values.most}`);
const missing = positionals.find((file) => !existsSync(file));
if (missing !== undefined) refuse(`${missing} does not exist`);

/** @type {(readonly [string, ReadonlySet<number> | undefined])[]} */
const files = positionals.length > 0 ? positionals.map((file) => [path.relative(root, path.resolve(file)), undefined]) : [...changedLines(values.base)];
const all = files.flatMap(([file, lines]) => mutationsOf(readFileSync(file, "utf8"), lines).map((mutation) => ({ file, ...mutation })));
// Spread over all of them, so that a short run covers every part.
const chosen = all.filter((_, index) => Math.floor((index * most) / all.length) !== Math.floor(((index - 1) * most) / all.length));
console.log(`${chosen.length} of ${all.length} changes in ${files.length} files`);

/** Whether the tests of the same package that import a file fail. @param {string} file @param {object} [mutation] */
function testsFail(file, mutation) {
  const env = { ...process.env, VJ_MUTANT: mutation === undefined ? "" : JSON.stringify(mutation) };
  const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "related", "--run", "--bail=1", "--dir", file.split("/").slice(0, 2).join("/"), file], { env, stdio: "ignore", timeout: 300_000 });
  return status !== 0;
}

let survived = 0;
const usable = new Map(files.map(([file]) => [file, chosen.some((one) => one.file === file) && !testsFail(file)]));
for (const [file, works] of usable) if (!works && chosen.some((one) => one.file === file)) console.log(`${file}: its tests fail without a change, left out`);
for (const { file, start, end, from, to, line } of chosen) {
  if (usable.get(file) !== true || testsFail(file, { file: path.join(root, file), start, end, to })) continue;
  survived += 1;
  console.log(`${file}:${line}  ${from === "" ? "if (…)" : from}  ->  ${from === "" ? "if (!…)" : to.trim()}   no test notices`);
}
console.log(`${survived} of ${chosen.length} changes were not noticed`);
