// `pnpm pack:check [name…]`: packs every publishable package, lints the tarballs, and uses each one alone in an empty folder
// outside the workspace: imported with types, its programs and the example of its README run. With `cli`, also a global install of it
// beside a worker that a folder depends on.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { readNames } from "./command-line.mjs";
import { checkGlobalBesideWorker } from "./global-beside-worker.mjs";

const root = path.dirname(import.meta.dirname);
/** Bytes; apps contain what their programs import, and `cli` contains the other apps. */
const sizeLimits = { packages: 600_000, apps: 1_200_000 };
const work = mkdtempSync(path.join(tmpdir(), "vj-pack-"));
const tarballs = path.join(work, "tarballs");
/** @type {string[]} */
const faults = [];

/** @param {string} command @param {string[]} args @param {Record<string, string>} [env] beside our own */
const run = (command, args, cwd = root, env = {}) =>
  execFileSync(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
/** @param {string} what @param {() => void} action */
const attempt = (what, action) => {
  try {
    action();
    console.log(`ok    ${what}`);
  } catch (error) {
    faults.push(what);
    console.error(`FAIL  ${what}\n${outputOf(error)}`);
  }
};

/** Output of a failed program, and the reason of the failure. @param {unknown} error */
function outputOf(error) {
  const { message, stdout, stderr } = Object(error);
  return [message, stdout, stderr].filter(Boolean).join("\n");
}

const packages = ["packages", "apps"]
  .flatMap((top) => readdirSync(path.join(root, top)).map((folder) => path.join(root, top, folder)))
  .map((dir) => ({ dir, manifest: JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8")) }))
  .filter(({ manifest }) => manifest.private !== true);
const wanted = readNames("Usage: pnpm pack:check [name...]\n\nPacks, lints and tries out packages; without names, all of them.",
  packages.map(({ manifest }) => manifest.name.replace("@vj/", "")));
const byName = new Map(packages.map((one) => [one.manifest.name, one]));

/**
 * The package and all workspace packages that it depends on.
 * @param {string} name
 * @param {Set<string>} [found]
 */
function closure(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  for (const dependency of Object.keys(byName.get(name)?.manifest.dependencies ?? {})) {
    if (byName.has(dependency)) closure(dependency, found);
  }
  return found;
}

/** @param {string} name */
const tarballOf = (name) => path.join(tarballs, `${name.replace("@", "").replace("/", "-")}-${byName.get(name)?.manifest.version}.tgz`);
/** @param {string} dir */
const readmeExample = (dir) => /```js\n([\s\S]*?)```/.exec(readFileSync(path.join(dir, "README.md"), "utf8"))?.[1];

const only = wanted.map((name) => `@vj/${name}`);
const checked = packages.filter((one) => only.length === 0 || only.includes(one.manifest.name));
const withGlobal = checked.some((one) => one.manifest.name === "@vj/cli");
const needed = new Set([...checked.map((one) => one.manifest.name), ...(withGlobal ? ["@vj/worker"] : [])].flatMap((name) => [...closure(name)]));
mkdirSync(tarballs);
for (const { dir, manifest } of packages) if (needed.has(manifest.name)) run("pnpm", ["pack", "--pack-destination", tarballs], dir);

/** @param {string} name */
const bin = (name) => path.join(root, "node_modules/.bin", name);
for (const { dir, manifest } of checked) {
  const tarball = tarballOf(manifest.name);
  attempt(`${manifest.name}: publint`, () => run(bin("publint"), ["run", tarball, "--strict"]));
  attempt(`${manifest.name}: types`, () => run(bin("attw"), [tarball, "--profile", "esm-only"]));
  attempt(`${manifest.name}: size`, () => {
    const limit = sizeLimits[path.basename(path.dirname(dir)) === "apps" ? "apps" : "packages"];
    if (statSync(tarball).size > limit) throw new Error(`${statSync(tarball).size} bytes, ${limit} are allowed`);
  });

  const home = path.join(work, manifest.name.replace("@vj/", ""));
  mkdirSync(home);
  writeFileSync(path.join(home, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
  attempt(`${manifest.name}: installs alone`, () =>
    run("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", "--omit=optional", "--prefer-offline",
      ...[...closure(manifest.name)].map(tarballOf), "@types/node@20", "@types/react@19"], home));
  attempt(`${manifest.name}: imports with types`, () => {
    writeFileSync(path.join(home, "use.ts"), `import * as all from "${manifest.name}";\nexport const names: string[] = Object.keys(all);\n`);
    run(bin("tsc"), ["--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--lib", "es2023,esnext.disposable,dom", "--types", "node", "use.ts"], home);
    run(process.execPath, ["--input-type=module", "-e", `await import("${manifest.name}"); process.exit(0)`], home);
  });
  for (const program of Object.keys(manifest.bin ?? {})) {
    attempt(`${manifest.name}: ${program} starts`, () => {
      const version = run(path.join(home, "node_modules/.bin", program), ["--version"], home).trim();
      if (version !== manifest.version) throw new Error(`--version printed "${version}"`);
    });
  }
  const example = readmeExample(dir);
  if (example !== undefined) {
    attempt(`${manifest.name}: example of the README`, () => {
      writeFileSync(path.join(home, "example.mjs"), example);
      run("timeout", ["30", process.execPath, "example.mjs"], home);
    });
  } else if (dir.includes(`${path.sep}packages${path.sep}`)) faults.push(`${manifest.name}: its README has no example`);
}

if (withGlobal) {
  const tarballsFor = (/** @type {string} */ name) => [...closure(name)].map(tarballOf);
  attempt("@vj/cli: installed globally, beside a worker that a folder depends on", () =>
    checkGlobalBesideWorker({ root, work: path.join(work, "global"), cli: tarballsFor("@vj/cli"), worker: tarballsFor("@vj/worker"), run }));
}

rmSync(work, { recursive: true, force: true });
console.log(faults.length === 0 ? `\n${checked.length} packages, no faults` : `\n${faults.length} faults:\n${faults.join("\n")}`);
process.exit(faults.length === 0 ? 0 : 1);
