import { program } from "commander";
import { readCommandLine } from "./command-line.ts";
import { runFuzz } from "./fuzz/fuzz.ts";
import { fewestFrames, judgeSeconds } from "./fuzz/judge-seconds.ts";
import { beginRun } from "./long-run.ts";
import { parseCount, seedText } from "./options.ts";
import { newSeed } from "./random.ts";

const { cases, seed = newSeed() } = readCommandLine(
  program
    .description("Sends messages with values at, below and above every limit to a real rig, and checks that nothing ends or stalls")
    .name("fuzz")
    .option("--cases <n>", "how many", parseCount(1, 100_000_000), 1_000_000)
    .option("--seed <n>", seedText, parseCount(0, 4_294_967_295))
    .addHelpText("after", "\nExample:\n  pnpm fuzz --cases 100000 --seed 1"),
).opts<{ cases: number; seed?: number }>();

const run = beginRun(program.name(), true);
const { done, violations, seconds } = await run.attempt(() => runFuzz({ cases, seed, ...run }));
console.log(`seed ${seed}: ${done} cases, ${violations.length} violations`);
for (const violation of violations) console.log(`  ${violation}`);
const { kept, busy, fallen, byChance } = judgeSeconds(seconds);
console.log(`telemetry: of ${seconds.length} seconds under attack ${kept} with ${fewestFrames} frames or more, ${fallen.length} with fewer, ${busy} with fewer while the machine was too busy to judge`);
console.log(`(an analyzer that is not attacked fell behind as well, or the system made the attacked one wait; in ${byChance} more only the other one fell behind)`);
for (const { at, attacked, reference, waitedMs } of fallen) console.log(`  second ${at}: ${attacked} frames, the other one ${reference}; waited ${Math.round(waitedMs)} ms for a processor`);
run.end(violations.length === 0 && fallen.length === 0 ? 0 : 1);
