// How large the tarball of a built package is, without packing it: for the tests, which run after a build of any age.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { z } from "zod";
import { withoutSource } from "./check-tarball.mjs";

const manifestSchema = z.object({ files: z.array(z.string()) });

/** @param {string} pattern of `files` @returns {RegExp} */
const glob = (pattern) => new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("**", "\0").replaceAll("*", "[^/]*").replaceAll("\0", ".*")}$`);

/**
 * The files of its tarball, relative to the package. Leftovers of older builds are not among them: compiled files without a source, and
 * parts of bundles that no program loads any more.
 * @param {string} dir of the package
 * @returns {string[]}
 */
export function packedFiles(dir) {
  const { files } = manifestSchema.parse(JSON.parse(readFileSync(path.join(dir, "package.json"), "utf8")));
  const not = files.filter((entry) => entry.startsWith("!")).map((entry) => glob(entry.slice(1)));
  const all = [...files.filter((entry) => !entry.startsWith("!")), "package.json", "README.md"].flatMap((entry) => below(dir, entry));
  const kept = all.filter((file) => !not.some((pattern) => pattern.test(file)));
  const stale = new Set(withoutSource(kept.map((file) => `package/${file}`)));
  const loaded = loadedParts(dir);
  return kept.filter((file) => !stale.has(`package/${file}`) && (!file.startsWith("dist/bundle/") || !file.endsWith(".js") || loaded.has(path.basename(file))));
}

/** Bytes of its tarball, within some per cent. @param {string} dir of the package */
export function packedSize(dir) {
  return gzipSync(Buffer.concat(packedFiles(dir).map((file) => readFileSync(path.join(dir, file))))).length;
}

/** @param {string} dir @param {string} entry @returns {string[]} */
function below(dir, entry) {
  const found = statSync(path.join(dir, entry), { throwIfNoEntry: false });
  if (found?.isDirectory() !== true) return found === undefined ? [] : [entry];
  return readdirSync(path.join(dir, entry)).flatMap((name) => below(dir, `${entry}/${name}`));
}

/** The parts of bundles that its programs load, also later. @param {string} dir */
function loadedParts(dir) {
  const folder = path.join(dir, "dist/bundle");
  // Each program is a file in bin, and its bundle has that name.
  const found = new Set(below(dir, "bin").map((file) => path.basename(file)).filter((name) => existsSync(path.join(folder, name))));
  for (const name of found) {
    const named = [...readFileSync(path.join(folder, name), "utf8").matchAll(/["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, part = ""]) => part);
    for (const part of named) if (existsSync(path.join(folder, part))) found.add(part);
  }
  return found;
}
