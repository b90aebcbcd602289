// `pnpm api-docs`: writes docs/api from the doc comments of every published package.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readNames } from "../command-line.mjs";
import { apiPages } from "./pages.mjs";

readNames("Usage: pnpm api-docs\n\nWrites docs/api: what each package exports.", []);
const root = path.resolve(import.meta.dirname, "../..");
const folder = path.join(root, "docs/api");
const pages = apiPages(root);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
for (const [name, text] of pages) writeFileSync(path.join(folder, name), text);
console.log(`docs/api: ${pages.size} pages`);
