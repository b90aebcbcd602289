import { program } from "commander";
import { messageOf } from "@vj/schema";
import { runFuzz } from "./fuzz/fuzz.ts";
import { interrupted } from "./interrupted.ts";
import { parseCount } from "./options.ts";

/** A second has 60 frames, or 59 when the next one falls just behind its end. */
const fewestFrames = 59;

const options = program
  .description("Sends messages with values at, below and above every limit to a real rig, and checks that nothing ends or stalls")
  .name("fuzz")
  .option("--cases <n>", "how many", parseCount(1, 100_000_000), 1_000_000)
  .option("--seed <n>", "repeats a run", parseCount(0, 4_294_967_295), Date.now() % 100_000)
  .allowExcessArguments(false)
  .addHelpText("after", "\nExample:\n  fuzz --cases 100000 --seed 1")
  .parse()
  .opts<{ cases: number; seed: number }>();

const { done, violations, framesPerSecond } = await runFuzz({ ...options, signal: interrupted(), print: (line) => console.log(line) }).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exit(2);
});
const slow = framesPerSecond.filter((frames) => frames < fewestFrames).length;
const rate = framesPerSecond.reduce((sum, frames) => sum + frames, 0) / Math.max(1, framesPerSecond.length);
console.log(`seed ${options.seed}: ${done} cases, ${violations.length} violations`);
console.log(`telemetry: ${rate.toFixed(2)} frames a second over ${framesPerSecond.length} s, worst second ${Math.min(...framesPerSecond)}, ${slow} seconds under ${fewestFrames}`);
for (const violation of violations) console.log(`  ${violation}`);
process.exit(violations.length === 0 && slow === 0 ? 0 : 1);
