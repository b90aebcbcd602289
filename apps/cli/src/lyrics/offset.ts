import { mostOffsetMs } from "@vj/lyrics-fetcher";
import { accepted } from "@vj/rig/manager";
import { z } from "zod";
import { CliError, exitCodes } from "../cli-error.ts";
import { connectWorker } from "../connect-worker.ts";
import { printJson, printLine } from "../output.ts";
import { worker } from "./worker.ts";

interface OffsetOptions {
  /** Every song that has no offset of its own, instead of the song that plays. */
  readonly all?: boolean;
  readonly json?: boolean;
}

const stateSchema = z.object({ offset: z.object({ ms: z.number(), scope: z.enum(["song", "all"]) }) });

/** `vj lyrics nudge`: the lyrics earlier or later than they are. @param step milliseconds, positive is earlier */
export function nudgeLyrics(step: string, options: OffsetOptions): Promise<void> {
  return change("nudge", { ms: milliseconds(step) }, options);
}

/** `vj lyrics offset`: the offset in force, or another one. @param wanted milliseconds, positive is earlier */
export async function offsetLyrics(wanted: string | undefined, options: OffsetOptions): Promise<void> {
  if (wanted !== undefined) return change("set_offset", { ms: milliseconds(wanted) }, options);
  const client = await connectWorker(worker);
  try {
    const { offset } = stateSchema.parse(accepted(await client.request("get_state")).data);
    if (options.json === true) printJson(offset);
    else printLine(`offset ${offset.ms > 0 ? "+" : ""}${offset.ms} ms (${offset.scope === "song" ? "this song" : "all songs"})`);
  } finally {
    await client.close();
  }
}

/** `vj lyrics reset`: the offset of the song is taken back. */
export function resetLyrics(options: OffsetOptions): Promise<void> {
  return change("reset_offset", {}, options);
}

async function change(cmd: string, args: Record<string, unknown>, { all = false, json = false }: OffsetOptions): Promise<void> {
  const client = await connectWorker(worker);
  try {
    const reply = await client.request(cmd, { ...args, scope: all ? "all" : "song" });
    if (!reply.success && reply.data?.["code"] === "refused") throw new CliError(reply.message ?? "refused", { hint: "for all songs: --all" });
    const { message, data } = accepted(reply);
    if (json) printJson(stateSchema.parse(data).offset);
    else printLine(message ?? "done");
  } finally {
    await client.close();
  }
}

function milliseconds(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value)) throw new CliError(`"${text}" is not a whole number of milliseconds`, { hint: "for example: vj lyrics nudge 200, or -200", exitCode: exitCodes.usage });
  if (Math.abs(value) > mostOffsetMs) throw new CliError(`${value} ms is too much: an offset is from -${mostOffsetMs} to ${mostOffsetMs} ms`, { hint: "for example: vj lyrics nudge 200, or -200", exitCode: exitCodes.usage });
  return value;
}
