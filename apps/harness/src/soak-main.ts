import { program } from "commander";
import { compressAudio, compressBus } from "./compressed.ts";
import { interrupted } from "./interrupted.ts";
import { runSoak } from "./soak.ts";

const options = program
  .description("Runs the rig at full rate, or hours of its work compressed, and shows what grows")
  .option("--minutes <n>", "how long, in real time", Number.parseFloat, 10)
  .option("--warm-up <n>", "minutes before measuring", Number.parseFloat, 1)
  .option("--compressed <hours>", "as fast as the machine allows, for example 24h", Number.parseFloat)
  .parse()
  .opts<{ minutes: number; warmUp: number; compressed?: number }>();

const print = (line: string): void => console.log(line);
const report =
  options.compressed === undefined
    ? await runSoak({ minutes: options.minutes, warmUpMinutes: options.warmUp, signal: interrupted(), print })
    : [...(await compressBus(options.compressed, print)), ...(await compressAudio(options.compressed, print))];
console.log(`\n${report.join("\n")}`);
