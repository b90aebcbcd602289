import { existsSync } from "node:fs";
import path from "node:path";
import { joinRecordings } from "@vj/recording";
import type { Recording } from "@vj/recording";
import { openFile } from "./open-file.ts";

/** A part that begins later than this after the end of the one before is another recording, nanoseconds. */
const gap = 2_000_000_000n;

/**
 * Opens a recording with the parts that follow it: FILE, FILE-2, FILE-3 and so on, as far as each goes on where the one before ends.
 * @returns the recording, and its files in order @throws CliError that names the fault
 */
export async function openParts(file: string, signal: AbortSignal): Promise<{ recording: Recording; files: string[] }> {
  const first = await openFile(file, signal);
  const [parts, files]: [[Recording, ...Recording[]], string[]] = [[first], [file]];
  try {
    for (let last = first; ; ) {
      const next = await nextPart(files.at(-1) ?? file, last, signal);
      if (next === undefined) return { recording: joinRecordings(parts), files };
      parts.push(next.recording);
      files.push(next.file);
      last = next.recording;
    }
  } catch (error) {
    await Promise.all(parts.map((part) => part.close()));
    throw error;
  }
}

async function nextPart(file: string, last: Recording, signal: AbortSignal): Promise<{ file: string; recording: Recording } | undefined> {
  for (const name of nextNames(file)) {
    if (!existsSync(name)) continue;
    const recording = await openFile(name, signal);
    const after = recording.start - last.end;
    if (recording.chunks.length > 0 && after <= gap && after >= -gap) return { file: name, recording };
    await recording.close();
  }
  return undefined;
}

/** Names that the part after this one may have: `night.mcap` -> `night-2.mcap`, `night-2.mcap` -> `night-3.mcap`. */
export function nextNames(file: string): string[] {
  const { dir, name, ext } = path.parse(file);
  const numbered = /^(?<base>.+)-(?<part>\d{1,4})$/.exec(name)?.groups;
  const next = numbered === undefined ? [] : [`${numbered["base"] ?? ""}-${Number(numbered["part"]) + 1}`];
  return [...next, `${name}-2`].map((one) => path.join(dir, `${one}${ext}`));
}
