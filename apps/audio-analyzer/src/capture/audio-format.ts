/** File formats that can be decoded, by the names of the decoder. */
export type AudioFormat = "wav" | "mp3" | "flac" | "opus" | "oga" | "aiff" | "m4a" | "aac";

/** How many bytes from the start of a file decide. */
export const formatBytes = 64;

const marks: readonly { format: AudioFormat; at: number; text: string }[] = [
  { format: "wav", at: 0, text: "RIFF" },
  { format: "flac", at: 0, text: "fLaC" },
  { format: "opus", at: 28, text: "OpusHead" },
  { format: "oga", at: 0, text: "OggS" },
  { format: "aiff", at: 0, text: "FORM" },
  { format: "m4a", at: 4, text: "ftyp" },
  { format: "mp3", at: 0, text: "ID3" },
];

/** What a file is, by its first bytes: names lie. */
export function audioFormat(head: Buffer): AudioFormat | undefined {
  const known = marks.find(({ at, text }) => head.toString("latin1", at, at + text.length) === text);
  if (known !== undefined) return known.format;
  // MPEG frames begin with eleven set bits; layer 0 is AAC in ADTS, every other an MP3.
  const [first = 0, second = 0] = head;
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  return (second & 0x06) === 0 ? "aac" : "mp3";
}
