import { decodeWindows1252 } from "@vj/files";

/** Encodings of the files that VirtualDJ, and programs that copy them, write. */
export type TextEncoding = "utf-8" | "utf-16le" | "utf-16be";

/** The encoding of a file is judged by so many bytes at its beginning. */
export const headBytes = 256;

/** In UTF-16 one of the two places has this many times as many zero bytes as the other. */
const clearly = 4;

/**
 * The encoding of a file from its first bytes: its byte order mark, else where the zero bytes of Latin letters and blanks are. Zero bytes
 * at both places belong to no encoding.
 */
export function detectEncoding(head: Uint8Array): TextEncoding {
  const [first, second] = head;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const zeros = [0, 0];
  const looked = Math.min(head.length, headBytes);
  for (let at = 0; at < looked; at += 1) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const enough = looked / 16;
  if (odd >= enough && odd > even * clearly) return "utf-16le";
  return even >= enough && even > odd * clearly && looked > 1 ? "utf-16be" : "utf-8";
}

/**
 * Text from bytes, without a byte order mark. Lines that are not UTF-8 are read as Windows-1252, which every byte is.
 * `cut`: the bytes are the end of a longer file: what precedes their first line break is left out.
 */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding, { cut = false }: { readonly cut?: boolean } = {}): string {
  if (encoding !== "utf-8") return afterCut(new TextDecoder(encoding).decode(bytes), cut);
  // A character that is cut in two would look like another encoding.
  const whole = cut ? bytes.subarray(bytes.indexOf(0x0a) + 1) : bytes;
  const text = decodeUtf8(whole);
  if (text !== undefined) return text;
  const lines: string[] = [];
  for (let start = 0; start <= whole.length; ) {
    const end = whole.indexOf(0x0a, start);
    const line = whole.subarray(start, end < 0 ? whole.length : end);
    lines.push(decodeUtf8(line) ?? decodeWindows1252(line));
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
