/** Encodings that VirtualDJ and what copies its files write. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding of a file from its first bytes: its byte order mark, else where the zero bytes of Latin letters are. */
export function detectEncoding(head: Uint8Array): TextEncoding {
  const [first, second] = head;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf-16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return "utf-16be";
  return "utf-8";
}

/**
 * Text from bytes, without a byte order mark. Lines that are not UTF-8 are read as Windows-1252, which every byte is.
 * @param cut the bytes are the end of a longer file: what precedes their first line break is left out.
 */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding, cut = false): string {
  if (encoding !== "utf-8") return afterCut(new TextDecoder(encoding).decode(bytes), cut);
  // Cut in the middle of a character, the rest of it would look like another encoding.
  const whole = cut ? bytes.subarray(bytes.indexOf(0x0a) + 1) : bytes;
  const text = decodeUtf8(whole);
  if (text !== undefined) return text;
  const lines: string[] = [];
  for (let start = 0; start <= whole.length; ) {
    const end = whole.indexOf(0x0a, start);
    const line = whole.subarray(start, end < 0 ? whole.length : end);
    lines.push(decodeUtf8(line) ?? new TextDecoder("windows-1252").decode(line));
    if (end < 0) break;
    start = end + 1;
  }
  return lines.join("\n");
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function afterCut(text: string, cut: boolean): string {
  return cut ? text.slice(text.indexOf("\n") + 1) : text;
}
