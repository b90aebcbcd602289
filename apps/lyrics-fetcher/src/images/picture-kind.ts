import { openMedia } from "@vj/files";

/** What the receivers of pictures read. */
export type PictureKind = "png" | "jpg" | "gif";

/** The kind of a picture by its first bytes, whatever its name; undefined for anything else. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("latin1");
  if (head === "\u0089PNG\r\n\u001A\n") return "png";
  if (head.startsWith("\u00FF\u00D8\u00FF")) return "jpg";
  return head.startsWith("GIF8") ? "gif" : undefined;
}

/** Whether a file is a picture; false too when it cannot be read. Never waits for a FIFO or a device. */
export async function isPicture(file: string): Promise<boolean> {
  try {
    const handle = await openMedia(file);
    try {
      const head = Buffer.alloc(8);
      await handle.read(head, 0, head.length, 0);
      return pictureKind(head) !== undefined;
    } finally {
      await handle.close();
    }
  } catch {
    return false;
  }
}
