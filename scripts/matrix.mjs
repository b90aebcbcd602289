// `pnpm matrix`: every package alone, on every line of Node and with every package manager, from a registry on loopback; then the types of
// all for every compiler.
import path from "node:path";
import { readOptions, refuse } from "./command-line.mjs";
import { checkAlone } from "./packages/check-alone.mjs";
import { checkTypes } from "./packages/check-types.mjs";
import { createChecks } from "./packages/commands.mjs";
import { packageManagers } from "./packages/managers.mjs";
import { withPublished } from "./packages/published.mjs";
import { installNodes, nodeLines } from "./packages/tools.mjs";
import { closureOf, publishedPackages, root } from "./packages/workspace.mjs";

const all = publishedPackages();
const usage = `Usage: pnpm matrix [options] [name...]

Installs each package alone from a registry on loopback and uses it, on every line of Node and with every package manager, then checks
the types of all together for every compiler.

Options:
  --node LINES        ${nodeLines.join(",")}: versions or their beginnings (Linux on x64)
  --manager NAMES     npm,pnpm,yarn
  --tarballs FOLDER   tries these tarballs; else all is built and packed
  --built             packs what is built; in a fresh checkout, that is the same and takes less time
  -h, --help          this text

Example:
  pnpm matrix --node 24 --manager pnpm worker`;

const { values, positionals } = readOptions(usage, {
  allowPositionals: true,
  options: /** @type {const} */ ({
    node: { type: "string", default: nodeLines.join(",") },
    manager: { type: "string", default: "npm,pnpm,yarn" },
    tarballs: { type: "string" },
    built: { type: "boolean", default: false },
  }),
});
const unknown = positionals.find((name) => !all.some((one) => one.name === `@vj/${name}`));
const managers = values.manager.split(",");
const strange = managers.find((name) => !["npm", "pnpm", "yarn"].includes(name));
if (unknown !== undefined || strange !== undefined) refuse(`unknown name ${unknown ?? strange}`);

const lines = values.node.split(",");
const noLine = lines.find((line) => !/^\d+(?:\.\d+){0,2}$/.test(line));
if (noLine !== undefined) refuse(`${noLine} is not a version of Node or the beginning of one`);

const checked = all.filter(({ name }) => positionals.length === 0 || positionals.includes(name.replace("@vj/", "")));
const packages = all.filter(({ name }) => checked.some((one) => closureOf(one.name, all).some((other) => other.name === name)));
const checks = createChecks();
const nodes = installNodes(lines);

await withPublished({ packages, rebuild: !values.built, tarballs: values.tarballs }, ({ work, tool, env }) => {
  const known = packageManagers(tool);
  for (const [line, folder] of Object.entries(nodes)) {
    for (const [name, manager] of Object.entries(known).filter(([one]) => managers.includes(one))) {
      for (const one of checked) {
        const place = path.join(work, `${line}-${name}-${path.basename(one.dir)}`);
        checkAlone({ one, label: `Node ${line}, ${name}`, manager, folder: place, env: { ...env, PATH: `${folder}:${process.env["PATH"]}` }, compiler: undefined, checks });
      }
    }
  }
  const compilers = { 5.4: tool("typescript-5.4/bin/tsc"), 5.9: tool("typescript-5.9/bin/tsc"), 7: path.join(root, "node_modules/typescript/bin/tsc") };
  checkTypes({ packages: checked, compilers, npm: known.npm, folder: path.join(work, "types"), env, checks });
});
process.exit(checks.finish(`packages: ${checked.length}, Node: ${Object.keys(nodes).join(", ")}, managers: ${managers.join(", ")}`));
