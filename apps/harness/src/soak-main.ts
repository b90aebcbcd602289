import { program } from "commander";
import { compressAudio, compressBus } from "./compressed.ts";
import { interrupted } from "./interrupted.ts";
import { parseDuration, parseMinutes } from "./options.ts";
import { runSoak } from "./soak.ts";

const options = program
  .name("soak")
  .description("Runs the rig at full rate, or hours of its work compressed, and shows growing figures")
  .option("--minutes <n>", "how long, in real time; also 90s, 10m or 24h", parseMinutes, 10)
  .option("--warm-up <n>", "minutes before measuring", parseMinutes, 1)
  .option("--compressed <duration>", "this much work as fast as the machine allows: 10m, 24h", parseDuration)
  .allowExcessArguments(false)
  .addHelpText("after", "\nExample:\n  soak --compressed 24h")
  .parse()
  .opts<{ minutes: number; warmUp: number; compressed?: number }>();

const print = (line: string): void => console.log(line);
const report = options.compressed === undefined ? await soak() : await compress(Math.max(1, Math.round(options.compressed / 60_000)));
console.log(`\n${report.join("\n")}`);

function soak(): Promise<string[]> {
  if (options.warmUp >= options.minutes) program.error(`error: ${options.warmUp} minutes of warm-up leave nothing of ${options.minutes} to measure`);
  return runSoak({ minutes: options.minutes, warmUpMinutes: options.warmUp, signal: interrupted(), print });
}

async function compress(minutes: number): Promise<string[]> {
  return [...(await compressBus(minutes, print)), ...(await compressAudio(minutes, print))];
}
