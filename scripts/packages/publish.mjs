// `node scripts/packages/publish.mjs FOLDER`: publishes the tarballs of a folder, those that others need first. What the registry has in
// that version is left alone, so it may be repeated. The release does this with the tarballs that were tested, and the checks with a
// registry on loopback. With `--missing` it prints what would be published.
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readCommandLine, refuse } from "../command-line.mjs";
import { runWithin } from "./commands.mjs";
import { missingOf, versionOf } from "./npm-registry.mjs";
import { manifestOf } from "./tarball-manifest.mjs";
import { publishedPackages, tarballOf } from "./workspace.mjs";

/** One package must be published within this time, ms: a registry that has ended leaves npm waiting. */
const packageMs = 180_000;

/**
 * @typedef {object} PublishOptions
 * @property {readonly string[]} [npm] options for `npm publish`
 * @property {Readonly<Record<string, string>>} [env]
 * @property {(version: string) => void} [onPublished] called with each `name@version`
 * @property {number} [limitMs] for one package
 */

/**
 * Publishes what the registry does not have, after a look at all tarballs.
 * @param {readonly import("./workspace.mjs").Package[]} packages those that others need first
 * @param {string} folder with a tarball of each
 * @param {PublishOptions} [options]
 * @returns {Promise<string[]>} what was published, as `name@version`
 * @throws Error with the reason in words: a tarball is missing or not what its name says, the registry cannot be asked, or npm refuses
 */
export async function publishAll(packages, folder, { npm = [], env = {}, onPublished = () => {}, limitMs = packageMs } = {}) {
  checkFolder(packages, folder);
  const publish = runWithin(limitMs);
  /** @type {string[]} */
  const published = [];
  for (const one of await missingOf(packages, folder, env)) {
    try {
      publish("npm", ["publish", "--access", "public", ...npm, tarballOf(one, folder)], folder, env);
    } catch (error) {
      const before = published.length === 0 ? "nothing was published before" : `published before: ${published.join(", ")}`;
      throw new Error(`${versionOf(one)} is not published: ${refusalOf(error, limitMs)}; ${before}; it may be repeated`, { cause: error });
    }
    published.push(versionOf(one));
    onPublished(versionOf(one));
  }
  return published;
}

/** @param {readonly import("./workspace.mjs").Package[]} packages @param {string} folder @throws Error that names every fault */
function checkFolder(packages, folder) {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new Error(`${folder} is not a folder: node scripts/packages/pack.mjs ${folder} makes it`);
  const missing = packages.map((one) => tarballOf(one, folder)).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`${missing.map((file) => path.basename(file)).join(", ")} not found: run node scripts/packages/pack.mjs ${folder} first`);
  const faults = packages.flatMap((one) => tarballFault(one, tarballOf(one, folder)) ?? []);
  if (faults.length > 0) throw new Error(`nothing is published: ${faults.join("; ")}; node scripts/packages/pack.mjs ${folder} makes them anew`);
}

/** @param {import("./workspace.mjs").Package} one @param {string} file @returns {string | undefined} */
function tarballFault(one, file) {
  try {
    const { name, version } = manifestOf(file);
    return `${name}@${version}` === versionOf(one) ? undefined : `${path.basename(file)} holds ${name}@${version}`;
  } catch (error) {
    return `${path.basename(file)} ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Why npm did not publish, in one line. @param {unknown} error @param {number} limitMs */
function refusalOf(error, limitMs) {
  const { code, message, stderr } = Object(error);
  if (code === "ETIMEDOUT") return `npm did not end within ${limitMs / 1000} s`;
  const lines = String(stderr ?? "").split("\n").flatMap((line) => /^npm (?:error|ERR!) (?!code |errno |A complete log)(\S.*)/.exec(line)?.[1] ?? []);
  return lines[0] ?? String(message).split("\n", 1)[0];
}

if (process.argv[1] === import.meta.filename) {
  const { names: [folder, ...more], flags } = readCommandLine(`Usage: node scripts/packages/publish.mjs FOLDER [--provenance] [--dry-run]
       node scripts/packages/publish.mjs --missing

Publishes the tarballs of a folder that the registry does not have in that version.

Options:
  --provenance  signs where they were built (in a workflow)
  --dry-run     publishes nothing
  --missing     prints what would be published

Example:
  node scripts/packages/publish.mjs tarballs --provenance`, undefined, ["--provenance", "--dry-run", "--missing"]);
  if (more.length > 0 || (folder === undefined) !== flags.includes("--missing")) refuse("give one folder of tarballs, or --missing");
  const done = flags.includes("--dry-run") ? "would publish" : "published";
  try {
    if (folder === undefined) for (const one of await missingOf(publishedPackages(), ".")) console.log(versionOf(one));
    else {
      const published = await publishAll(publishedPackages(), path.resolve(folder), { npm: flags.filter((flag) => flag !== "--missing"), onPublished: (version) => console.log(`${done} ${version}`) });
      if (published.length === 0) console.log("the registry has all of these versions");
    }
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
