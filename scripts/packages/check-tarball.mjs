import { statSync } from "node:fs";
import path from "node:path";
import { run } from "./commands.mjs";
import { root, tarballOf } from "./workspace.mjs";

/** Bytes of a tarball; apps contain what their programs import, and `cli` contains the other apps. */
const sizeLimits = { packages: 600_000, apps: 1_200_000 };

/** @param {string} name */
const bin = (name) => path.join(root, "node_modules/.bin", name);

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
    const limit = sizeLimits[one.kind];
    if (statSync(tarball).size > limit) throw new Error(`${statSync(tarball).size} bytes, ${limit} are allowed`);
  });
}
