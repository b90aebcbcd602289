import { inStock, sheetOf } from "@vj/lyrics-fetcher";
import { accepted } from "@vj/rig/manager";
import { z } from "zod";
import { CliError } from "../cli-error.ts";
import { connectIfRunning, notRunning } from "../connect-worker.ts";
import { printJson, printLine } from "../output.ts";
import { songOfWords } from "./song-words.ts";
import { openStock } from "./stock.ts";
import { worker } from "./worker.ts";
import type { SongName } from "./song-words.ts";

const replyMs = 5000;

const sheetSchema = z.object({
  artist: z.string(),
  title: z.string(),
  source: z.string(),
  picked: z.boolean(),
  timing: z.enum(["words", "lines", "none"]),
  instrumental: z.boolean(),
  lines: z.array(z.looseObject({ time: z.number(), text: z.string() })),
  plain: z.string(),
});
type Sheet = z.output<typeof sheetSchema>;

/** `vj lyrics show`: asks the worker about the song that is shown; stored lyrics are read without it. */
export async function showLyrics(words: string[], { json = false }: { json?: boolean }): Promise<void> {
  const sheet = await sheetFor(songOfWords(words));
  if (json) return printJson(sheet);
  printLine(`${sheet.artist} - ${sheet.title}  (${describe(sheet)})`);
  for (const { time, text } of sheet.lines) printLine(`${clock(time)}  ${text}`);
  for (const text of sheet.plain === "" ? [] : sheet.plain.split("\n")) printLine(text);
}

async function sheetFor(song: SongName | undefined): Promise<Sheet> {
  const client = await connectIfRunning(worker);
  if (client !== undefined) {
    try {
      return sheetSchema.parse(accepted(await client.request("show_lyrics", { ...song }, { timeoutMs: replyMs })).data);
    } finally {
      await client.close();
    }
  }
  if (song === undefined) throw notRunning(worker);
  const stored = await inStock(song, openStock());
  if (stored === undefined) throw new CliError(`nothing is known of ${song.artist} - ${song.title}`, { hint: `look it up with: vj start ${worker} && vj send ${worker} fetch_lyrics artist=… title=…` });
  return sheetSchema.parse(sheetOf(stored));
}

function describe({ source, timing, instrumental, lines, plain, picked }: Sheet): string {
  if (instrumental) return `instrumental, from ${source}`;
  if (lines.length === 0 && plain === "") return "no lyrics";
  const times = timing === "none" ? "without times" : `timed by ${timing}`;
  return `from ${source}, ${times}${picked ? ", picked by you" : ""}`;
}

/** `m:ss.t` */
function clock(seconds: number): string {
  const tenths = Math.floor(seconds * 10 + 1e-6);
  return `${String(Math.floor(tenths / 600)).padStart(3)}:${String(Math.floor((tenths % 600) / 10)).padStart(2, "0")}.${tenths % 10}`;
}
