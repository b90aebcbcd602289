// `pnpm sbom [--built] [--tarballs FOLDER]`: writes sbom.cdx.json, the list of all that an installation of @vj/cli contains, in CycloneDX,
// by `npm sbom` in a folder where it is installed from a registry on loopback.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { readOptions } from "./command-line.mjs";
import { run } from "./packages/commands.mjs";
import { completeBom } from "./packages/complete-bom.mjs";
import { emptyProject, packageManagers } from "./packages/managers.mjs";
import { withPublished } from "./packages/published.mjs";
import { publishedPackages, root } from "./packages/workspace.mjs";

const { values } = readOptions("Usage: pnpm sbom [--built] [--tarballs FOLDER]\n\nWrites sbom.cdx.json: what an installation of @vj/cli contains, as CycloneDX.", {
  options: /** @type {const} */ ({ built: { type: "boolean", default: false }, tarballs: { type: "string" } }),
});
const packages = publishedPackages();
await withPublished({ packages, rebuild: !values.built, tarballs: values.tarballs }, ({ work, tool, env, url }) => {
  const folder = path.join(work, "all");
  const { npm } = packageManagers(tool);
  emptyProject(folder, npm);
  run("npm", ["install", "--ignore-scripts", ...packages.map(({ name }) => name)], folder, env);
  const text = run("npm", ["sbom", "--sbom-format", "cyclonedx", "--omit", "dev"], folder, env);
  const version = packages.find(({ name }) => name === "@vj/cli")?.manifest.version ?? "";
  const bom = completeBom(text, { folder, registry: url, version });
  writeFileSync(path.join(root, "sbom.cdx.json"), `${JSON.stringify(bom, null, 2)}\n`);
  console.log(`sbom.cdx.json: ${bom.components.length} components`);
});
