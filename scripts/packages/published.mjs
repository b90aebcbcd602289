// What all checks of packages begin with: tarballs, published to a registry of our own.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterUs } from "../after-us.mjs";
import { packAll } from "./pack.mjs";
import { publishAll } from "./publish.mjs";
import { startRegistry } from "./registry.mjs";
import { installTools } from "./tools.mjs";

/**
 * Packs these packages, publishes them, and hands over to the checks; what was made is removed afterwards.
 * @template T
 * @param {object} options
 * @param {readonly import("./workspace.mjs").Package[]} options.packages with all that they depend on
 * @param {boolean} options.rebuild see {@link packAll}
 * @param {string | undefined} [options.tarballs] a folder with their tarballs; else they are packed
 * @param {(registry: { work: string, tarballs: string, tool: (file: string) => string, env: Record<string, string>, url: string }) => T} action
 * @returns {Promise<T>}
 */
export async function withPublished({ packages, rebuild, tarballs }, action) {
  const work = mkdtempSync(path.join(tmpdir(), "vj-packages-"));
  const isRemoved = afterUs('rm -rf "$1"', work);
  try {
    const tool = installTools();
    const folder = path.resolve(tarballs ?? path.join(work, "tarballs"));
    if (tarballs === undefined) packAll(folder, packages, { rebuild });
    const registry = await startRegistry({ program: tool("verdaccio/bin/verdaccio"), folder: path.join(work, "registry") });
    try {
      const published = await publishAll(packages, folder, { env: registry.env });
      console.log(`published ${published.length} packages to ${registry.url}`);
      return await action({ work, tarballs: folder, tool, env: registry.env, url: registry.url });
    } finally {
      await registry.close();
    }
  } finally {
    rmSync(work, { recursive: true, force: true, maxRetries: 3 });
    isRemoved();
  }
}
