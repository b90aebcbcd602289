import { isUtf8 } from "node:buffer";
import { limits, messageOf, parseMessage } from "@vj/schema";
import type { Message, ParsedMessage } from "@vj/schema";
import { ControlError } from "./errors.ts";

const headerBytes = 4;

/**
 * One message as `[4-byte big-endian length][UTF-8 JSON]`, in one buffer so that it costs one write.
 * @throws ControlError `frame` when the JSON is longer than 1 MiB.
 */
export function encodeFrame(message: Message): Buffer {
  const json = JSON.stringify(message);
  const length = Buffer.byteLength(json);
  if (length > limits.frameBytes) {
    throw new ControlError("frame", `a message of ${length} bytes is too long; ${limits.frameBytes} are allowed`);
  }
  const frame = Buffer.allocUnsafe(headerBytes + length);
  frame.writeUInt32BE(length, 0);
  frame.write(json, headerBytes, "utf8");
  return frame;
}

/** Reads the payload of one frame. Never throws: bytes that are no message come back as the reason. */
export function decodePayload(payload: Buffer): ParsedMessage {
  if (!isUtf8(payload)) return { ok: false, error: "invalid message: not UTF-8", msgId: undefined };
  let value: unknown;
  try {
    value = JSON.parse(payload.toString("utf8"));
  } catch (error) {
    return { ok: false, error: `invalid message: not JSON (${messageOf(error).slice(0, 120)})`, msgId: undefined };
  }
  return parseMessage(value);
}

/** Cuts a byte stream into frames. Bytes go in as they come; frames are taken out one by one. */
export interface FrameDecoder {
  /** Adds received bytes. The chunk may be kept until its frames were taken. */
  push(chunk: Buffer): void;
  /**
   * The payload of the next whole frame, or undefined when more bytes are needed. Valid until the next `push`.
   * @throws ControlError `frame` when the announced length is over the limit; the stream cannot be read further.
   */
  next(): Buffer | undefined;
  /** Bytes held that belong to no taken frame yet. */
  readonly buffered: number;
}

/** A decoder that holds no more memory than twice the bytes it received. */
export function createFrameDecoder(maxBytes: number = limits.frameBytes): FrameDecoder {
  let data: Buffer = Buffer.alloc(0);
  let start = 0;
  let end = 0;
  // A received chunk is read in place; only what must wait for more bytes is copied into a buffer of our own.
  let own = false;

  const append = (chunk: Buffer): void => {
    const rest = end - start;
    if (own && end + chunk.length > data.length && rest + chunk.length <= data.length) {
      data.copyWithin(0, start, end);
      start = 0;
      end = rest;
    } else if (!own || rest + chunk.length > data.length) {
      const grown = Buffer.allocUnsafeSlow(2 * (rest + chunk.length));
      data.copy(grown, 0, start, end);
      data = grown;
      own = true;
      start = 0;
      end = rest;
    }
    chunk.copy(data, end);
    end += chunk.length;
  };

  return {
    push(chunk) {
      if (start !== end) {
        append(chunk);
        return;
      }
      data = chunk;
      own = false;
      start = 0;
      end = chunk.length;
    },
    next() {
      if (end - start < headerBytes) return undefined;
      const length = data.readUInt32BE(start);
      if (length > maxBytes) {
        throw new ControlError("frame", `a frame of ${length} bytes is too long; ${maxBytes} are allowed`);
      }
      if (end - start < headerBytes + length) return undefined;
      const from = start + headerBytes;
      start = from + length;
      return data.subarray(from, start);
    },
    get buffered() {
      return end - start;
    },
  };
}
