// How the package managers install a package into an empty folder, and run what is there.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

/** What every project of TypeScript that uses Node has. */
export const nodeTypes = "@types/node@20.19.43";

/**
 * @typedef {object} Manager
 * @property {(packages: readonly string[]) => string[]} add installs into the current folder: program and arguments
 * @property {(file: string, ...args: string[]) => string[]} node runs a JavaScript file of the folder
 * @property {(bin: string, ...args: string[]) => string[]} program runs a program of what is installed in the folder
 * @property {(name: string, bin: string, ...args: string[]) => string[]} once runs the program of a package that is not installed
 * @property {boolean} [withoutFolder] there is no node_modules
 * @property {(folder: string) => void} [prepare] writes its configuration
 */

/** @param {(file: string) => string} tool @returns {Record<"npm" | "pnpm" | "yarn", Manager>} */
export function packageManagers(tool) {
  const yarn = ["node", tool("@yarnpkg/cli-dist/bin/yarn.js")];
  return {
    npm: {
      add: (packages) => ["npm", "install", "--ignore-scripts", "--omit=optional", "--prefer-offline", ...packages],
      node: (file, ...args) => ["node", file, ...args],
      program: (bin, ...args) => ["npm", "exec", "--offline", "--", bin, ...args],
      once: (name, bin, ...args) => ["npm", "exec", "--yes", `--package=${name}`, "--", bin, ...args],
    },
    // Nothing is reachable but what a package declares itself.
    pnpm: {
      add: (packages) => ["pnpm", "add", "--config.hoist=false", "--config.shamefully-hoist=false", "--ignore-scripts", "--no-optional", "--prefer-offline", ...packages],
      node: (file, ...args) => ["node", file, ...args],
      program: (bin, ...args) => ["pnpm", "exec", bin, ...args],
      once: (name, _bin, ...args) => ["pnpm", "dlx", name, ...args],
      prepare: (folder) => writeFileSync(path.join(folder, "pnpm-workspace.yaml"), "packages: []\n"),
    },
    // Without node_modules: the packages stay in their archives, and each finds what it declares only.
    yarn: {
      add: (packages) => [...yarn, "add", ...packages],
      node: (file, ...args) => [...yarn, "node", file, ...args],
      program: (bin, ...args) => [...yarn, "run", bin, ...args],
      once: (name, _bin, ...args) => [...yarn, "dlx", "-q", name, ...args],
      withoutFolder: true,
      prepare: (folder) => {
        // Yarn takes no version that is younger than some days, and ours are a minute old.
        writeFileSync(path.join(folder, ".yarnrc.yml"), "enableScripts: false\nenableTelemetry: false\nnodeLinker: pnp\nnpmMinimalAgeGate: 0\n");
        writeFileSync(path.join(folder, "yarn.lock"), "");
      },
    },
  };
}

/** An empty project. @param {string} folder @param {Manager} manager */
export function emptyProject(folder, manager) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ name: "consumer", version: "1.0.0", private: true, type: "module" }));
  manager.prepare?.(folder);
}
