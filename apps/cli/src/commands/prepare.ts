import { createProgress, interrupted, interruptedCode } from "@vj/terminal";
import type { Command } from "commander";
import { connectWorker } from "../connect-worker.ts";
import { exitCodes } from "../cli-error.ts";
import { newCommand } from "../new-command.ts";
import { printError, printJson, printLine } from "../output.ts";
import { prepareSongs } from "../prepare/prepare-songs.ts";
import { readSetList } from "../prepare/read-set-list.ts";
import { describeSong, runAgain, summaryLines } from "../prepare/report.ts";

export function command(): Command {
  return newCommand("prepare", "Fetches and analyses the songs of a set list before the show: lyrics, mood, pictures", [
    "prepare friday.m3u8",
    "prepare https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M",
    "played --since 7d --json | vj prepare -",
  ])
    .argument("<playlist>", 'an m3u, a VirtualDJ history, one "artist - title" per line, vj played --json, a Spotify playlist; - reads standard input')
    .option("--json", "one JSON object per song, as soon as it is done")
    .action(run);
}

async function run(place: string, { json = false }: { json?: boolean }): Promise<void> {
  const signal = interrupted();
  const { songs, unread } = await readSetList(place, signal);
  for (const line of unread.slice(0, 20)) printError(`left out, since it names no artist and title: ${line}`);
  if (unread.length > 20) printError(`… and ${unread.length - 20} more`);
  const progress = createProgress({ lines: false });
  const lines = !json && !process.stderr.isTTY;
  const done = await prepareSongs(songs, {
    connect: () => connectWorker("lyrics_fetcher"),
    signal,
    onBegin: ({ artist, title }, index) => progress.show(index / songs.length, `${index + 1}/${songs.length} ${artist} - ${title}`),
    onSong: (song, index) => {
      if (json) progress.above(() => printJson(song));
      else if (lines) printLine(`${index + 1}/${songs.length} ${song.artist} - ${song.title}: ${describeSong(song)}`);
    },
  }).finally(() => progress.end());
  const rest = songs.slice(done.length);
  if (!json) for (const line of summaryLines(done, rest)) printLine(line);
  if (rest.length > 0) printError(`${rest.length} were not prepared${json ? `; ${runAgain}` : ""}`);
  if (signal.aborted) process.exitCode = interruptedCode;
  else if (rest.length > 0 || done.some(({ lyrics }) => lyrics === "unknown")) process.exitCode = exitCodes.failed;
}
