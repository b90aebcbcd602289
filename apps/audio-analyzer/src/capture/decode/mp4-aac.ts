import { fourCharacters } from "./bytes.ts";

/** Kinds of AAC, as the first five bits of a configuration: with upper tones from the lower ones (HE-AAC), and with stereo from mono, too (HE-AAC v2). */
const [upperTones, upperTonesAndStereo] = [5, 29] as const;
/** Tags of the descriptors in an "esds" box: stream, decoder, configuration. */
const [streamTag, decoderTag, configurationTag] = [3, 4, 5] as const;
/** Bytes of the fields of the first two; what follows is in them. */
const streamBytes = 3;
const decoderBytes = 13;

/**
 * Declares HE-AAC v2 as HE-AAC: the decoder refuses the former by its number, but finds its stereo in the frames of the
 * latter. What follows the number is the same in both.
 * @param stsd offset of the content of the box that describes samples @param end its end @param moov changed in place
 */
export function declareUpperTones(moov: Uint8Array, stsd: number, end: number): void {
  for (let at = stsd; at + 8 <= end; at += 1) {
    if (fourCharacters(moov, at) !== "esds") continue;
    const found = configurationAt(moov, at + 8, end);
    const first = found === undefined ? undefined : moov[found];
    if (found !== undefined && first !== undefined && first >> 3 === upperTonesAndStereo) moov[found] = (upperTones << 3) | (first & 7);
  }
}

/** Offset of the AAC configuration in the descriptors from `at`; undefined where they have none. */
function configurationAt(data: Uint8Array, from: number, end: number): number | undefined {
  for (let at = from; at + 2 <= end;) {
    const tag = data[at];
    at += 1;
    let length = 0;
    let more = true;
    for (; more && at < end; at += 1) {
      const byte = data[at] ?? 0;
      length = length * 128 + (byte & 0x7f);
      more = byte >= 0x80;
    }
    if (tag === configurationTag) return at < end ? at : undefined;
    at += tag === streamTag ? streamBytes : tag === decoderTag ? decoderBytes : length;
  }
  return undefined;
}
