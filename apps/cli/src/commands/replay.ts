import { RecordingError } from "@vj/recording";
import { counted } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import type { Command } from "commander";
import { CliError, exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine } from "../output.ts";
import { clockText, parseClock } from "../recording/clock-text.ts";
import { fileAndOnly, filterOf } from "../recording/filter.ts";
import { cannotRead, openFile } from "../recording/open-file.ts";
import { openParts } from "../recording/open-parts.ts";
import { replayKeys } from "../recording/replay-keys.ts";
import { ReplayRun } from "../recording/replay-run.ts";
import { placeSink, rigSink } from "../recording/replay-sink.ts";
import { statusLine } from "../recording/status-line.ts";
import { parsePlace } from "../osc/place.ts";

interface Options {
  from?: string;
  speed: string;
  loop?: boolean;
  to?: string;
  only?: string[];
  alone?: boolean;
  json?: boolean;
}

export function command(): Command {
  return newCommand("replay", "Plays a recording into the rig without sound, or to one place: the same messages at the same times", [
    "replay friday.mcap",
    "replay friday.mcap --from 1:02:03 --to 127.0.0.1:7000",
    "replay friday.mcap --only '/audio/*' --speed 2 --loop",
  ])
    .usage("[options] <file>")
    .argument("[file]", "a recording")
    .option("--from <time>", "where to begin: 1:02:03, or seconds; the states of that moment are sent first")
    .option("--speed <factor>", "2 is twice as fast", "1")
    .option("--loop", "begin again at the end")
    .option("--to <host:port>", "send to this place alone, the recorded bytes unchanged; default: to the targets and screens of the rig, whose own workers are silent meanwhile")
    .option("--only <patterns...>", "only these: addresses with * ? [a-z] {a,b}; a * at the end also matches all parts below")
    .option("--alone", "this file only; default: the parts that follow it (FILE-2, FILE-3 and so on) are played too")
    .option("--json", "at the end one JSON object: how much was sent, and how late")
    .action(replay);
}

async function replay(given: string | undefined, { from = "0", speed: speedText, loop = false, to, only: words, alone = false, json = false }: Options): Promise<void> {
  const { file, only } = fileAndOnly(given, words);
  const [begin, speed, place, wanted] = [parseClock(from), parseSpeed(speedText), to === undefined ? undefined : parsePlace(to), filterOf(only)];
  const stopped = interrupted();
  const done = new AbortController();
  const signal = AbortSignal.any([stopped, done.signal]);
  const { recording, files } = alone ? { recording: await openFile(file, signal), files: [file] } : await openParts(file, signal);
  await using _open = recording;
  const length = Number(recording.end - recording.start) / 1e9;
  if (recording.chunks.length === 0) throw new CliError(`${file} holds no messages`, { hint: "was the rig running when it was recorded? vj status" });
  if (begin > length) throw new CliError(`--from ${from} is behind the end of ${file}, which has ${clockText(length)}`, { exitCode: exitCodes.usage });
  if (![...recording.channels.values()].some(({ encoding, topic }) => encoding === "osc" && wanted(topic))) {
    throw new CliError(`${file} has no OSC${only === undefined ? "" : ` that fits ${only.join(" ")}`}`, { hint: "see what it holds: vj export FILE --format ndjson --out -" });
  }
  const sink = await (place === undefined ? rigSink(recording, wanted) : placeSink(place));
  const run = new ReplayRun({ recording, sink, from: begin, speed, loop, wanted, signal });
  if (!json) printLine(`replaying ${clockText(length)} of ${file}${files.length === 1 ? "" : ` and ${counted(files.length - 1, "part")} after it`} ${sink.where}${process.stdin.isTTY ? " · space pauses · left/right 10 s · q ends" : ""}`);
  const line = json ? undefined : statusLine(() => `${run.paused ? "paused at " : ""}${clockText(run.position)} / ${clockText(length)}  ${run.late.count} messages`);
  const leaveKeys = replayKeys((key) => {
    if (key.type === "end") done.abort();
    else if (key.type === "pause") run.togglePause();
    else run.jump(key.seconds);
  });
  const begun = performance.now();
  try {
    await run.run();
  } catch (error) {
    throw error instanceof RecordingError ? cannotRead(file, error) : error;
  } finally {
    leaveKeys();
    line?.end();
    await sink.close();
  }
  const count = Math.max(0, run.sent - sink.lost());
  const late = { p50: run.late.quantile(0.5), p99: run.late.quantile(0.99), max: run.late.max };
  for (const fault of sink.faults()) printError(fault);
  if (count === 0 && sink.lost() > 0) process.exitCode = exitCodes.failed;
  if (json) printJson({ messages: count, seconds: (performance.now() - begun) / 1000, late_ms: late });
  else printLine(`${count} messages sent, at most ${late.p50} ms late (half of them), ${late.p99} ms (99 of 100), ${late.max} ms (all)`);
}

function parseSpeed(text: string): number {
  const speed = Number(text);
  if (text.trim() !== "" && speed >= 0.01 && speed <= 1000) return speed;
  throw new CliError(`"${text}" is not a speed from 0.01 to 1000`, { exitCode: exitCodes.usage });
}
