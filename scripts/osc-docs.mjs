// Writes docs/osc.md from the address tables. Run after a build: node scripts/osc-docs.mjs
import { writeFileSync } from "node:fs";
import { contractReference } from "../packages/telemetry/dist/reference/index.js";

writeFileSync(new URL("../docs/osc.md", import.meta.url), contractReference());
