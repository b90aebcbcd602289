import { statSync } from "node:fs";
import path from "node:path";
import { run } from "./commands.mjs";
import { sizeLimit } from "./tarball-limits.mjs";
import { root, tarballOf } from "./workspace.mjs";

/** Compiled files without their source, whose text is the same: weights as strings, which would double the package. */
const withoutOwnSource = /^rhythm\/activation\/weights[-\w]*$/;

/** @param {string} name */
const bin = (name) => path.join(root, "node_modules/.bin", name);

/**
 * The compiled files of a tarball whose sources are gone: an older build left them.
 * @param {readonly string[]} files of the tarball, as `package/dist/index.js`
 * @returns {string[]}
 */
export function withoutSource(files) {
  const all = new Set(files);
  return files.filter((file) => {
    const stem = /^package\/dist\/(?!bundle\/)(.+?)(?:\.d\.ts|\.js)(?:\.map)?$/.exec(file)?.[1];
    return stem !== undefined && !withoutOwnSource.test(stem) && ![".ts", ".tsx"].some((end) => all.has(`package/src/${stem}${end}`));
  });
}

/**
 * Lints a tarball, and measures it.
 * @param {import("./workspace.mjs").Package} one
 * @param {string} folder of the tarballs
 * @param {import("./commands.mjs").Checks} checks
 */
export function checkTarball(one, folder, checks) {
  const tarball = tarballOf(one, folder);
  checks.attempt(`${one.name}: publint`, () => run(bin("publint"), ["run", tarball, "--strict"], root));
  checks.attempt(`${one.name}: attw`, () => run(bin("attw"), [tarball, "--profile", "esm-only"], root));
  checks.attempt(`${one.name}: size`, () => {
    const limit = sizeLimit(one);
    if (statSync(tarball).size > limit) throw new Error(`${statSync(tarball).size} bytes, ${limit} are allowed`);
  });
  checks.attempt(`${one.name}: all that is compiled has its source`, () => {
    const stale = withoutSource(run("tar", ["-tzf", tarball], root).split("\n"));
    if (stale.length > 0) throw new Error(`an older build left ${stale.join(", ")}: remove dist and build again`);
  });
}
