// `node scripts/packages/pack.mjs FOLDER`: makes the tarballs of all packages, of what is built. From a fresh checkout, that is what is
// published; `pnpm pack` in one package builds it anew.
import { mkdirSync } from "node:fs";
import path from "node:path";
import { readNames, refuse } from "../command-line.mjs";
import { outputOf, run } from "./commands.mjs";
import { publishedPackages } from "./workspace.mjs";

/**
 * @param {string} folder
 * @param {readonly import("./workspace.mjs").Package[]} packages
 * @param {{ rebuild: boolean }} options `rebuild`: each is built from nothing before, so that nothing old is packed
 */
export function packAll(folder, packages, { rebuild }) {
  mkdirSync(folder, { recursive: true });
  for (const [index, { dir, name }] of packages.entries()) {
    run("pnpm", ["pack", "--pack-destination", folder, ...(rebuild ? [] : ["--config.ignore-scripts=true"])], dir);
    console.error(`packed ${index + 1} of ${packages.length}: ${name}`);
  }
}

if (process.argv[1] === import.meta.filename) {
  const [folder, ...more] = readNames("Usage: node scripts/packages/pack.mjs FOLDER\n\nMakes the tarballs of all packages, of what is built. Run it in a fresh checkout that is built.");
  if (folder === undefined || more.length > 0) refuse("give one folder for the tarballs");
  try {
    packAll(path.resolve(folder), publishedPackages(), { rebuild: false });
  } catch (error) {
    console.error(outputOf(error));
    process.exitCode = 1;
  }
}
