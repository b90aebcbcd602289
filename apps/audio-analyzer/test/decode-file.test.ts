import { mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { analyzeFile } from "../src/capture/analyze-file.ts";
import { decodeFile, decodeParts } from "../src/capture/decode-file.ts";
import { apeTag, chunk, damaged, fixture, formatChunk, id3, id3v1, junk, numbers, pcm, riff, wideChunk, zeros } from "./helpers/file-bytes.ts";
import { music, musicBpm, musicSeconds } from "./helpers/music.ts";

const rate = 22_050;
const sound = music(rate);
const samples = pcm(sound);
const data = chunk("data", samples);
const format = formatChunk({});
const wav = riff([format, data]);
const mp3 = fixture("music.mp3");
const flac = fixture("music.flac");
const join = (...parts: Buffer[]): Buffer => Buffer.concat(parts);
const half = (file: Buffer): Buffer => file.subarray(0, file.length / 2);

/** A cover that contains frames of MP3. */
const cover = join(junk(20_000), mp3.subarray(0, 6000), junk(150_000, 2));
/** The end of an APE tag that claims to be of a size. */
const apeEnd = (size: number, flags: number): Buffer => join(Buffer.from("APETAGEX"), numbers(4, "LE", 2000, Math.floor(size), 1, flags), zeros(8));
const id3Frame = join(Buffer.from("TIT2"), numbers(4, "BE", 5), zeros(2), Buffer.from("\0Song"));
const tags = join(id3(cover.length, cover), id3(40, zeros(0), 4), zeros(10));
const stereo = pcm(Float32Array.from({ length: sound.length * 6 }, (_, i) => (i % 6 < 2 ? (sound[Math.floor(i / 6)] ?? 0) : 0)), 3);
const extensible = chunk(
  "fmt ",
  join(numbers(2, "LE", 0xfffe, 6), numbers(4, "LE", rate, rate * 18), numbers(2, "LE", 18, 24, 22, 24), numbers(4, "LE", 0x3f), Buffer.from("0100000000001000800000aa00389b71", "hex")),
);
const floats = Float32Array.from(music(11_025), (sample, i) => (i % 1000 === 7 ? Number.NaN : i % 1000 === 8 ? Number.POSITIVE_INFINITY : sample * 20));
const aiff = (kind: string, body: Buffer): Buffer => {
  const common = join(numbers(2, "BE", 1), numbers(4, "BE", sound.length), numbers(2, "BE", 16), Buffer.from("400dac44000000000000", "hex"));
  const chunks = join(chunk("COMM", kind === "AIFF" ? common : join(common, Buffer.from(kind), zeros(2)), { endian: "BE" }), chunk("NAME", Buffer.from("odd"), { endian: "BE" }), chunk("SSND", join(zeros(8), body), { endian: "BE" }));
  return join(Buffer.from("FORM"), numbers(4, "BE", chunks.length + 4), Buffer.from(kind === "AIFF" ? "AIFF" : "AIFC"), chunks);
};

/** Music at twice the rate of the others. */
const noisy = music(44_100);
const ofOneSample = (file: Buffer): Buffer => {
  const copy = Buffer.from(file);
  copy.writeUInt32BE(1, copy.indexOf("COMM") + 10);
  return copy;
};
const withoutBits = (file: Buffer): Buffer => {
  const copy = Buffer.from(file);
  copy.writeUInt16BE(0, copy.indexOf("COMM") + 14);
  return copy;
};
const oddAiff = (file: Buffer): Buffer => join(file.subarray(0, 12), Buffer.from("NAME"), numbers(4, "BE", 3), Buffer.from("abc"), file.subarray(12));

/** Samples of one byte. */
const bytes = (signed: boolean): Buffer => Buffer.from(sound.map((sample) => (Math.round(sample * 127) + (signed ? 256 : 128)) % 256));
const floatsAs = (size: 4 | 8, endian: "LE" | "BE"): Buffer => {
  const data = Buffer.from(size === 4 ? sound.buffer : Float64Array.from(sound).buffer);
  if (endian === "LE") return data;
  return size === 4 ? Buffer.from(data).swap32() : Buffer.from(data).swap64();
};
/** Writes a number of 32 bits at an offset from a text in a file. */
const at = (file: Buffer, text: string, offset: number, value: number): Buffer => {
  const copy = Buffer.from(file);
  copy.writeUInt32BE(value, copy.indexOf(text) + offset);
  return copy;
};
const au = (encoding: number, body: Buffer, size = 0xffffffff): Buffer => join(Buffer.from(".snd"), numbers(4, "BE", 24, size, encoding, rate, 1), body);
const info = Buffer.from("INFOISFT\n\0\0\0program 1\0");
const plainAiff = aiff("AIFF", pcm(sound, 2, "BE"));

const wide = (...chunks: Buffer[]): Buffer => join(Buffer.from("726966662e91cf11a5d628db04c10000", "hex"), numbers(8, "LE", 0), Buffer.from("wave"), zeros(12), ...chunks);
/** Samples that never come near zero. */
const lifted = sound.map((sample) => sample * 0.5 + 0.5);
const liftedFloats = Buffer.from(lifted.buffer);
const liftedDoubles = Buffer.from(Float64Array.from(lifted).buffer);
const plainFloats = formatChunk({ tag: 3, bits: 32 });
const extensibleFloats = chunk("fmt ", join(numbers(2, "LE", 0xfffe, 1), numbers(4, "LE", rate, rate * 4), numbers(2, "LE", 4, 32, 22, 32), numbers(4, "LE", 4), Buffer.from("0300000000001000800000aa00389b71", "hex")));
const swapped = (data: Buffer, size: 4 | 8): Buffer => (size === 4 ? Buffer.from(data).swap32() : Buffer.from(data).swap64());
const offset = (
  [
    ["WAV of floats", riff([plainFloats, chunk("data", liftedFloats)])],
    ["WAV of doubles", riff([formatChunk({ tag: 3, bits: 64 }), chunk("data", liftedDoubles)])],
    ["WAV of floats, extensible", riff([extensibleFloats, chunk("data", liftedFloats)])],
    ...([2, 3, 4] as const).map((size) => [`WAV of ${size * 8} bits`, riff([formatChunk({ bits: size * 8 }), chunk("data", pcm(lifted, size))])] as const),
    ["RF64 of floats", riff([chunk("ds64", join(numbers(8, "LE", liftedFloats.length + 80, liftedFloats.length, sound.length), zeros(4))), plainFloats, chunk("data", liftedFloats, { size: 0xffffffff })], { mark: "RF64", size: 0xffffffff })],
    ["W64 of floats", wide(wideChunk("fmt ", plainFloats.subarray(8)), wideChunk("data", liftedFloats))],
    ["AIFF-C of floats", aiff("fl32", swapped(liftedFloats, 4))],
    ["AIFF-C of doubles", aiff("fl64", swapped(liftedDoubles, 8))],
    ["AU of floats", au(6, swapped(liftedFloats, 4))],
    ["AU of doubles", au(7, swapped(liftedDoubles, 8))],
    ["AU of 32 bits", au(5, pcm(lifted, 4, "BE"))],
  ] as const
).map(([name, content]) => [name, content, sound.length] as const);

/** A chunk of a W64 file with another size. */
const sized = (wideChunkBytes: Buffer, size: number): Buffer => join(wideChunkBytes.subarray(0, 16), numbers(8, "LE", size), wideChunkBytes.subarray(24));

/** Files with a wrong size of a chunk that is not the one of the samples. */
const wrongSizes = [2, 13, info.length + 3, 5000, 70_000, 0x7ffffff0, 0xffffffff].flatMap((size) => [
  [`WAV with a chunk before the samples that declares ${size} bytes`, riff([format, chunk("LIST", info, { size }), data])] as const,
  [`WAV with a chunk before the format that declares ${size} bytes`, riff([chunk("bext", info, { size }), format, data])] as const,
  [`WAV with a chunk behind the samples that declares ${size} bytes`, riff([format, data, chunk("LIST", info, { size })])] as const,
  [`AIFF with a chunk before the samples that declares ${size} bytes`, at(plainAiff, "NAME", 4, size)] as const,
  [`AIFF with a chunk before the format that declares ${size} bytes`, join(plainAiff.subarray(0, 12), Buffer.from("ANNO"), numbers(4, "BE", size), info, plainAiff.subarray(12))] as const,
]);

/** Name, content, and playing time in seconds where that is not the length of the music. */
const recordings: readonly (readonly [name: string, content: Buffer, seconds?: number])[] = [
  ["WAV", wav],
  ["FLAC", flac],
  ["MP3", mp3],
  ["MP3 at 22 kHz", fixture("music-22.mp3")],
  ["AAC", fixture("music.aac")],
  ["M4A, its index at the end", fixture("music.m4a")],
  ["HE-AAC", fixture("music-he.aac")],
  ["HE-AAC v2", fixture("music-he2.aac"), 6.1],
  ["HE-AAC in M4A", fixture("music-he.m4a")],
  ["HE-AAC v2 in M4A", fixture("music-he2.m4a")],
  ["Apple Lossless", fixture("music-alac.m4a")],
  ["Ogg Vorbis", fixture("music.ogg")],
  ["Ogg Opus", fixture("music.opus")],
  ["Ogg FLAC", fixture("music-flac.ogg")],
  ["MS ADPCM", fixture("music-adpcm.wav")],
  ["MP3 in WAV", fixture("music-mp3.wav")],
  ["AIFF", aiff("AIFF", pcm(sound, 2, "BE"))],
  ["AIFF-C with swapped bytes", aiff("sowt", samples)],
  ["AIFF-C of 24 bits that declares 16", aiff("in24", pcm(sound, 3, "BE"))],
  ["AU", join(Buffer.from(".snd"), numbers(4, "BE", 24, 0xffffffff, 3, rate, 1), pcm(sound, 2, "BE"))],
  ...(["flac", "aac", "ogg", "opus", "m4a"] as const).map((kind) => [`tags with a cover before ${kind}`, join(tags, fixture(`music.${kind}`))] as const),
  ["tags with a cover before WAV", join(tags, wav)],
  ["tags with a cover before MP3", join(tags, mp3)],
  ["tags with a cover before Ogg FLAC", join(tags, fixture("music-flac.ogg"))],
  ["a tag that claims to be longer than the file", join(id3(100).subarray(0, 6), Buffer.from([0x7f, 0x7f, 0x7f, 0x7f]), zeros(90), flac)],
  ["tags behind FLAC", join(flac, apeTag(cover), id3v1)],
  ["tags behind MP3", join(mp3, apeTag(cover), id3v1)],
  ["tags behind AAC", join(fixture("music.aac"), apeTag(cover), id3v1)],
  ["tags behind WAV", join(wav, apeTag(cover), id3v1)],
  ...(["flac", "aac", "mp3"] as const).flatMap((kind) => {
    const file = fixture(`music.${kind}`);
    const claims: readonly (readonly [claim: string, content: Buffer])[] = [
      ["an APE tag behind it that claims all", join(file, apeEnd(file.length + 32, 0))],
      ["an APE tag behind it that claims half, with a header", join(file, apeEnd(file.length / 2, 0x80000000))],
      ["lyrics behind it that claim half", join(file, Buffer.from(`${String(Math.floor(file.length / 2)).padStart(6, "0")}LYRICS200`), id3v1)],
      ["lyrics without a size and a long tag behind it", join(file, Buffer.from(`LYRICSBEGIN${"la ".repeat(500)}LYRICSEND`), Buffer.from("TAG+"), zeros(223), id3v1)],
      ["a tag before it that claims half", join(id3(Math.floor(file.length / 2)).subarray(0, 10), id3Frame, zeros(100), file)],
      ["a tag before it that claims less than its cover", join(id3(0), id3Frame, Buffer.from("APIC"), numbers(4, "BE", cover.length), zeros(2), cover, file)],
      ["a tag of version 2.4 before it that claims less than its cover", join(id3(0, zeros(0), 4), Buffer.from("APIC"), id3(cover.length).subarray(6, 10), zeros(2), cover, file)],
    ];
    return claims.map(([claim, content]) => [`${kind} with ${claim}`, content] as const);
  }),
  ["MP3 after zeros", join(zeros(200_000), mp3)],
  ["MP3 after junk", join(junk(3000), mp3)],
  ["MP3 after the answer of a radio", join(Buffer.from("ICY 200 OK\r\nicy-name: x\r\n".repeat(20)), mp3)],
  ["MP3 cut in mid-frame", mp3.subarray(2000), 5.7],
  ["MP3 with junk in the middle", join(mp3.subarray(0, 20_000), junk(50_000), mp3.subarray(20_000))],
  ["AAC after junk", join(junk(3000), fixture("music.aac"))],
  ["RF64", riff([chunk("ds64", join(numbers(8, "LE", wav.length, samples.length, sound.length), zeros(4))), format, chunk("data", samples, { size: 0xffffffff })], { mark: "RF64", size: 0xffffffff })],
  ["BW64 whose recorder stopped", riff([chunk("ds64", zeros(28)), format, chunk("data", samples, { size: 0xffffffff })], { mark: "BW64", size: 0xffffffff })],
  ["RIFX", riff([formatChunk({}, "BE"), chunk("data", pcm(sound, 2, "BE"), { endian: "BE" })], { mark: "RIFX" })],
  ["W64", wide(wideChunk("fmt ", format.subarray(8)), wideChunk("junk", zeros(3)), wideChunk("data", samples))],
  ...[0, 30, 5000, 2 ** 40].map((size) => [`W64 with a chunk of ${size} bytes before the samples that has 40`, wide(wideChunk("fmt ", format.subarray(8)), sized(wideChunk("junk", Buffer.alloc(16, 7)), size), wideChunk("data", samples))] as const),
  ["W64 with a wrong size of a chunk before the format", wide(sized(wideChunk("junk", Buffer.alloc(16, 7)), 77), wideChunk("fmt ", format.subarray(8)), wideChunk("data", samples))],
  ["WAV of six channels of 24 bits", riff([extensible, chunk("data", stereo)])],
  ["WAV of floats beyond full scale, some not numbers", riff([formatChunk({ tag: 3, bits: 32, sampleRate: 11_025 }), chunk("data", Buffer.from(floats.buffer))])],
  ["WAV of floats that are declared as integers", riff([formatChunk({ bits: 32 }), chunk("data", Buffer.from(sound.buffer))])],
  ["WAV of two channels of floats that are declared as integers", riff([formatChunk({ channels: 2, bits: 32 }), chunk("data", Buffer.from(Float32Array.from({ length: sound.length * 2 }, (_, i) => sound[i >> 1] ?? 0).buffer))])],
  ["WAV whose bytes are in the other order", riff([formatChunk({ sampleRate: 44_100 }), chunk("data", pcm(noisy, 2, "BE"))])],
  ["AIFF whose bytes are in the other order", aiff("AIFF", pcm(sound))],
  ["WAV of signed bytes", riff([formatChunk({ bits: 8 }), chunk("data", bytes(true))])],
  ["WAV of bytes", riff([formatChunk({ bits: 8 }), chunk("data", bytes(false))])],
  ["AIFF of bytes", at(aiff("AIFF", bytes(true)), "COMM", 14, 0x0008_400d)],
  ["AIFF of unsigned bytes", at(aiff("AIFF", bytes(false)), "COMM", 14, 0x0008_400d)],
  ["AU of bytes", au(2, bytes(true))],
  ["AU of unsigned bytes", au(2, bytes(false))],
  ["WAV of floats whose bytes are in the other order", riff([formatChunk({ tag: 3, bits: 32 }), chunk("data", floatsAs(4, "BE"))])],
  ["WAV of floats in the other order that are declared as integers", riff([formatChunk({ bits: 32 }), chunk("data", floatsAs(4, "BE"))])],
  ["WAV of doubles whose bytes are in the other order", riff([formatChunk({ tag: 3, bits: 64 }), chunk("data", floatsAs(8, "BE"))])],
  ["WAV of doubles", riff([formatChunk({ tag: 3, bits: 64 }), chunk("data", floatsAs(8, "LE"))])],
  ["AU of floats whose bytes are in the other order", au(6, floatsAs(4, "LE"))],
  ["AIFF-C of doubles whose bytes are in the other order", aiff("fl64", floatsAs(8, "LE"))],
  ["WAV of 16 bits that declares 24", riff([formatChunk({ bits: 24, sampleRate: 44_100 }), chunk("data", pcm(noisy))])],
  ["WAV of 24 bits that declares 16", riff([formatChunk({ bits: 16, sampleRate: 44_100 }), chunk("data", pcm(noisy, 3))])],
  ...[1, 2, 3].flatMap((skip) => [
    [`WAV of 24 bits with ${skip} bytes before its samples`, riff([formatChunk({ bits: 24, sampleRate: 44_100 }), chunk("data", join(junk(skip), pcm(noisy, 3)))])] as const,
    [`WAV of 32 bits with ${skip} bytes before its samples`, riff([formatChunk({ bits: 32, sampleRate: 44_100 }), chunk("data", join(junk(skip), pcm(noisy, 4)))])] as const,
    [`WAV of floats with ${skip} bytes before its samples`, riff([formatChunk({ tag: 3, bits: 32 }), chunk("data", join(junk(skip), floatsAs(4, "LE")))])] as const,
    [`WAV of doubles with ${skip * 2} bytes before its samples`, riff([formatChunk({ tag: 3, bits: 64 }), chunk("data", join(junk(skip * 2), floatsAs(8, "LE")))])] as const,
  ]),
  ["WAV of codec 0", riff([formatChunk({ tag: 0 }), data])],
  ["AIFF whose samples declare a part of themselves", at(plainAiff, "SSND", 4, 1000)],
  ["AIFF whose format declares more than it has", at(plainAiff, "COMM", 4, 22)],
  ["AU that declares a part of its samples", au(3, pcm(sound, 2, "BE"), 1000)],
  ...wrongSizes,
  ["AIFF that declares one sample", ofOneSample(aiff("AIFF", pcm(sound, 2, "BE")))],
  ["AIFF with an odd chunk that is not padded", oddAiff(aiff("AIFF", pcm(sound, 2, "BE")))],
  ["AU of no size, with its sound before its end", join(Buffer.from(".snd"), numbers(4, "BE", 0, 0, 3, rate, 1), pcm(sound, 2, "BE"))],
  ["WAV at 384 kHz", riff([formatChunk({ sampleRate: 384_000 }), chunk("data", pcm(music(384_000)))])],
  ["WAV at 5512 Hz", riff([formatChunk({ sampleRate: 5512 }), chunk("data", pcm(music(5512)))])],
  ["WAV with an odd chunk before the samples", riff([format, chunk("LIST", Buffer.from("INFOodd"), {}), data])],
  ["WAV with an odd chunk that is not padded", riff([format, chunk("LIST", Buffer.from("INFOodd"), { padded: false }), data])],
  // 0x60 is a letter too: "ata`" could be the name of a chunk.
  ["WAV with an odd chunk that is not padded, before a size that looks like a letter", riff([format, chunk("LIST", Buffer.from("INFOodd"), { padded: false }), chunk("data", samples.subarray(0, (samples.length & ~0xff) - 0xa0))])],
  ["WAV with a large odd chunk first", riff([chunk("bext", junk(70_001)), format, data])],
  ["WAV with its format last", riff([data, format])],
  ["WAV with chunks behind", riff([format, data, chunk("LIST", cover)])],
  ["WAV with junk behind", join(wav, junk(50_000))],
  ["streamed WAV, sizes 0", riff([format, chunk("data", samples, { size: 0 })], { size: 0 })],
  ["streamed WAV, sizes 0xffffffff", riff([format, chunk("data", samples, { size: 0xffffffff })], { size: 0xffffffff })],
  ["WAV with a size that is too large", riff([format, chunk("data", samples, { size: 0x7fffffff })])],
  ["WAV with a size that was never filled in", riff([format, chunk("data", samples, { size: 100 })])],
  ["WAV without a block size", riff([formatChunk({ blockBytes: 0 }), data])],
  ["WAV whose block size is that of another format", riff([formatChunk({ blockBytes: 1, bytesPerSecond: rate * 2 }), data])],
  ["WAV whose bits are 1", riff([formatChunk({ bits: 1, blockBytes: 2 }), data])],
  ["WAV without bits and block size", riff([formatChunk({ bits: 0, blockBytes: 0, bytesPerSecond: rate * 2 }), data])],
  ["WAV of an extensible format without its name", riff([formatChunk({ tag: 0xfffe }), data])],
  ["WAV with two data chunks", riff([format, chunk("data", samples.subarray(0, samples.length / 2)), chunk("LIST", Buffer.from("INFOodd")), chunk("data", samples.subarray(samples.length / 2))])],
  ["WAV with an empty data chunk first", riff([format, chunk("data", zeros(0)), chunk("LIST", Buffer.from("INFO")), data])],
  ["WAV with its samples in a list", riff([format, chunk("LIST", join(Buffer.from("wavl"), chunk("data", samples.subarray(0, samples.length / 2)), chunk("data", samples.subarray(samples.length / 2))))])],
  ["two WAV, one after the other", join(wav, wav), 12],
  ["two WAV of different rates", join(wav, riff([formatChunk({ sampleRate: 11_025 }), chunk("data", pcm(music(11_025)))])), 12],
  ["two MP3 of different rates", join(mp3, fixture("music-22.mp3")), 12],
  ["two MP3, tagged", join(tags, mp3, id3v1, tags, mp3), 12],
  ["two AAC of different rates", join(fixture("music.aac"), fixture("music-22.aac")), 12],
  ["two Ogg of different rates", join(fixture("music.ogg"), fixture("music-22.ogg")), 12],
  ["Ogg of three codecs, one after the other", join(fixture("music-22.ogg"), fixture("music.opus"), fixture("music-flac.ogg")), 18],
  ["two FLAC", join(flac, tags, flac), 12],
  ["half a WAV", half(wav), 3],
  ["half a FLAC", half(flac), 3],
  ["half an MP3", half(mp3), 3],
  ["half an AAC", half(fixture("music.aac")), 3],
  ["half an Ogg Vorbis", half(fixture("music.ogg")), 2],
];

const playable = recordings.map(([name, content, seconds = musicSeconds]) => [name, content, seconds] as const);

/** Files that are not music: their content, and the expected message. */
const refused: readonly (readonly [name: string, content: Buffer, words: RegExp])[] = [
  ["nothing", zeros(0), /is empty/],
  ["a byte", Buffer.from("R"), /too short/],
  ["text", Buffer.from("This is not sound. ".repeat(3000)), /text, not a recording; use wav, mp3/],
  ["a web page", Buffer.from("<!DOCTYPE html><html>404</html>"), /web page/],
  ["a playlist", Buffer.from("#EXTM3U\na.mp3\n"), /playlist: give one/],
  ["a ZIP archive with an MP3 in it", join(Buffer.from("PK\u0003\u0004"), zeros(26), mp3), /ZIP archive: unpack it/],
  ["noise", junk(200_000), /unknown format; use wav, mp3/],
  ["zeros", zeros(100_000), /unknown format; use wav, mp3/],
  ["an MPEG transport stream", Buffer.concat(Array.from({ length: 40 }, (_, i) => join(Buffer.from([0x47, 0x41, 0, 0x10 + (i % 16)]), mp3.subarray(i * 184, i * 184 + 184)))), /an MPEG transport stream.*ffmpeg/],
  ["a transport stream of a camera", Buffer.concat(Array.from({ length: 40 }, (_, i) => join(numbers(4, "BE", i), Buffer.from([0x47, 0x41, 0, 0x10]), junk(184, i)))), /an MPEG transport stream.*ffmpeg/],
  ["AC-3", join(Buffer.from("0b77", "hex"), junk(20_000)), /AC-3 \(Dolby Digital\).*ffmpeg/],
  ["DTS", join(Buffer.from("7ffe8001", "hex"), junk(20_000)), /DTS.*ffmpeg/],
  ["MP3 in free format", Buffer.concat(Array.from({ length: 50 }, (_, i) => join(Buffer.from([0xff, 0xfb, i % 3 === 0 ? 0x02 : 0, 0x40]), Buffer.alloc(i % 3 === 0 ? 997 : 996, 0x55)))), /free format.*mpg123/],
  ["Matroska", join(Buffer.from("1a45dfa3", "hex"), junk(1000)), /Matroska or WebM.*ffmpeg/],
  ["AC-3 in WAV", riff([formatChunk({ tag: 0x2000 }), chunk("data", junk(20_000))]), /codec 0x2000 inside.*ffmpeg/],
  ["FLAC with a damaged frame", damaged(flac, 60_000), /damaged.*copy it again/],
  ["FLAC with a damaged first frame", damaged(flac, 9000), /damaged.*copy it again/],
  ["FLAC cut off in its header", flac.subarray(0, 30), /cut off/],
  ["Ogg with damaged pages", damaged(fixture("music.ogg"), 8000, 12_000, 16_000), /damaged/],
  ["Ogg without its beginning", fixture("music.ogg").subarray(6000), /without the beginning/],
  ["M4A without its index", half(fixture("music.m4a")), /no index.*copy or record it again/],
  ["M4A with a table that is too long", damaged(fixture("music.m4a"), fixture("music.m4a").indexOf("stsz") + 12), /damaged index/],
  ["WAV without samples", riff([format]), /without a data chunk/],
  ["WAV with no samples in it", riff([format, chunk("data", zeros(0)), chunk("LIST", Buffer.from("INFO"))]), /contains no sound/],
  ["WAV without a format", riff([data]), /without a format chunk/],
  ["WAV of no channels", riff([formatChunk({ channels: 0, blockBytes: 2 }), data]), /0 channels/],
  ["WAV of 999 channels", riff([formatChunk({ channels: 999 }), data]), /999 channels/],
  ["WAV of one bit", riff([formatChunk({ bits: 1, blockBytes: 0 }), data]), /samples of 1 bits in 0 bytes for 1 channels.*ffmpeg/],
  ["WAV of short floats", riff([formatChunk({ tag: 3, bits: 16 }), data]), /samples of 16 bits in 2 bytes.*format 3/],
  ["WAV of integers that are declared as floats", riff([formatChunk({ tag: 3, bits: 32 }), chunk("data", pcm(sound, 4))]), /declares floats but contains integers.*ffmpeg/],
  ["AIFF-C with bytes in place of a name", aiff("\u001b[2J", samples), /AIFF-C file with 0x1b5b324a inside.*ffmpeg/],
  ["AIFF without samples", plainAiff.subarray(0, plainAiff.indexOf("SSND")), /without an SSND chunk; record or copy it again/],
  ["AIFF without a format", at(plainAiff, "COMM", 0, 0x4e4f4e45), /without a COMM chunk; record or copy it again/],
  ["WAV without samples whose text has their name", riff([format, chunk("LIST", Buffer.from("INFOICMTmetadata of 2020"))]), /without a data chunk/],
  ["WAV of floats that are random bytes", riff([formatChunk({ tag: 3, bits: 32 }), chunk("data", junk(200_000))]), /declares floats but contains something else.*copy it again/],
  ["HCOM", join(zeros(128), Buffer.from("HCOM"), junk(20_000)), /HCOM.*ffmpeg/],
  ["AIFF of no bits", withoutBits(aiff("AIFF", pcm(sound, 2, "BE"))), /0 bytes for 1 channels/],
  ["WAV at 0 Hz", riff([formatChunk({ sampleRate: 0 }), data]), /sample rate of 0 Hz.*convert/],
  ["WAV at 1 Hz", riff([formatChunk({ sampleRate: 1 }), data]), /sample rate of 1 Hz.*convert/],
  ["WAV at 4 GHz", riff([formatChunk({ sampleRate: 0xffffffff }), data]), /4294967295 Hz/],
];

const bins = 100;
/** Number of steps on each side that are averaged: codecs delay sound by some hundredths of a second. */
const blur = 3;

/** Power in steps of 0.01 s. */
function envelope({ samples: mono, sampleRate }: { samples: Float32Array; sampleRate: number }): number[] {
  const steps = new Float64Array(Math.floor((mono.length / sampleRate) * bins));
  mono.forEach((sample, i) => {
    const step = Math.floor((i / sampleRate) * bins);
    if (step < steps.length) steps[step] = (steps[step] ?? 0) + sample * sample;
  });
  return Array.from(steps, (_, step) => steps.subarray(Math.max(0, step - blur), step + blur + 1).reduce((sum, value) => sum + value, 0));
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((value, i) => {
    ab += (value - meanA) * ((b[i] ?? 0) - meanB);
    aa += (value - meanA) ** 2;
    bb += ((b[i] ?? 0) - meanB) ** 2;
  });
  return ab / Math.sqrt(aa * bb);
}

const barSteps = (bins * 4 * 60) / musicBpm;
const truth = envelope({ samples: music(rate, musicSeconds * 4), sampleRate: rate });

/**
 * Similarity to the music, at the best shift: a codec may delay it slightly, and a file may begin in the middle. The
 * music repeats every bar.
 */
function likeness(steps: readonly number[]): number {
  return Math.max(...Array.from({ length: barSteps }, (_, shift) => correlation(steps, truth.slice(shift, shift + steps.length))));
}

describe("decodeFile", () => {
  it.each(playable)("plays %s", async (_, content, seconds) => {
    await using dir = tempDir();
    // The wrong name is intended: only the content counts.
    const file = dir.join("music.txt");
    writeFileSync(file, content);
    const decoded = await decodeFile(file);
    const length = decoded.samples.length / decoded.sampleRate;
    expect(Math.abs(length - seconds)).toBeLessThan(seconds === musicSeconds ? 0.1 : 0.4);
    expect(decoded.samples.every(Number.isFinite)).toBe(true);
    expect(likeness(envelope(decoded))).toBeGreaterThan(0.8);
  });

  it.each(offset)("plays %s with an offset as its header declares it", async (_, content, count) => {
    await using dir = tempDir();
    const file = dir.join("music");
    writeFileSync(file, content);
    const { samples: decoded } = await decodeFile(file);
    expect(decoded).toHaveLength(count);
    expect(decoded.every((sample, i) => Math.abs(sample - (lifted[i] ?? 0)) < 0.001)).toBe(true);
  });

  it.each(refused)("refuses %s with a message", async (_, content, words) => {
    await using dir = tempDir();
    const file = dir.join("music.mp3");
    writeFileSync(file, content);
    await expect(decodeFile(file)).rejects.toThrow(words);
    await expect(decodeFile(file)).rejects.toMatchObject({ code: "file", message: expect.stringContaining(file) });
  });

  it("ends when it is cancelled, with the reason as its cause", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("music"), playable[0]?.[1] ?? "");
    const cancelled = new AbortController();
    const analysis = analyzeFile(dir.join("music"), { signal: cancelled.signal, onProgress: () => cancelled.abort("enough") });
    await expect(analysis).rejects.toMatchObject({ name: "SoundError", code: "aborted", cause: "enough" });
    await expect(analyzeFile("/dev/zero", { signal: cancelled.signal })).rejects.toMatchObject({ code: "aborted" });
    const signal = AbortSignal.abort("enough");
    await expect(decodeFile(dir.join("music"), { signal })).rejects.toMatchObject({ name: "SoundError", code: "aborted", cause: "enough" });
  });

  it("names the fault of a path", async () => {
    await using dir = tempDir();
    await expect(decodeFile(dir.join("none"))).rejects.toThrow(/does not exist/);
    await expect(decodeFile(dir.join("none"))).rejects.toMatchObject({ name: "SoundError", code: "file" });
    mkdirSync(dir.join("folder"));
    await expect(decodeFile(dir.join("folder"))).rejects.toThrow(/is a folder/);
    await expect(decodeFile("/dev/zero")).rejects.toThrow(/is a device/);
  });

  it("gives pieces of one rate, none of them long, and closes the file when the reader stops", async () => {
    await using dir = tempDir();
    const file = dir.join("chain");
    writeFileSync(file, join(mp3, fixture("music-22.mp3")));
    const rates = new Set<number>();
    let longest = 0;
    for await (const { samples: piece, sampleRate } of decodeParts(file)) {
      rates.add(sampleRate);
      longest = Math.max(longest, piece.length / sampleRate);
    }
    expect([...rates]).toEqual([44_100]);
    expect(longest).toBeLessThan(1.5);
    for await (const _ of decodeParts(file)) break;
  });

  it("survives any cut and any changed bytes: it plays the rest, or names the file", { timeout: 120_000 }, async () => {
    await using dir = tempDir();
    const file = dir.join("broken");
    const kinds = ["music.mp3", "music.aac", "music.ogg", "music.opus", "music.m4a", "music-alac.m4a", "music-flac.ogg", "music.flac", "music-adpcm.wav"];
    const files = [wav, ...kinds.map(fixture)];
    const change = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), value: fc.nat(255), head: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...files), fc.double({ min: 0.05, max: 1, noNaN: true }), fc.array(change, { maxLength: 8 }), async (whole, share, changes) => {
        const content = Buffer.from(whole.subarray(0, Math.ceil(whole.length * share)));
        for (const { at, value, head } of changes) content[Math.floor(at * (head ? Math.min(200, content.length) : content.length))] = value;
        writeFileSync(file, content);
        let seconds = 0;
        let fault = file;
        try {
          for await (const { samples: piece, sampleRate } of decodeParts(file)) {
            seconds += piece.length / sampleRate;
            expect(sampleRate).toBeGreaterThanOrEqual(8000);
          }
        } catch (error) {
          fault = String(error);
        }
        expect(fault).toContain(file);
        // A changed rate makes it longer, up to the length at the lowest rate.
        expect(seconds).toBeLessThan(musicSeconds * 50);
      }),
      { numRuns: 60 },
    );
  });
});

/** Files that other players read wrongly, and the plain kinds beside them. */
const analyzed = new Set([
  ...["WAV", "MP3", "W64", "RF64", "MS ADPCM", "MP3 in WAV", "WAV at 384 kHz", "WAV of six channels of 24 bits"],
  ...["tags with a cover before flac", "tags with a cover before aac", "tags with a cover before MP3", "two MP3 of different rates"],
  ...["WAV with an odd chunk before the samples", "WAV with a large odd chunk first", "MP3 after zeros", "MP3 cut in mid-frame"],
  ...["WAV of floats beyond full scale, some not numbers", "WAV with one channel inverted", "WAV of a balanced mono line"],
]);
/** Both channels contain the music, but their mean has little or none of it. */
const opposed = (share: number): Buffer =>
  riff([formatChunk({ channels: 2 }), chunk("data", pcm(Float32Array.from({ length: sound.length * 2 }, (_, i) => (sound[i >> 1] ?? 0) * (i % 2 === 0 ? 1 : -share))))]);

describe("analyzeFile", () => {
  const named = [...playable, ["WAV with one channel inverted", opposed(0.9), musicSeconds], ["WAV of a balanced mono line", opposed(1), musicSeconds]] as const;
  const tried = named.filter(([name]) => analyzed.has(name));

  it("is tried with each of these", () => {
    expect(tried.map(([name]) => name).toSorted()).toEqual([...analyzed].toSorted());
  });

  it.each(tried)("finds the tempo of %s", async (_, content, seconds) => {
    await using dir = tempDir();
    writeFileSync(dir.join("music"), content);
    const { duration, bpm, beats, downbeats, metre } = await analyzeFile(dir.join("music"));
    expect(Math.abs(duration - seconds)).toBeLessThan(0.5);
    expect(Math.abs(bpm - musicBpm)).toBeLessThan(1);
    expect(beats.length).toBeGreaterThan(seconds / 2);
    expect(downbeats.every((time) => beats.includes(time))).toBe(true);
    expect(metre).toBe(4);
  });
});
