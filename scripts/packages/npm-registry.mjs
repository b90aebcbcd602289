// What a registry of npm has already.
import { z } from "zod";
import { run } from "./commands.mjs";

/** A registry that answers later than this is not there, ms. */
const answerMs = 60_000;

/** @param {import("./workspace.mjs").Package} one */
export const versionOf = ({ name, manifest }) => `${name}@${manifest.version}`;

/**
 * Those that the registry does not have in this version.
 * @param {readonly import("./workspace.mjs").Package[]} packages
 * @param {string} folder whose settings of npm name the registry
 * @param {Readonly<Record<string, string>>} [env]
 * @throws Error when the registry cannot be asked
 */
export async function missingOf(packages, folder, env = {}) {
  const registry = run("npm", ["config", "get", "registry"], folder, env).trim().replace(/\/?$/, "/");
  const there = await Promise.all(packages.map((one) => isThere(registry, one)));
  return packages.filter((_, at) => !there[at]);
}

/** @param {string} registry @param {import("./workspace.mjs").Package} one */
async function isThere(registry, { name, manifest }) {
  const url = `${registry}${name.replace("/", "%2f")}`;
  const ask = () => fetch(url, { headers: { accept: "application/vnd.npm.install-v1+json" }, signal: AbortSignal.timeout(answerMs) });
  // A connection from before may have ended meanwhile.
  const answer = await ask().catch(ask).catch((error) => {
    throw new Error(`the registry ${registry} does not answer: ${reasonOf(error)}`, { cause: error });
  });
  if (answer.status === 404) return false;
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const known = knownSchema.safeParse(await answer.json().catch(() => undefined));
  if (!known.success) throw new Error(`${url} does not answer as a registry of npm does`);
  return Object.hasOwn(known.data.versions, manifest.version);
}

const knownSchema = z.object({ versions: z.record(z.string(), z.unknown()) });

/** The reason of a failed request: `fetch` hides it in the cause. @param {unknown} error @returns {string} */
function reasonOf(error) {
  const { message, code, cause } = Object(error);
  return cause === undefined ? String(message || code) : reasonOf(cause);
}
