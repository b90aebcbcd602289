import { placed } from "./json-fault.ts";

/** Text, or what keeps bytes from being text, and where. */
export type DecodedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly fault: string };

const replacement = "\uFFFD";

/**
 * The text of bytes in UTF-8, or in UTF-16 with its byte order mark, which is left out. Bytes that are not text are a fault: a sign in their place
 * would change what a person wrote without a word. NUL characters are one, too: nobody writes them, and UTF-16 without its mark is full of them.
 */
export function decodeText(bytes: Buffer): DecodedText {
  const [first, second] = bytes;
  const encoding = first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return { ok: false, fault: encoding === "utf-8" ? utf8Fault(bytes) : utf16Fault(new TextDecoder(encoding).decode(bytes)) };
  }
  const nul = text.indexOf("\0");
  return nul < 0 ? { ok: true, text } : { ok: false, fault: placed(text, nul, "a NUL character") };
}

function utf8Fault(bytes: Buffer): string {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = new TextDecoder().decode(bytes);
  let at = -1;
  // Up to the first fault, text and bytes run side by side.
  for (let offset = hasMark ? 3 : 0, from = 0; ; from = at + 1, offset += 3) {
    at = text.indexOf(replacement, from);
    offset += Buffer.byteLength(text.slice(from, at));
    // The sign may also stand there by right.
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return placed(text, at, `the byte ${hex(bytes[offset] ?? 0)} is not UTF-8`);
  }
}

function utf16Fault(text: string): string {
  const at = text.indexOf(replacement);
  return placed(text, at < 0 ? text.length : at, "half a character of UTF-16");
}

function hex(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
