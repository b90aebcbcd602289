import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createMixDown } from "@vj/audio";
import type { MixDown } from "@vj/audio";
import { audioFormat, formatBytes } from "./audio-format.ts";

/** A stretch of a recording, all its channels as one. */
export interface MonoSound {
  /** -1..1 */
  readonly samples: Float32Array;
  /** Hz */
  readonly sampleRate: number;
}

/** A piece of a recording. */
export interface MonoPart extends MonoSound {
  /** The channels cancel each other: the loudest one alone is in `samples`. */
  readonly cancelling: boolean;
}

/**
 * Decodes a recording piece by piece (wav, mp3, flac, ogg, opus, aiff, m4a, aac), so that nothing else waits.
 * @throws Error when the file cannot be read or is none of these
 */
export async function* decodeParts(path: string): AsyncGenerator<MonoPart> {
  // Loaded here, because most rigs never play a file. Before the file is looked at: Node 20 was seen to resolve a module to
  // its unresolved link, and so not to find its dependencies, after an open had failed.
  const { decodeChunked } = await import("audio-decode");
  const format = audioFormat(await readHead(path));
  if (format === undefined) throw new Error(`${path} is no recording we know: use wav, mp3, flac, ogg, opus, aiff, m4a or aac`);
  const mixDown = createMixDown();
  for await (const { channelData, sampleRate } of decodeChunked(readBytes(path), format)) {
    if ((channelData[0]?.length ?? 0) === 0) continue;
    const samples = toMono(channelData, sampleRate, mixDown);
    yield { samples, sampleRate, cancelling: mixDown.alone >= 0 };
  }
}

/**
 * The whole recording in memory: 10 MB per minute at 44.1 kHz.
 * @throws Error as `decodeParts`, and when there is no sound in it
 */
export async function decodeFile(path: string): Promise<MonoSound> {
  const parts: Float32Array[] = [];
  let rate = 0;
  for await (const { samples, sampleRate } of decodeParts(path)) {
    parts.push(samples);
    rate = sampleRate;
  }
  if (parts.length === 0) throw new Error(`${path} holds no sound`);
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length;
  }
  return { samples, sampleRate: rate };
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(formatBytes), 0, formatBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Node's Buffers share memory where the decoders, made for browsers, expect `slice` to copy. */
async function* readBytes(path: string): AsyncGenerator<Uint8Array> {
  for await (const chunk of createReadStream(path)) {
    if (chunk instanceof Uint8Array) yield new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
}

function toMono(channelData: readonly Float32Array[], sampleRate: number, mixDown: MixDown): Float32Array {
  const [first = new Float32Array(0), ...others] = channelData;
  if (others.length === 0) return first;
  const channels = channelData.length;
  const interleaved = new Float32Array(first.length * channels);
  channelData.forEach((channel, c) => {
    for (let i = 0; i < first.length; i += 1) interleaved[i * channels + c] = channel[i] ?? 0;
  });
  const mono = new Float32Array(first.length);
  mixDown.mix(interleaved, channels, sampleRate, mono);
  return mono;
}
