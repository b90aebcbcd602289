// `node scripts/dependency-docs.mjs`: writes docs/packages.md.
import { writeFileSync } from "node:fs";
import { readNames } from "./command-line.mjs";
import { dependencyFile, dependencyPage } from "./packages/dependency-page.mjs";

readNames("Usage: node scripts/dependency-docs.mjs\n\nWrites docs/packages.md: what each package installs.", []);
writeFileSync(dependencyFile, dependencyPage());
console.log(`wrote ${dependencyFile}`);
