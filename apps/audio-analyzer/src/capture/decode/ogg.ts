import type { Bytes } from "./bytes.ts";
import { createWindow } from "./bytes.ts";
import { readOggPages } from "./ogg-pages.ts";
import type { OggPage } from "./ogg-pages.ts";
import { createDamage, decodeWith, howToConvert, silenceNoise, UnreadableError } from "./pcm.ts";
import type { Codec, Damage, Pcm, Tolerance } from "./pcm.ts";

/** A page contains up to a second. */
const toleratePages: Tolerance = { share: 0.02, pieces: 0 };

/** Codecs by the first bytes of their stream; an entry without `open` cannot be decoded. */
const codecs: readonly { name: string; mark: string; open?: () => Promise<Codec> }[] = [
  { name: "Vorbis", mark: "\u0001vorbis", open: async () => (await import("@audio/decode-vorbis")).decoder() },
  { name: "Opus", mark: "OpusHead", open: async () => (await import("@audio/decode-opus")).decoder() },
  { name: "FLAC", mark: "\u007fFLAC", open: async () => (await import("@audio/decode-flac")).decoder() },
  { name: "Speex", mark: "Speex   " },
  { name: "PCM", mark: "PCM     " },
];

/**
 * Ogg Vorbis, Ogg Opus and Ogg FLAC. Streams that follow one another, as radios send them, are played one after the
 * other; of parallel streams the first one with sound is played.
 * @throws UnreadableError when there is none, or too much of it is damaged
 */
export async function* decodeOgg(bytes: Bytes, from: number): AsyncGenerator<Pcm> {
  const damage = createDamage(toleratePages);
  const onBroken = (): void => damage.count(0, 1);
  const pages = readOggPages(createWindow(bytes), from, onBroken);
  const found: string[] = [];
  let pending = await nextPage();
  while (pending !== undefined) {
    // All streams of a group begin before any of them continues.
    let chosen: { open: () => Promise<Codec>; page: OggPage } | undefined;
    while (pending?.first === true) {
      const codec = codecOf(pending);
      if (codec !== undefined) found.push(codec.name);
      if (chosen === undefined && codec?.open !== undefined) chosen = { open: codec.open, page: pending };
      pending = await nextPage();
    }
    const { page, open } = chosen ?? {};
    const rest = pagesOf(page);
    if (open === undefined) for await (const _ of rest);
    else yield* decodeLink(open, rest, damage);
  }
  damage.end();
  if (found.length === 0) throw new UnreadableError("contains no sound that can be decoded: it is an Ogg file without the beginning of a Vorbis, Opus or FLAC stream");
  if (!found.some((name) => codecs.some((codec) => codec.name === name && codec.open !== undefined))) {
    throw new UnreadableError(`contains ${found[0]}, which cannot be decoded; ${howToConvert}`);
  }

  async function nextPage(): Promise<OggPage | undefined> {
    const next = await pages.next();
    return next.done === true ? undefined : next.value;
  }

  /** The pages of one stream up to the start of the next group. */
  async function* pagesOf(first: OggPage | undefined): AsyncGenerator<Uint8Array> {
    if (first !== undefined) yield first.data;
    while (pending !== undefined && !pending.first) {
      if (pending.serial === first?.serial) yield pending.data;
      pending = await nextPage();
    }
  }
}

/** One stream. An exception in its decoder counts as damage; the pages up to the next stream are then skipped. */
async function* decodeLink(open: () => Promise<Codec>, pages: AsyncGenerator<Uint8Array>, damage: Damage): AsyncGenerator<Pcm> {
  const reader = { [Symbol.asyncIterator]: () => ({ next: () => pages.next() }) };
  try {
    yield* decodeWith(open, reader, damage, silenceNoise);
  } catch (error) {
    if (error instanceof UnreadableError) throw error;
    damage.count(0, 1);
    for await (const _ of pages);
  }
}

function codecOf({ body }: OggPage): (typeof codecs)[number] | undefined {
  const start = String.fromCharCode(...body.subarray(0, 8));
  return codecs.find(({ mark }) => start.startsWith(mark));
}
