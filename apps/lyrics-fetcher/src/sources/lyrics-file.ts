import { FileError, decodeWindows1252, openMedia } from "@vj/files";

/** Longer files are not lyrics: a long song with a time for each syllable has about 200 KiB. Bytes. */
const longestFile = 1_048_576;

/**
 * Reads a file of lyrics, or its beginning, in whatever encoding it is. Never waits for a FIFO or a device.
 * @param bytes no more than this is read; a file longer than {@link longestFile} is refused
 * @throws Error that says what it is instead; a system error (`ENOENT` …) as it is.
 */
export async function readLyricsFile(file: string, bytes = longestFile): Promise<string> {
  const handle = await openMedia(file);
  try {
    const { size } = await handle.stat();
    if (size > longestFile) throw new FileError("too_long", `${file} is too long: it has ${size} bytes, ${longestFile} are allowed`);
    const buffer = Buffer.alloc(Math.min(bytes, size));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return decodeLyrics(buffer.subarray(0, bytesRead), { cut: bytesRead < size });
  } finally {
    await handle.close();
  }
}

/**
 * Text of UTF-8 or UTF-16, also without a byte order mark; else of the Chinese or the Western encoding that old files have.
 * `cut`: whether it may end within a letter
 */
export function decodeLyrics(bytes: Uint8Array, { cut = false }: { readonly cut?: boolean } = {}): string {
  const utf16 = utf16Of(bytes);
  if (utf16 !== undefined) return new TextDecoder(utf16).decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return looksChinese(bytes) ? new TextDecoder("gb18030").decode(bytes) : decodeWindows1252(bytes);
  }
}

function utf16Of(bytes: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x5b && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x5b)) return "utf-16be";
  return undefined;
}

/** In Western text letters with accents stand alone; in Chinese text such bytes stand in rows. */
function looksChinese(bytes: Uint8Array): boolean {
  let inRows = 0;
  let alone = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const neighbour = (bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80;
    if (neighbour) inRows += 1;
    else alone += 1;
  }
  return inRows > alone;
}
