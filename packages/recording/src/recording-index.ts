import type { ByteSource } from "./byte-source.ts";
import { Definitions } from "./definitions.ts";
import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";
import { PlainRun } from "./plain-run.ts";
import { readSummary } from "./read-summary.ts";
import { chunkContent } from "./records.ts";
import type { Metadata } from "./records.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";
import { checkHead, scan } from "./scan.ts";

/** Metadata of a cut file that is kept, characters. */
const metadataCharacters = 4 * 1_048_576;

/**
 * The index of a recording: its own, or, where that is missing or wrong, one from a reading of the whole file.
 * @throws RecordingError when there is nothing that can be read
 */
export async function indexOf(source: ByteSource): Promise<RecordingIndex> {
  await checkHead(source);
  const own = await readSummary(source).catch((error: unknown) => {
    if (error instanceof RecordingError && error.code === "damaged") return undefined;
    throw error;
  });
  const index = own === undefined || !isEnough(own) ? await scanIndex(source, own === undefined) : own;
  const chunks = index.chunks.filter(({ channels }) => channels.length > 0).sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
  return { ...index, chunks };
}

/**
 * Whether a file can be read by its own index alone. One without chunks may belong to a file whose messages are outside of chunks; and other
 * programs may leave out which channels a chunk has, or repeat no channel in the index.
 */
function isEnough({ chunks, channels }: RecordingIndex): boolean {
  return chunks.length > 0 && channels.size > 0 && chunks.every((chunk) => chunk.channels.length > 0 || chunk.end === 0n);
}

async function scanIndex(source: ByteSource, cut: boolean): Promise<RecordingIndex> {
  const definitions = new Definitions();
  const chunks: ChunkPlace[] = [];
  const metadata: Metadata[] = [];
  let characters = 0;
  let run: PlainRun | undefined;
  for await (const record of scan(source)) {
    if (record.type === "channel" || record.type === "schema") ifDamaged(() => void definitions.add(record));
    else if (record.type === "metadata") {
      for (const [key, value] of record.metadata.values) characters += key.length + value.length;
      if (characters < metadataCharacters) metadata.push(record.metadata);
    } else if (record.type === "message") run = joined(run, placeOf(record, definitions), chunks);
    else {
      // A run is read as it lies, so nothing but messages and definitions may lie within.
      if (run !== undefined) chunks.push(run.place());
      run = undefined;
      if (record.type === "chunk") chunks.push(placeOf(record, definitions));
    }
    if (chunks.length > recordingLimits.chunks) throw new RecordingError("too_large", `more than ${recordingLimits.chunks} chunks`);
  }
  if (run !== undefined) chunks.push(run.place());
  return { chunks, channels: definitions.channels, schemas: definitions.schemas, metadata, cut };
}

/** Messages outside of chunks that lie side by side are read together, as one place. @returns the run that the message belongs to */
function joined(run: PlainRun | undefined, place: ChunkPlace, chunks: ChunkPlace[]): PlainRun {
  if (run?.add(place) === true) return run;
  if (run !== undefined) chunks.push(run.place());
  return new PlainRun(place);
}

/** What is damaged is left out; what was read before counts. */
function ifDamaged(read: () => void): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof RecordingError) || error.code !== "damaged") throw error;
  }
}

function placeOf({ offset, length, records }: { offset: number; length: number; records: Uint8Array }, definitions: Definitions): ChunkPlace {
  const channels = new Set<number>();
  let [start, end]: [bigint | undefined, bigint] = [undefined, 0n];
  ifDamaged(() => {
    for (const content of chunkContent(records)) {
      if (content.type === "message") {
        channels.add(content.channelId);
        if (start === undefined || content.at < start) start = content.at;
        if (content.at > end) end = content.at;
      } else definitions.add(content);
    }
  });
  return { offset, length, start: start ?? 0n, end, channels: Uint16Array.from(channels) };
}
