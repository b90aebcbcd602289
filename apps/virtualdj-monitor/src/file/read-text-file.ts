import { openMedia } from "@vj/files";
import { decodeText, detectEncoding, headBytes } from "./decode-text.ts";

/** A history grows for years and only its end counts: at least so many bytes are read. */
const tailBytes = 262_144;
/** The beginning of that end moves in steps of so many bytes, so that two readings have most in common. An even number, as UTF-16 must not be cut within a character. */
const stepBytes = 131_072;

/**
 * Reads a text file, or the end of a long one.
 * @throws Error of the file system.
 */
export async function readTextFile(file: string): Promise<string> {
  const handle = await openMedia(file);
  try {
    const { size } = await handle.stat();
    const head = Buffer.alloc(headBytes);
    const { bytesRead: headRead } = await handle.read(head, 0, headBytes, 0);
    const start = size > tailBytes ? Math.floor((size - tailBytes) / stepBytes) * stepBytes : 0;
    const bytes = Buffer.alloc(size - start);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
    const encoding = detectEncoding(head.subarray(0, headRead));
    return decodeText(bytes.subarray(0, bytesRead), encoding, { cut: start > 0 });
  } finally {
    await handle.close();
  }
}
