import { busDir } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { beginTaps, isTapped, placeOf, toLrc } from "@vj/lyrics-fetcher";
import type { TapSession } from "@vj/lyrics-fetcher";
import { correct, isSameTrack, noPosition, PlaybackFeed, positionAt } from "@vj/playback";
import { counted } from "@vj/schema";
import { interrupted } from "@vj/terminal";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { connectWorker } from "../connect-worker.ts";
import { printError, printLine } from "../output.ts";
import { tapAlong } from "./tap-along.ts";
import { tapDraft } from "./tap-draft.ts";

const sheetSchema = z.object({ artist: z.string(), title: z.string(), lines: z.array(z.object({ text: z.string() })), plain: z.string() });
type Sheet = z.output<typeof sheetSchema>;
const offsetSchema = z.object({ offset: z.object({ ms: z.number() }) });

/** Taps along the song that plays, and keeps its lyrics with the times of the words. */
export async function tapLyrics({ lines = false, fresh = false }: { lines?: boolean; fresh?: boolean }): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) throw new CliError("tapping needs a terminal", { hint: "run it in one, while the song plays: vj lyrics tap" });
  const stopped = interrupted();
  const client = await connectWorker("lyrics_fetcher");
  try {
    const sheet = await shownSheet(client);
    const begun = beginTaps(sheet.lines.length > 0 ? sheet.lines.map(({ text }) => text) : sheet.plain.split("\n"), { wholeLines: lines });
    if (begun.lines.length === 0) throw new CliError(`${sheet.artist} - ${sheet.title} has no words to tap along to`, { hint: "see what is there: vj lyrics show" });
    const session = fresh ? begun : tapDraft.resume(sheet, begun);
    printLine(`${sheet.artist} - ${sheet.title}`);
    printLine(`space or enter as each ${lines ? "line" : "word"} begins · backspace takes a line back · ctrl-c stops, to go on later`);
    if (session.taps.length > 0) printLine(`going on at line ${placeOf(session).line + 1}; --fresh begins anew`);
    const tapped = await follow(client, sheet, session, stopped);
    await finish(client, sheet, tapped);
  } finally {
    await client.close();
  }
}

async function shownSheet(client: ControlClient): Promise<Sheet> {
  const reply = await client.request("show_lyrics");
  if (!reply.success) throw new CliError(reply.message ?? "there are no lyrics", { hint: "play a song that has lyrics; see them with: vj lyrics show" });
  const sheet = sheetSchema.safeParse(reply.data).data;
  if (sheet === undefined) throw new CliError("the reply of lyrics_fetcher does not fit this command", { hint: "restart it with: vj restart lyrics_fetcher" });
  return sheet;
}

/** Ends when all is tapped, another song plays, or a person stops. */
async function follow(client: ControlClient, sheet: Sheet, session: TapSession, stopped: AbortSignal): Promise<TapSession> {
  const { data } = await client.request("get_state");
  // Lines are shown this much earlier than their times: taps are to be shown when they were made.
  const offset = (offsetSchema.safeParse(data).data?.offset.ms ?? 0) / 1000;
  let place = noPosition;
  const over = new AbortController();
  const feed = new PlaybackFeed({
    busDir: busDir(),
    onTrack: (track) => {
      if (!isSameTrack(track, sheet)) over.abort();
    },
    onPosition: (seconds, playing) => (place = correct(place, { seconds, playing, at: performance.now() }).position),
    onProblem: printError,
  });
  feed.open();
  process.stdin.setRawMode(true).resume();
  try {
    return await tapAlong({
      session,
      input: process.stdin,
      output: process.stdout,
      position: () => (place.playing ? positionAt(place, performance.now()) + offset : undefined),
      onLine: (now) => tapDraft.keep(sheet, now),
      signal: AbortSignal.any([stopped, over.signal]),
    });
  } finally {
    process.stdin.setRawMode(false).pause();
    await feed.close();
  }
}

async function finish(client: ControlClient, sheet: Sheet, tapped: TapSession): Promise<void> {
  tapDraft.keep(sheet, tapped);
  if (!isTapped(tapped)) {
    const { line } = placeOf(tapped);
    printLine(`stopped at line ${line + 1} of ${tapped.lines.length}; run vj lyrics tap again to go on there. The lyrics are as before.`);
    return;
  }
  const { artist, title } = sheet;
  const reply = await client.request("save_lyrics", { artist, title, lrc: toLrc(sheet, tapped) });
  if (!reply.success) throw new CliError(reply.message ?? "the lyrics cannot be kept", { hint: "what you tapped is not lost; run vj lyrics tap again to try once more" });
  tapDraft.forget();
  printLine(`${reply.message ?? "kept"}: ${counted(tapped.lines.length, "line")}`);
}
