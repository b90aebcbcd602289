// `pnpm pack:check [name…] [--built]`: packs every publishable package, lints the tarballs, publishes them to a registry on loopback, and
// uses each one alone in an empty folder outside the workspace: with npm, and with pnpm where nothing is hoisted. With `cli`, also a
// global install of it beside a worker that a folder depends on. `--built` packs what is built; else all is built anew.
import path from "node:path";

import { readCommandLine } from "./command-line.mjs";
import { checkAlone } from "./packages/check-alone.mjs";
import { checkTarball } from "./packages/check-tarball.mjs";
import { createChecks, run } from "./packages/commands.mjs";
import { checkGlobalBesideWorker } from "./packages/global-beside-worker.mjs";
import { packageManagers } from "./packages/managers.mjs";

import { withPublished } from "./packages/published.mjs";
import { closureOf, publishedPackages, root } from "./packages/workspace.mjs";

const usage = `Usage: pnpm pack:check [name...] [--built]

Packs, publishes to a registry on loopback and tries out packages; without names, all of them.

Options:
  --built  packs what is built; in a fresh checkout, that is the same and takes less time`;
const all = publishedPackages();
const { names, flags } = readCommandLine(usage, all.map(({ name }) => name.replace("@vj/", "")), ["--built"]);
const checked = all.filter(({ name }) => names.length === 0 || names.includes(name.replace("@vj/", "")));
const withGlobal = checked.some(({ name }) => name === "@vj/cli");
const needed = new Set([...checked.map(({ name }) => name), ...(withGlobal ? ["@vj/worker"] : [])].flatMap((name) => closureOf(name, all)));
const checks = createChecks();

await withPublished({ packages: [...needed], rebuild: !flags.includes("--built") }, ({ work, tarballs, tool, env }) => {
  const { npm, pnpm } = packageManagers(tool);
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  for (const one of checked) {
    checkTarball(one, tarballs, checks);
    const folder = path.join(work, one.name.replace("@vj/", ""));
    checkAlone({ one, label: "npm", manager: npm, folder: `${folder}-npm`, env, compiler: undefined, checks });
    checkAlone({ one, label: "pnpm without hoisting", manager: pnpm, folder: `${folder}-pnpm`, env, compiler, checks });
  }
  if (withGlobal) {
    checks.attempt("@vj/cli: installed globally, beside a worker that a folder depends on", () =>
      checkGlobalBesideWorker({ root, work: path.join(work, "global"), env, run }));
  }
});
process.exit(checks.finish(`${checked.length} packages`));
