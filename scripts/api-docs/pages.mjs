// The pages of docs/api as they should be.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { exportsOf } from "./exported.mjs";
import { page, pageName, table } from "./page.mjs";

/** What a published package exports. @param {string} root the checkout @returns {import("./page.mjs").PackageApi[]} */
export function publishedApis(root) {
  return ["packages", "apps"].flatMap((top) =>
    readdirSync(path.join(root, top)).sort().flatMap((name) => {
      const folder = `${top}/${name}`;
      const file = path.join(root, folder, "package.json");
      if (!existsSync(file)) return [];
      const manifest = JSON.parse(readFileSync(file, "utf8"));
      if (manifest.private === true) return [];
      const entries = Object.entries(manifest.exports).flatMap(([key, conditions]) =>
        typeof conditions === "string" ? [] : [{ specifier: manifest.name + key.slice(1), exported: exportsOf(path.join(root, folder, conditions["@vj/source"])) }]);
      return [{ name: manifest.name, description: manifest.description.replace(/\.$/, ""), folder, entries }];
    }));
}

/** File name to content. @param {string} root @returns {Map<string, string>} */
export function apiPages(root) {
  const apis = publishedApis(root);
  const pages = new Map(apis.map((api) => [pageName(api.name), page(api, root)]));
  const list = (/** @type {string} */ top) => table(["Package", "What"], apis.filter(({ folder }) => folder.startsWith(top)).map(({ name, description }) => [`[${name}](${pageName(name)})`, description]));
  pages.set("README.md", `# What each package exports\n\nMade from the doc comments of the sources by \`pnpm api-docs\`.\n\n## Packages\n\n${list("packages")}\n\n## Programs\n\n${list("apps")}\n`);
  return pages;
}
