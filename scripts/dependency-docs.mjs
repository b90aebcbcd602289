// `node scripts/dependency-docs.mjs`: writes docs/packages.md.
import { writeFileSync } from "node:fs";
import { dependencyFile, dependencyPage } from "./packages/dependency-page.mjs";

writeFileSync(dependencyFile, dependencyPage());
console.log(`wrote ${dependencyFile}`);
