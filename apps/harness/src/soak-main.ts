import { program } from "commander";
import { readCommandLine } from "./command-line.ts";
import { compressAudio, compressBus } from "./compressed.ts";
import { beginRun } from "./long-run.ts";
import { parseDuration, parseMinutes } from "./options.ts";
import { runSoak } from "./soak.ts";

const options = readCommandLine(
  program
    .name("soak")
    .description("Runs the rig at full rate, or hours of its work compressed, and shows growing figures")
    .option("--minutes <n>", "minutes, in real time; also 90s, 10m or 24h", parseMinutes, 10)
    .option("--warm-up <n>", "minutes before measuring, more than 0; also 30s", parseMinutes, 1)
    .option("--compressed <duration>", "this much work as fast as the machine allows: 10m, 24h", parseDuration)
    .addHelpText("after", "\nExample:\n  pnpm soak --compressed 24h"),
).opts<{ minutes: number; warmUp: number; compressed?: number }>();

const { compressed, minutes, warmUp } = options;
if (compressed === undefined && warmUp >= minutes) program.error(`error: ${warmUp} minutes of warm-up leave nothing of ${minutes} to measure`);
const run = beginRun(program.name(), compressed === undefined);
const report = await run.attempt(() => (compressed === undefined ? runSoak({ minutes, warmUpMinutes: warmUp, ...run }) : compress(Math.max(1, Math.round(compressed / 60_000)))));
console.log(`\n${report.join("\n")}`);
run.end(0);

async function compress(length: number): Promise<string[]> {
  return [...(await compressBus(length, run)), ...(await compressAudio(length, run))];
}
