// Writes docs/osc.md from the address tables. Run after a build: node scripts/osc-docs.mjs
import { writeFileSync } from "node:fs";
import { readNames } from "./command-line.mjs";
import { contractReference } from "../packages/telemetry/dist/reference/index.js";

readNames("Usage: node scripts/osc-docs.mjs\n\nWrites docs/osc.md. Needs a build.", []);
writeFileSync(new URL("../docs/osc.md", import.meta.url), contractReference());
