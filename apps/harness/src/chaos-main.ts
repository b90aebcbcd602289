import { InvalidArgumentError, program } from "commander";
import { runChaos } from "./chaos.ts";
import { readCommandLine } from "./command-line.ts";
import { faults, faultsNamed } from "./faults/index.ts";
import { beginRun } from "./long-run.ts";
import { parseCount, seedText } from "./options.ts";
import { newSeed } from "./random.ts";
import { chaosTable } from "./report.ts";

const { seed = newSeed(), ...options } = readCommandLine(
  program
    .description("Injects faults into the real rig and checks that it recovers automatically")
    .name("chaos")
    .option("--faults <n>", "how many", parseCount(1, 1_000_000), 100)
    .option("--seed <n>", seedText, parseCount(0, 4_294_967_295))
    .option("--only <name>", "one kind of fault, by a part of its name", parseKind)
    .addHelpText("after", "\nExample:\n  pnpm chaos --faults 100 --seed 1"),
).opts<{ faults: number; seed?: number; only?: string }>();

const run = beginRun(program.name(), false);
const { records, violations } = await run.attempt(() => runChaos({ ...options, seed, ...run }));
console.log(`\n${chaosTable(records)}\n\nseed ${seed}: ${violations.length} violations`);
for (const violation of violations) console.log(`  ${violation}`);
run.end(violations.length === 0 ? 0 : 1);

function parseKind(text: string): string {
  if (faultsNamed(text).length === 0) throw new InvalidArgumentError(`there are: ${faults.map(({ name }) => name).join(", ")}.`);
  return text;
}
