// `node scripts/build/then.mjs PROGRAM [words…]`: builds, then runs a program with these words, in this process. Its help needs a build only where
// there is none.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const root = path.resolve(import.meta.dirname, "../..");
const [program = "", ...words] = process.argv.slice(2);
const file = path.resolve(root, program);
const end = words.indexOf("--");
const asksHelp = words.slice(0, end === -1 ? undefined : end).some((word) => word === "--help" || word === "-h");
if (!asksHelp || !existsSync(file) || !existsSync(path.join(root, "packages/terminal/dist/index.js"))) {
  const { status, signal } = spawnSync(process.execPath, [path.join(import.meta.dirname, "main.mjs"), "build"], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 143));
}
// As if it had been started by itself.
process.argv = [process.execPath, file, ...words];
await import(pathToFileURL(file).href);
