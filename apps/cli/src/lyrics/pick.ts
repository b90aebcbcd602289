import type { ControlClient } from "@vj/control";
import { accepted } from "@vj/rig/manager";
import { lyricsVersionsSchema } from "@vj/schema";
import type { LyricsVersions } from "@vj/schema";
import { CliError, exitCodes } from "../cli-error.ts";
import { connectWorker } from "../connect-worker.ts";
import { printError, printJson, printLine, printTable } from "../output.ts";
import { cellOf } from "../table.ts";
import { worker } from "./worker.ts";
import { songOfWords } from "./song-words.ts";
import type { SongName } from "./song-words.ts";

/** Every source is asked; each request to one may take ten seconds. */
const replyMs = 60_000;

/** `vj lyrics pick`: the list of versions, or the choice of one. */
export async function pickLyrics(version: string | undefined, { song: named, json = false }: { song?: string; json?: boolean }): Promise<void> {
  const song = named === undefined ? undefined : songOfWords([named]);
  const client = await connectWorker(worker);
  try {
    if (version === undefined) return show(await list(client, song), json);
    const candidate = /^\d{1,3}$/.test(version) ? numbered(await list(client, song), Number(version)) : version;
    const reply = accepted(await client.request("pick_lyrics", { ...song, candidate }, { timeoutMs: replyMs }));
    if (json) printJson(reply.data);
    else printLine(reply.message ?? "done");
  } finally {
    await client.close();
  }
}

async function list(client: ControlClient, song: SongName | undefined): Promise<LyricsVersions> {
  return lyricsVersionsSchema.parse(accepted(await client.request("list_candidates", { ...song }, { timeoutMs: replyMs })).data);
}

function numbered({ candidates }: LyricsVersions, number: number): string {
  const found = candidates[number - 1];
  if (found === undefined) throw new CliError(`there is no version ${number}`, { hint: `${candidates.length} were found; see them with: vj lyrics pick`, exitCode: exitCodes.usage });
  return found.id;
}

function show(found: LyricsVersions, json: boolean): void {
  if (json) return printJson(found);
  printLine(`${found.artist} - ${found.title}`);
  const rows = found.candidates.map((one, index) => [
    String(index + 1),
    one.instrumental ? "instrumental" : one.timing === "none" ? "text" : one.timing,
    one.duration === 0 ? "" : `${Math.floor(one.duration / 60)}:${String(Math.floor(one.duration % 60)).padStart(2, "0")}`,
    cellOf(`${one.artist} - ${one.title}`, 60),
    cellOf(one.album),
    one.id,
    one.picked ? "picked" : one.fits ? "" : "another version",
  ]);
  printTable(["", "TIMED BY", "LENGTH", "SONG", "ALBUM", "ID", ""], rows);
  for (const fault of found.faults) printError(`vj: ${fault}`);
  printLine("pick one with: vj lyrics pick NUMBER");
}
