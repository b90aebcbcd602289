import { constants, copyFile, rename, rm, stat, utimes } from "node:fs/promises";
import { systemErrorCode } from "@vj/files";
import { abortable, refuseAborted } from "./abort.ts";
import type { AbortOptions } from "./abort.ts";
import { openSource } from "./byte-source.ts";
import type { ByteSource } from "./byte-source.ts";
import { loadCodec } from "./codec.ts";
import { Definitions } from "./definitions.ts";
import { RecordingError } from "./errors.ts";
import { chunkBytes } from "./limits.ts";
import type { PartFile } from "./part-file.ts";
import { chunkContent } from "./records.ts";
import type { Metadata, StoredDefinition } from "./records.ts";
import { readSummary } from "./read-summary.ts";
import { RecordingWriter } from "./recording-writer.ts";
import { createReplacement } from "./replacement.ts";
import { scan } from "./scan.ts";
import type { ScannedRecord } from "./scan.ts";
import { activeWriter } from "./writer-mark.ts";

/** How a recording is completed. */
export interface CompleteOptions extends AbortOptions {
  /** Called with the progress, 0 to 1. */
  readonly onProgress?: ((done: number) => void) | undefined;
}

/** Outcome: the recording was whole already, or was completed. */
export interface Completion {
  readonly wasCut: boolean;
  /** Path of the original file, which is kept because the completed one lacks its damaged parts. */
  readonly kept?: string;
}

/**
 * Completes a recording that was cut: writes a new file with its whole chunks and an index, and puts it in its place. A whole recording
 * stays as it is. The original of a damaged one is kept beside it, because another program may read more of it.
 * @throws RecordingError `in_use` while its writer runs or another process completes it, `aborted`, and as `openRecording` does; system errors: the file is then as before
 */
export async function completeRecording(file: string, { onProgress, signal }: CompleteOptions = {}): Promise<Completion> {
  await loadCodec();
  await using opened = await openSource(file);
  const source = abortable(opened, signal);
  if ((await readSummary(source).catch(ifDamaged)) !== undefined) return { wasCut: false };
  const { temporary, part } = await createReplacement(file);
  try {
    const isDamaged = await copyWhole(source, part, onProgress);
    refuseAborted(signal);
    const { atime, mtime } = await stat(file);
    await utimes(temporary, atime, mtime);
    const kept = isDamaged ? await keep(file) : undefined;
    await rename(temporary, file);
    return { wasCut: true, ...(kept === undefined ? {} : { kept }) };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Gives a file a free second name, so that its content stays when another file takes the first. @returns the second name */
async function keep(file: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const kept = `${file}.damaged${number === 1 ? "" : `-${number}`}`;
    try {
      await copyFile(file, kept, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      return kept;
    } catch (error) {
      if (systemErrorCode(error) !== "EEXIST") throw error;
    }
  }
}

function ifDamaged(error: unknown): undefined {
  if (!(error instanceof RecordingError) || error.code !== "damaged") throw error;
}

/** @returns whether damaged parts were left out */
async function copyWhole(source: ByteSource, to: PartFile, onProgress: CompleteOptions["onProgress"]): Promise<boolean> {
  await using part = to;
  const writer = new RecordingWriter(part);
  await writer.begin("vj-bus");
  const definitions = new Definitions();
  const define = (stored: StoredDefinition): void => {
    const added = definitions.add(stored);
    if (added !== undefined) writer.adopt(added);
  };
  let isDamaged = false;
  for await (const record of scan(source)) {
    if (record.type === "metadata") {
      refuseActive(record.metadata);
      await writer.addMetadata(record.metadata);
    } else if (record.type === "chunk") {
      if (!(await copyChunk(writer, record, define))) isDamaged = true;
      onProgress?.(record.offset / source.size);
    } else if (record.type === "message") await gather(writer, record.records);
    else if (record.type === "damage") isDamaged = true;
    else if (!isWhole(() => define(record))) isDamaged = true;
  }
  await writer.end();
  await part.sync();
  return isDamaged;
}

function refuseActive(metadata: Metadata): void {
  const pid = activeWriter([metadata]);
  if (pid !== undefined) throw new RecordingError("in_use", `process ${pid} is writing it`);
}

/** Messages outside of chunks are put into chunks. */
async function gather(writer: RecordingWriter, records: Uint8Array): Promise<void> {
  for (const content of chunkContent(records)) if (content.type === "message" && writer.knows(content.channelId)) writer.add(content.channelId, content.at, content.data, content.published);
  if (writer.gathered >= chunkBytes) await writer.flush();
}

function isWhole(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    ifDamaged(error);
    return false;
  }
}

/** @returns false for a chunk whose records contradict each other: it is left out */
async function copyChunk(writer: RecordingWriter, { chunk, records }: Extract<ScannedRecord, { type: "chunk" }>, define: (stored: StoredDefinition) => void): Promise<boolean> {
  // The times that the chunk claims are not covered by its checksum.
  let [start, end]: [bigint | undefined, bigint] = [undefined, 0n];
  const whole = isWhole(() => {
    for (const content of chunkContent(records)) {
      if (content.type !== "message") {
        define(content);
        continue;
      }
      if (start === undefined || content.at < start) start = content.at;
      if (content.at > end) end = content.at;
    }
  });
  if (whole) await writer.copyChunk({ ...chunk, start: start ?? 0n, end }, records);
  return whole;
}
