import type { ByteSource } from "./byte-source.ts";
import { Definitions } from "./definitions.ts";
import { RecordingError } from "./errors.ts";
import { recordingLimits } from "./limits.ts";
import { readSummary } from "./read-summary.ts";
import { chunkContent } from "./records.ts";
import type { Metadata } from "./records.ts";
import type { ChunkPlace, RecordingIndex } from "./chunk-place.ts";
import { checkHead, scan } from "./scan.ts";

/** Metadata of a cut file that is kept, characters. */
const metadataCharacters = 4 * 1_048_576;
/** Bytes of messages outside of chunks that are read at once. */
const runBytes = 262_144;

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
  // An index without chunks may belong to a file whose messages are outside of chunks.
  const index = own === undefined || own.chunks.length === 0 ? await scanIndex(source, own === undefined) : own;
  const chunks = index.chunks.filter(({ channels }) => channels.length > 0).sort((a, b) => (a.start < b.start ? -1 : Number(a.start > b.start)));
  return { ...index, chunks };
}

async function scanIndex(source: ByteSource, cut: boolean): Promise<RecordingIndex> {
  const definitions = new Definitions();
  const chunks: ChunkPlace[] = [];
  const metadata: Metadata[] = [];
  let characters = 0;
  for await (const record of scan(source)) {
    if (record.type === "channel") definitions.addChannel(record.channel);
    else if (record.type === "schema") definitions.addSchema(record.schema);
    else if (record.type === "metadata") {
      for (const [key, value] of record.metadata.values) characters += key.length + value.length;
      if (characters < metadataCharacters) metadata.push(record.metadata);
    } else if (record.type === "message") joinRun(chunks, placeOf(record, definitions));
    else if (record.type === "chunk") chunks.push(placeOf(record, definitions));
    if (chunks.length > recordingLimits.chunks) throw new RecordingError("too_large", `more than ${recordingLimits.chunks} chunks`);
  }
  return { chunks, channels: definitions.channels, schemas: definitions.schemas, metadata, cut };
}

/** Messages outside of chunks that lie side by side are read together, as one place. */
function joinRun(chunks: ChunkPlace[], place: ChunkPlace): void {
  const last = chunks.at(-1);
  if (last?.plain !== true || place.offset + place.length - last.offset > runBytes) {
    chunks.push({ ...place, plain: true });
    return;
  }
  chunks[chunks.length - 1] = {
    ...last,
    length: place.offset + place.length - last.offset,
    start: place.start < last.start ? place.start : last.start,
    end: place.end > last.end ? place.end : last.end,
    channels: place.channels.every((id) => last.channels.includes(id)) ? last.channels : Uint16Array.from(new Set([...last.channels, ...place.channels])),
  };
}

function placeOf({ offset, length, records }: { offset: number; length: number; records: Uint8Array }, definitions: Definitions): ChunkPlace {
  const channels = new Set<number>();
  let [start, end]: [bigint | undefined, bigint] = [undefined, 0n];
  try {
    for (const content of chunkContent(records)) {
      if (content.type === "channel") definitions.addChannel(content.channel);
      else if (content.type === "schema") definitions.addSchema(content.schema);
      else {
        channels.add(content.channelId);
        if (start === undefined || content.at < start) start = content.at;
        if (content.at > end) end = content.at;
      }
    }
  } catch (error) {
    // The part before the fault can be read.
    if (!(error instanceof RecordingError) || error.code !== "damaged") throw error;
  }
  return { offset, length, start: start ?? 0n, end, channels: Uint16Array.from(channels) };
}
