import type { Bytes, Window } from "./bytes.ts";
import { byteText, createWindow, fourCharacters } from "./bytes.ts";
import { beginsStream, findStream } from "./frame-scan.ts";
import { isFreeFormatStream } from "./free-format.ts";
import { adtsHeader, mpegHeader } from "./mpeg-header.ts";
import { howToConvert } from "./pcm.ts";
import { afterTags } from "./tags.ts";

/** File formats that can be decoded. */
export type AudioFormat = "wav" | "mp3" | "flac" | "ogg" | "aiff" | "m4a" | "aac" | "au";

/** The format of a file, and the offset after tags and junk. */
export interface Identity {
  readonly format: AudioFormat;
  readonly at: number;
}

/** The formats that can be decoded, for a person. */
const knownFormats = "wav, mp3, flac, ogg, opus, aiff, m4a or aac";

/** Longest junk before a stream, bytes. */
const longestJunk = 4 * 2 ** 20;
/** Longest junk before a header without a second one to confirm it, bytes. */
const longestPad = 65_536;

/** This much of a file identifies it; an MPEG transport stream, by five of its packets. */
const headBytes = 1024;

/** Headers of formats that are recognised by content alone. */
const marks: readonly { format: AudioFormat; pattern: RegExp }[] = [
  { format: "flac", pattern: /^fLaC[\0\x80]/ },
  { format: "ogg", pattern: /^OggS\0/ },
  { format: "wav", pattern: /^(?:RIFF|RIFX|RF64|BW64)....WAVE/s },
  { format: "wav", pattern: /^riff\x2e\x91\xcf\x11/ },
  { format: "aiff", pattern: /^FORM....AIF[FC]/s },
  { format: "m4a", pattern: /^\0...(?:ftyp|moov|mdat|wide|skip|free|pnot)/s },
  { format: "au", pattern: /^\.snd\0/ },
];

const toConvert = `which cannot be played; ${howToConvert}`;
/** ffmpeg does not read it. */
const freeFormat = "MP3 without a bitrate (free format), which cannot be played; convert it, for example with: mpg123 -w NEW.wav OLD";
const notSound = `not a recording; use ${knownFormats}`;

/** Other kinds of files, each with the next step. */
const others: readonly { pattern: RegExp; what: string }[] = [
  { pattern: /^PK(?:\x03\x04|\x05\x06)/, what: "a ZIP archive: unpack it and use a recording in it" },
  { pattern: /^(?:Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|\x28\xb5\x2f\xfd)/, what: "an archive: unpack it and use a recording in it" },
  { pattern: /^\x1a\x45\xdf\xa3/, what: `Matroska or WebM, ${toConvert}` },
  { pattern: /^RIFF....AVI /s, what: `AVI video, ${toConvert}` },
  { pattern: /^\x30\x26\xb2\x75/, what: `WMA, ${toConvert}` },
  { pattern: /^[^]{128}HCOM/, what: `HCOM, ${toConvert}` },
  { pattern: /^[FCZ]WS[\x01-\x40]/, what: `Flash, ${toConvert}` },
  { pattern: /^caff/, what: `CAF, ${toConvert}` },
  { pattern: /^wvpk/, what: `WavPack, ${toConvert}` },
  { pattern: /^MAC /, what: `Monkey's Audio, ${toConvert}` },
  { pattern: /^(?:MPCK|MP\+)/, what: `Musepack, ${toConvert}` },
  { pattern: /^TTA[12]/, what: `True Audio, ${toConvert}` },
  { pattern: /^(?:DSD |FRM8)/, what: `DSD, ${toConvert}` },
  { pattern: /^#!AMR/, what: `AMR, ${toConvert}` },
  { pattern: /^(?:G[^]{187}){5}|^(?:[^]{4}G[^]{187}){5}|^(?:G[^]{203}){5}/, what: `an MPEG transport stream, ${toConvert}` },
  { pattern: /^\0\0\x01[\xb3\xba]/, what: `MPEG video, ${toConvert}` },
  { pattern: /^\x0b\x77/, what: `AC-3 (Dolby Digital), ${toConvert}` },
  { pattern: /^(?:\x7f\xfe\x80\x01|\xfe\x7f\x01\x80|\x1f\xff\xe8\0|\xff\x1f\0\xe8|DTSHDHDR)/, what: `DTS, ${toConvert}` },
  { pattern: /^[^]{4}\xf8\x72\x6f[\xba\xbb]/, what: `TrueHD, ${toConvert}` },
  { pattern: /^\x56[\xe0-\xff]/, what: `AAC in LATM frames, ${toConvert}` },
  { pattern: /^ADIF/, what: `AAC with an ADIF header, ${toConvert}` },
  { pattern: /^FLV\x01/, what: `Flash video, ${toConvert}` },
  { pattern: /^\.(?:RMF|ra\xfd)/, what: `RealMedia, ${toConvert}` },
  { pattern: /^(?:EA3[\x01\x03]|ea3\x03)/, what: `ATRAC, ${toConvert}` },
  { pattern: /^(?:ajkg|tBaK|OFR |LA0[0-9]|TWIN)/, what: `a rare kind of compressed sound, ${toConvert}` },
  { pattern: /^Creative Voice File/, what: `VOC, ${toConvert}` },
  { pattern: /^FORM....(?:8SVX|16SV)/s, what: `8SVX, ${toConvert}` },
  { pattern: /^NIST_1A/, what: `NIST SPHERE, ${toConvert}` },
  { pattern: /^(?:IMPM|Extended Module: |[^]{44}SCRM)/, what: `a tracker module, which contains notes and samples: render it to a recording first` },
  { pattern: /^MThd/, what: `a MIDI file, which contains notes and no sound: render it to a recording first` },
  { pattern: /^(?:\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|BM......\0)/s, what: `a picture, ${notSound}` },
  { pattern: /^%PDF/, what: `a PDF document, ${notSound}` },
  { pattern: /^\x7fELF/, what: `a program, ${notSound}` },
  { pattern: /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!doctype|html)/i, what: `a web page or XML, ${notSound}` },
  { pattern: /^(?:#EXTM3U|\[playlist\])/, what: "a playlist: give one of the recordings in it" },
];

/**
 * Identifies a file by its content, because names can be wrong. Returns a text for a person when it cannot be decoded; it
 * completes "<path> is ...".
 */
export async function identify(bytes: Bytes): Promise<Identity | string> {
  const window = createWindow(bytes);
  const start = await afterTags(bytes, async (at) => {
    const head = byteText(await window.at(at, 16));
    return marks.some(({ pattern }) => pattern.test(head)) || (await streamAt(window, at)) !== undefined;
  });
  const head = byteText(await window.at(start, headBytes));
  const marked = marks.find(({ pattern }) => pattern.test(head));
  if (marked !== undefined) return { format: marked.format, at: start };
  const other = others.find(({ pattern }) => pattern.test(head));
  if (other !== undefined) return other.what;
  const found = (await findHead(window, start)) ?? (await findFrames(window, start));
  if (found !== undefined) return found;
  if (await isFreeFormatStream(window, start)) return freeFormat;
  if (head.length < 16) return `too short to be a recording; copy it again`;
  return isText(head) ? `text, ${notSound}` : `of an unknown format; use ${knownFormats}`;
}

function isText(head: string): boolean {
  return Array.from(head, (character) => character >= " " || "\t\r\n\f".includes(character)).every(Boolean);
}

/** A header behind padding or junk, as left by some taggers. */
async function findHead(window: Window, from: number): Promise<Identity | undefined> {
  if ((await streamAt(window, from)) !== undefined) return undefined;
  const data = (await window.at(from, longestPad)).slice();
  for (let i = 0; i + 16 <= data.length; i += 1) {
    // The first letters of the marks: f, O, R, r, F; a box of an MP4 begins with its size.
    if (!"fORrF\0".includes(String.fromCharCode(data[i] ?? 0xff)) || (data[i] === 0 && fourCharacters(data, i + 4) !== "ftyp")) continue;
    const text = byteText(data.subarray(i, i + 16));
    const marked = marks.find(({ format, pattern }) => format !== "au" && pattern.test(text));
    if (marked !== undefined) return { format: marked.format, at: from + i };
  }
  return undefined;
}

async function findFrames(window: Window, from: number): Promise<Identity | undefined> {
  const mp3 = await findStream(window, mpegHeader, from, from + longestJunk);
  const aac = await findStream(window, adtsHeader, from, mp3 === undefined ? from + longestJunk : mp3.at);
  if (aac !== undefined) return { format: "aac", at: aac.at };
  return mp3 === undefined ? undefined : { format: "mp3", at: mp3.at };
}

async function streamAt(window: Window, at: number): Promise<AudioFormat | undefined> {
  if ((await beginsStream(window, adtsHeader, at)) !== undefined) return "aac";
  return (await beginsStream(window, mpegHeader, at)) === undefined ? undefined : "mp3";
}
