// docs/packages.md as it should be.
import path from "node:path";
import { bytesOf, installedWith } from "./installed.mjs";
import { sizeLimit } from "./tarball-limits.mjs";
import { publishedPackages, root } from "./workspace.mjs";

/** The page: what each published package installs, how large that is, and under which licences. @returns {string} */
export function dependencyPage() {
  const all = publishedPackages().map((one) => ({ ...one, installed: installedWith(one.dir) }));
  const rows = all.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, installed }) => {
    const needed = installed.filter(({ optional }) => !optional);
    const bytes = needed.reduce((sum, { folder }) => sum + bytesOf(folder), 0);
    const extra = installed.filter(({ optional }) => optional).length;
    return `| \`${name}\` | ${sizeLimit({ name }) / 1000} | ${needed.length} | ${(bytes / 1e6).toFixed(1)} | ${extra === 0 ? "" : extra} |`;
  });
  const foreign = new Map(all.flatMap(({ installed }) => installed.map((one) => /** @type {const} */ ([`${one.name}@${one.version}`, one]))));
  const users = (/** @type {string} */ key) => all.filter(({ installed }) => installed.some(({ name, version }) => `${name}@${version}` === key)).map(({ name }) => name.replace("@vj/", ""));
  const licences = [...foreign].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, { name, version, licence }]) => `| ${name} | ${version} | ${licence} | ${shownUsers(users(key), all.length)} |`);
  return `# What the packages install

Made by \`node scripts/dependency-docs.mjs\` from what the lockfile installs, and checked by a test, so that growth shows here. The reason for each:
[dependencies](dependencies.md).

## Number and size

The most kilobytes that the tarball may have (the tests and \`pnpm pack:check\` measure it), packages of others that \`npm install\` adds, and
the size of their files in MB. Optional ones (native modules, a database) are added where they can be installed; nothing fails without them.

| Package | Tarball, kB at most | Foreign packages | MB | Optional |
|---|---|---|---|---|
${rows.join("\n")}

## Licences

| Package | Version | Licence | Used by |
|---|---|---|---|
${licences.join("\n")}
`;
}

/** @param {readonly string[]} names @param {number} most */
const shownUsers = (names, most) => (names.length > 8 ? `${names.length} of ${most}` : names.join(", "));

export const dependencyFile = path.join(root, "docs/packages.md");
