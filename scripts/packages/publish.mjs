// `node scripts/packages/publish.mjs FOLDER`: publishes the tarballs of a folder, those that others need first. What the registry has in
// that version is left alone, so it may be repeated. The release does this with the tarballs that were tested, and the checks with a
// registry on loopback. With `--missing` it prints what would be published.
import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { readCommandLine, refuse } from "../command-line.mjs";
import { run } from "./commands.mjs";
import { publishedPackages, tarballOf } from "./workspace.mjs";

/**
 * @param {readonly import("./workspace.mjs").Package[]} packages those that others need first
 * @param {string} folder with a tarball of each
 * @param {readonly string[]} [options] for `npm publish`
 * @param {Readonly<Record<string, string>>} [env]
 * @returns {Promise<string[]>} what was published, as `name@version`
 * @throws Error when a tarball is missing, the registry cannot be asked, or npm refuses
 */
export async function publishAll(packages, folder, options = [], env = {}) {
  const missing = packages.map((one) => tarballOf(one, folder)).filter((file) => !existsSync(file));
  if (missing.length > 0) throw new Error(`${missing.map((file) => path.basename(file)).join(", ")} not found: run node scripts/packages/pack.mjs ${folder} first`);
  return (await missingOf(packages, folder, env)).map((one) => {
    run("npm", ["publish", "--access", "public", ...options, tarballOf(one, folder)], folder, env);
    return versionOf(one);
  });
}

/** @param {import("./workspace.mjs").Package} one */
const versionOf = ({ name, manifest }) => `${name}@${manifest.version}`;

/**
 * Those that the registry does not have in this version.
 * @param {readonly import("./workspace.mjs").Package[]} packages
 * @param {string} folder whose settings of npm name the registry
 * @param {Readonly<Record<string, string>>} [env]
 */
async function missingOf(packages, folder, env = {}) {
  const registry = run("npm", ["config", "get", "registry"], folder, env).trim().replace(/\/?$/, "/");
  const there = await Promise.all(packages.map((one) => isThere(registry, one)));
  return packages.filter((_, at) => !there[at]);
}

/** @param {string} registry @param {import("./workspace.mjs").Package} one */
async function isThere(registry, { name, manifest }) {
  const url = `${registry}${name.replace("/", "%2f")}`;
  const ask = () => fetch(url, { headers: { accept: "application/vnd.npm.install-v1+json" } });
  // A connection from before may have ended meanwhile.
  const answer = await ask().catch(ask);
  if (answer.status === 404) return false;
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const known = z.object({ versions: z.record(z.string(), z.unknown()) }).parse(await answer.json());
  return Object.hasOwn(known.versions, manifest.version);
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
  const options = flags.filter((flag) => flag !== "--missing");
  if (more.length > 0 || (folder === undefined) !== flags.includes("--missing")) refuse("give one folder of tarballs, or --missing");
  if (folder === undefined) for (const one of await missingOf(publishedPackages(), ".")) console.log(versionOf(one));
  else for (const name of await publishAll(publishedPackages(), path.resolve(folder), options)) console.log(`published ${name}`);
}
