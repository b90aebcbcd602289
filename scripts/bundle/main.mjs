// `node scripts/bundle/main.mjs [folder…]`: makes one file of each program of an app, with all that it imports, so that it starts in a
// third of the time. Without folders, the app in the current one. A part of `pnpm build`, after the compiler; `vj dev` runs it, too.
import path from "node:path";
import { readNames } from "../command-line.mjs";
import { bundleApp } from "./bundle-app.mjs";

const folders = readNames("Usage: node scripts/bundle/main.mjs [folder...]\n\nBundles the programs of apps into their dist/bundle; without folders, of the app in the current one.");
try {
  for (const folder of folders.length === 0 ? ["."] : folders) await bundleApp(path.resolve(folder));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
