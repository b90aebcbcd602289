import { encode } from "@vj/telemetry";
import { contractOsc } from "@vj/schema";
import { RecordingWriter, createPartFile, loadCodec } from "../src/index.ts";
import type { ByteSink } from "../src/index.ts";

/** Begin of the recordings of tests, epoch nanoseconds. */
export const begin = 1_700_000_000_000_000_000n;
export const second = 1_000_000_000n;

export function osc(address: keyof typeof contractOsc, values: readonly (number | string)[]): Uint8Array {
  const encoded = encode(address, contractOsc[address], values);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.bytes;
}

/** Gathers what was written. */
export class MemorySink implements ByteSink {
  pieces: Uint8Array[] = [];
  fails = false;

  async append(bytes: Uint8Array): Promise<void> {
    if (this.fails) throw new Error("no space left on device");
    this.pieces.push(bytes);
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.pieces);
  }
}

/** One message of a test: address, values, seconds since the begin. */
export type Given = readonly [address: keyof typeof contractOsc, values: readonly (number | string)[], at: number];

/** Writes messages, one chunk per whole second. @param end whether the recording is closed in order */
export async function fill(writer: RecordingWriter, messages: readonly Given[], end = true): Promise<void> {
  await writer.begin("test");
  const ids = new Map<string, number>();
  let chunk = 0;
  for (const [address, values, at] of messages) {
    if (Math.floor(at) !== chunk) await writer.flush();
    chunk = Math.floor(at);
    const id = ids.get(address) ?? writer.addChannel({ topic: address, encoding: "osc", schemaId: 0, metadata: new Map() });
    if (id === undefined) throw new Error("too many channels");
    ids.set(address, id);
    writer.add(id, begin + BigInt(Math.round(at * 1e9)), osc(address, values));
  }
  if (end) await writer.end();
  else await writer.flush();
}

export async function recordingBytes(messages: readonly Given[], end = true): Promise<Uint8Array> {
  await loadCodec();
  const sink = new MemorySink();
  await fill(new RecordingWriter(sink), messages, end);
  return sink.bytes;
}

/** Writes a recording to a new file. */
export async function writeRecording(file: string, messages: readonly Given[], end = true): Promise<void> {
  await loadCodec();
  await using part = await createPartFile(file);
  await fill(new RecordingWriter(part), messages, end);
}

/** A minute of a show in short: energies ten times a second, a beat each half second, a track, lyrics at 20 s. */
export function show(seconds = 60): Given[] {
  const messages: Given[] = [];
  for (let tenth = 0; tenth < seconds * 10; tenth += 1) {
    const at = tenth / 10;
    messages.push(["/audio/energy", [tenth / (seconds * 10), 0.25], at]);
    if (tenth % 5 === 0) messages.push(["/audio/beat", [1, 0.5], at]);
  }
  return messages;
}
