import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { rolldown } from "rolldown";
import { z } from "zod";
import { inkForUsers } from "./ink-for-users.mjs";
import { noticesOf } from "./notices.mjs";
import { ownPlace, packageFolder } from "./own-place.mjs";
import { writeBundle } from "./write-bundle.mjs";

const names = z.record(z.string(), z.string()).default({});
const manifestSchema = z.object({ name: z.string(), bin: names, dependencies: names, optionalDependencies: names, peerDependencies: names });
/** The fields of an app's package.json that count here. @typedef {z.output<typeof manifestSchema>} Manifest */

/** Left in node_modules: native or WebAssembly, loaded when needed. */
const apart = [/^@audio\//, "naudiodon", "node-sqlite3-wasm", "@foxglove/wasm-zstd"];
/** Asked for by packages but not installed, nor needed: for X11 without a bus address. */
const neverThere = ["x11"];

/** Sources that do nothing when they are imported, but for those that are programs. */
const pureSources = /\/(?:apps|packages)\/[^/]+\/src\//;

/**
 * Bundles the programs of an app, the files `bin/<name>.js`, into its `dist/bundle`: `<name>.js` from `src/main.ts` for the one that
 * users run (`bin` in package.json), and from `src/<name>.ts` for the others, which the app itself starts. What only some runs need
 * (`await import`) is in files of its own. An app without programs is left alone.
 * @param {string} folder absolute
 * @throws Error when a source cannot be bundled, or would load a package that the app does not declare
 */
export async function bundleApp(folder) {
  const manifest = manifestSchema.parse(JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")));
  const programs = programsOf(folder, manifest);
  if (programs.length === 0) return;
  const input = Object.fromEntries(programs.map(({ name, source }) => [name, path.join(folder, "src", source)]));
  const dir = path.join(folder, "dist/bundle");
  const bundle = await rolldown({
    input,
    cwd: folder,
    platform: "node",
    external: [...apart, ...neverThere],
    resolve: { conditionNames: ["@vj/source", "node"] },
    // Parts for development, such as React's, are never used.
    transform: { target: "node20", define: { __filename: "import.meta.filename", __dirname: "import.meta.dirname", "process.env.NODE_ENV": '"production"' } },
    treeshake: { moduleSideEffects: [{ test: pureSources, sideEffects: false }] },
    plugins: [ownPlace(folder), inkForUsers],
    onLog: (level, { message }) => {
      if (level === "warn") throw new Error(`${manifest.name} cannot be bundled: ${message}`);
    },
  });
  const { output } = await bundle.generate({
    dir,
    entryFileNames: "[name].js",
    // A program that runs may load a part later: after a build it still finds the old one.
    chunkFileNames: "[name]-[hash].js",
    sourcemap: true,
    sourcemapExcludeSources: true,
  });
  await bundle.close();
  const chunks = output.filter((one) => one.type === "chunk");
  checkDeclared(manifest, chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]).filter((name) => !output.some(({ fileName }) => fileName === name)));
  writeBundle(dir, output, noticesOf(chunks.flatMap(({ moduleIds }) => moduleIds.flatMap((id) => packageFolder(id) ?? []))));
}

/**
 * The names of an app's programs, and the source of each.
 * @param {string} folder @param {Manifest} manifest
 */
function programsOf(folder, { bin }) {
  const forUsers = new Set(Object.values(bin).map((file) => path.basename(file, ".js")));
  const all = existsSync(path.join(folder, "bin")) ? readdirSync(path.join(folder, "bin")).filter((file) => file.endsWith(".js")) : [];
  return all.map((file) => path.basename(file, ".js")).map((name) => ({ name, source: forUsers.has(name) ? "main.ts" : `${name}.ts` }));
}

/**
 * A package that stays in node_modules is found from the bundle's own package only.
 * @param {Manifest} manifest @param {string[]} loaded
 */
function checkDeclared({ name, dependencies, optionalDependencies, peerDependencies }, loaded) {
  const declared = new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
  const missing = loaded.filter((one) => !one.startsWith("node:") && !declared.has(one) && !neverThere.includes(one));
  if (missing.length > 0) throw new Error(`${name} loads ${[...new Set(missing)].join(", ")} at run time: declare it as a dependency of ${name}, too`);
}
