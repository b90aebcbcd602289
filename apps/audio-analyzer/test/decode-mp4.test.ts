import { truncateSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { decodeFile } from "../src/capture/decode-file.ts";
import { checkIndex } from "../src/capture/decode/mp4-index.ts";
import { fixture, numbers, pcm, zeros } from "./helpers/file-bytes.ts";
import { music, musicSeconds } from "./helpers/music.ts";

const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const box = (name: string, ...parts: Buffer[]): Buffer => {
  const body = join(...parts);
  return join(numbers(4, "BE", body.length + 8), Buffer.from(name), body);
};
/** A box that begins with a version and flags, all zero. */
const plain = (name: string, ...parts: Buffer[]): Buffer => box(name, zeros(4), ...parts);
const words = (...values: number[]): Buffer => numbers(4, "BE", ...values);
/** Overwrites bytes at an offset from the name of a box. */
const changed = (file: Buffer, name: string, offset: number, value: Buffer): Buffer => {
  const copy = Buffer.from(file);
  value.copy(copy, copy.indexOf(name) + offset);
  return copy;
};
/** Puts a part at the beginning of a box, and makes the box and those around it longer. */
const inserted = (file: Buffer, part: Buffer, names: readonly string[]): Buffer => {
  const at = file.indexOf(names[0] ?? "") + 4;
  const copy = Buffer.from(file);
  for (const name of names) copy.writeUInt32BE(copy.readUInt32BE(copy.indexOf(name) - 4) + part.length, copy.indexOf(name) - 4);
  return join(copy.subarray(0, at), part, copy.subarray(at));
};

interface Tables {
  readonly sizes: Buffer;
  readonly chunks?: Buffer;
  readonly groups?: Buffer;
  readonly codec?: string;
  readonly sound?: Buffer;
}

/** Samples of 16 bits in a MOV, as its tables describe them. */
function movie({ sizes, chunks = plain("stco", words(1, 2000)), groups = plain("stsc", words(1, 1, 1, 1)), codec = "sowt", sound = Buffer.alloc(100_000, 7) }: Tables): Buffer {
  const entry = box(codec, zeros(6), numbers(2, "BE", 1), zeros(8), numbers(2, "BE", 1, 16), zeros(4), words(44_100 * 65_536));
  const table = box("stbl", plain("stsd", words(1), entry), plain("stts", words(1, 1, 1)), groups, sizes, chunks);
  const media = box("mdia", plain("mdhd", words(0, 0, 44_100, 0, 0)), plain("hdlr", words(0), Buffer.from("soun"), zeros(13)), box("minf", table));
  return join(box("ftyp", Buffer.from("M4A "), zeros(4)), box("moov", box("trak", media)), box("mdat", sound));
}

const m4a = fixture("music.m4a");
/** An index of fragments before its first one. */
const fragments = (run: Buffer, { head = plain("tfhd", words(1)), size = 0 } = {}): Buffer => {
  const index = box("mvex", plain("trex", words(1, 1, 0, size, 0)));
  const tables = movie({ sizes: plain("stsz", words(0, 0)) });
  return join(inserted(tables, index, ["moov"]), box("moof", box("traf", head, run)), box("mdat", zeros(1000)));
};
const many = 40_000;

/** Indexes with which the decoder would run without end, or fill the memory. */
const lies: readonly (readonly [name: string, file: Buffer])[] = [
  ["four billion edits", changed(m4a, "elst", 8, words(0xffffffff))],
  ["more edits than bytes for them", changed(m4a, "elst", 8, words(100))],
  ["four billion samples in a fragment", fragments(plain("trun", words(0xffffffff)))],
  ["a fragment with more samples than bytes for them", fragments(join(words(20), Buffer.from("trun"), words(0x200, 100, 1)))],
  ["a fragment with a long sample", fragments(join(words(20), Buffer.from("trun"), words(0x200, 1, 0x7fffffff)))],
  ["a fragment that is longer than all memory", changed(fragments(plain("trun", words(1))), "moof", -4, words(0x7fffffff))],
  ["a fragment whose samples are long if nothing else is said", fragments(plain("trun", words(1)), { size: 0x7fffffff })],
  ["a fragment whose samples are long if it says nothing else", fragments(plain("trun", words(1)), { head: box("tfhd", words(0x10, 1, 0x7fffffff)) })],
  ["a fragment without the size that it declares", fragments(zeros(0), { head: box("tfhd", words(0x10, 1)) })],
  ["fragments with too many samples together", join(fragments(plain("trun", words(5_000_000))), box("moof", box("traf", plain("tfhd", words(1)), plain("trun", words(5_000_000)))))],
  ["more samples than eight million", movie({ sizes: plain("stsz", words(0, 2 ** 23 + 1), Buffer.alloc((2 ** 23 + 1) * 4, words(1))) })],
  ["a long sample in a track that does not declare sound", changed(movie({ sizes: plain("stsz", words(0, 1, 0x7fffffff)) }), "soun", 0, Buffer.from("url "))],
  ["samples without a byte", movie({ sizes: plain("stsz", words(0, many), zeros(many * 4)) })],
  ["a sample that is longer than any", movie({ sizes: plain("stsz", words(0, 1, 0x7fffffff)) })],
  ["more samples of one size than the file has", movie({ sizes: plain("stsz", words(1, 2_000_000)) })],
  [
    "tables that take hours",
    movie({ sizes: plain("stsz", words(2, 1000)), chunks: plain("stco", words(many), zeros(many * 4)), groups: plain("stsc", words(many), Buffer.alloc(many * 12, 1)) }),
  ],
];

describe("an MP4 file", () => {
  it.each(lies)("is refused with %s", async (_, content) => {
    await using dir = tempDir();
    writeFileSync(dir.join("lie"), content);
    await expect(decodeFile(dir.join("lie"))).rejects.toThrow(/damaged index/);
  });

  const tag = box("----", plain("mean", Buffer.from("a")), plain("name", Buffer.from("b")), box("data", zeros(8), Buffer.alloc(400_000, 65)));
  const played: readonly (readonly [name: string, file: Buffer])[] = [
    // The decoder looks into tags where there are no edits.
    ["a long tag of a DJ program", inserted(changed(m4a, "elst", 0, Buffer.from("free")), tag, ["ilst", "meta", "udta", "moov"])],
    ["a large cover", inserted(m4a, box("free", zeros(4_000_000)), ["moov"])],
  ];

  it("plays plain sound whole, also where the index has each sample of it", async () => {
    await using dir = tempDir();
    const sound = pcm(music(44_100, 3));
    const samples = sound.length / 2;
    const perChunk = 4096;
    const count = Math.ceil(samples / perChunk);
    const last = samples - (count - 1) * perChunk;
    const tables = (begin: number): Tables => ({
      sizes: plain("stsz", words(2, samples)),
      chunks: plain("stco", words(count, ...Array.from({ length: count }, (_, i) => begin + i * perChunk * 2))),
      groups: plain("stsc", words(2, 1, perChunk, 1, count, last, 1)),
      sound,
    });
    const begin = movie(tables(0)).length - sound.length;
    const index = new Uint8Array(movie(tables(begin)).subarray(16));
    checkIndex(index.subarray(0, index.length - sound.length - 8), 1e9, { before: 0, by: 0 });
    const sizes = Buffer.from(index).indexOf("stsz") + 4;
    expect([4, 8].map((at) => Buffer.from(index).readUInt32BE(sizes + at))).toEqual([2048, Math.floor(samples / 1024)]);
    writeFileSync(dir.join("music"), movie(tables(begin)));
    const decoded = await decodeFile(dir.join("music"));
    // What does not fill one of the larger samples at the end is left out.
    expect(samples - decoded.samples.length).toBeLessThan(1024);
    const expected = Float32Array.from(decoded.samples, (_, i) => sound.readInt16LE(i * 2) / 32_768);
    expect(decoded.samples).toEqual(expected);
  });

  it("may have large frames of video beside its sound", async () => {
    await using dir = tempDir();
    const picture = movie({ sizes: plain("stsz", words(0, 1, 30_000_000)), codec: "apch" });
    const video = picture.subarray(picture.indexOf("trak") - 4, picture.indexOf("mdat") - 4);
    // Its handler comes last, as in QuickTime.
    video.write("url ", video.indexOf("soun"));
    writeFileSync(dir.join("music"), inserted(m4a, video, ["moov"]));
    const { samples, sampleRate } = await decodeFile(dir.join("music"));
    expect(Math.abs(samples.length / sampleRate - musicSeconds)).toBeLessThan(0.1);
  });

  it("is played to its end where its sound begins in the index and goes on in fragments", async () => {
    await using dir = tempDir();
    const sound = pcm(music(44_100, 1));
    const sampleBytes = 4096;
    const [first, rest] = [sound.subarray(0, sampleBytes * 8), sound.subarray(sampleBytes * 8, sampleBytes * 20)];
    const part = (begin: number): Buffer => {
      const tables = movie({ sizes: plain("stsz", words(sampleBytes, 8)), chunks: plain("stco", words(1, begin)), groups: plain("stsc", words(1, 1, 8, 1)), sound: first });
      return inserted(inserted(tables, box("mvex", plain("trex", words(1, 1, 0, sampleBytes, 0))), ["moov"]), plain("tkhd", words(0, 0, 1)), ["trak", "moov"]);
    };
    const fragment = (offset: number): Buffer => box("moof", box("traf", plain("tfhd", words(1)), box("trun", words(1, 12, offset))));
    writeFileSync(dir.join("music"), join(part(part(0).length - first.length), fragment(fragment(0).length + 8), box("mdat", rest)));
    const { samples } = await decodeFile(dir.join("music"));
    expect(samples).toEqual(Float32Array.from(samples, (_, i) => sound.readInt16LE(i * 2) / 32_768));
    expect(samples.length * 2).toBe(sampleBytes * 20);
  });

  it("with an index that is longer than any is refused before it is read", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("long"), join(box("ftyp", Buffer.from("M4A "), zeros(4)), words(65 * 2 ** 20), Buffer.from("moov")));
    truncateSync(dir.join("long"), 66 * 2 ** 20);
    await expect(decodeFile(dir.join("long"))).rejects.toThrow(/index \(moov\) that is too long/);
  });

  it("with boxes in boxes without end is followed only as deep as files go", () => {
    const deep = Buffer.alloc(100_000 * 8);
    for (let at = 0; at < deep.length; at += 8) words(deep.length - at).copy(deep, at);
    for (let at = 4; at < deep.length; at += 8) deep.write("trak", at);
    expect(() => checkIndex(new Uint8Array(deep), 1e9, { before: 0, by: 0 })).not.toThrow();
  });

  it("with more samples than memory is refused with what to do", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("long"), movie({ sizes: plain("stsz", words(2, 2 ** 30)), chunks: plain("stco", words(2, 2000, 2002)) }));
    await expect(decodeFile(dir.join("long"))).rejects.toThrow(/index of 1073741824 samples.*ffmpeg/);
  });

  it.each(played)("plays with %s", async (_, content) => {
    await using dir = tempDir();
    writeFileSync(dir.join("music"), content);
    const { samples, sampleRate } = await decodeFile(dir.join("music"));
    expect(Math.abs(samples.length / sampleRate - musicSeconds)).toBeLessThan(0.1);
    expect(samples.some((sample) => Math.abs(sample) > 0.3)).toBe(true);
  });
});
