import { isUtf8 } from "node:buffer";
import { limits, messageOf, parseMessage, refuse, shorten } from "@vj/schema";
import type { Ack, ErrorMessage, Heartbeat, Issue, Message, ParsedMessage, RefusalCode, Response } from "@vj/schema";
import { ControlError } from "./errors.ts";
import { weighJson } from "./weigh-json.ts";

const headerBytes = 4;

/**
 * One message as `[4-byte big-endian length][UTF-8 JSON]`, in one buffer, so that it takes one write.
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

/**
 * A reply as a frame. Long texts are cut; a reply that is still too long, or cannot be written as JSON, becomes a short
 * refusal with the reason. Never throws.
 * @param about the command or message it answers, for the refusal
 */
export function encodeReply(reply: Ack | Response | ErrorMessage, about: string): Buffer {
  try {
    return encodeFrame(withShortTexts(reply));
  } catch (error) {
    const message = shorten(`${about}: the reply cannot be sent: ${messageOf(error)}`);
    return encodeFrame(reply.type === "error" ? { ...errorMessage(message, "failed"), ...idOf(reply) } : { ...failedAck(message, "failed"), ...idOf(reply) });
  }
}

/** A heartbeat as a frame. Stats that are too long, or cannot be written as JSON, are replaced by a note. Never throws. */
export function encodeHeartbeat(heartbeat: Heartbeat): Buffer {
  try {
    return encodeFrame(heartbeat);
  } catch (error) {
    return encodeFrame({ ...heartbeat, stats: { problem: shorten(`the stats cannot be sent: ${messageOf(error)}`) } });
  }
}

/** The reply to a command that was not carried out. @param code the reason, for programs */
export function failedAck(message: string, code: RefusalCode, issues: readonly Issue[] = []): Ack {
  return { type: "ack", ...refuse(message, code, issues) };
}

/** The answer to bytes that are not a message. */
export function errorMessage(error: string, code: RefusalCode, issues: readonly Issue[] = []): ErrorMessage {
  return { type: "error", error, traceback: null, data: { ...refuse(error, code, issues).data } };
}

function withShortTexts(reply: Ack | Response | ErrorMessage): Ack | Response | ErrorMessage {
  switch (reply.type) {
    case "ack":
      return reply.message === null || reply.message.length <= limits.textCharacters ? reply : { ...reply, message: shorten(reply.message) };
    case "error":
      return { ...reply, error: shorten(reply.error), traceback: reply.traceback === null ? null : shorten(reply.traceback) };
    case "response":
      return reply;
  }
}

function idOf({ msg_id: id }: Ack | Response | ErrorMessage): { msg_id?: string } {
  return id === undefined ? {} : { msg_id: id };
}

/** Limits for received messages: the number of fields and list elements in one. */
export type ReceiveLimit = typeof limits.messageValues | typeof limits.replyValues;

/**
 * Reads the payload of one frame. Never throws: for bytes that are not a message it returns the reason.
 * @param maxValues largest number of fields and list elements
 */
export function decodePayload(payload: Buffer, maxValues: ReceiveLimit = limits.replyValues): ParsedMessage {
  const tooMuch = weighJson(payload, maxValues);
  if (tooMuch !== undefined) return { ok: false, error: `invalid message: ${tooMuch}`, msgId: glimpseMsgId(payload), issues: [] };
  if (!isUtf8(payload)) return { ok: false, error: "invalid message: not UTF-8", msgId: undefined, issues: [] };
  let value: unknown;
  try {
    value = JSON.parse(payload.toString("utf8"));
  } catch (error) {
    return { ok: false, error: `invalid message: not JSON (${messageOf(error).slice(0, 120)})`, msgId: undefined, issues: [] };
  }
  return parseMessage(value);
}

const glimpsedBytes = 512;

/**
 * The `msg_id` of a message that is refused unread, if it stands near the beginning or the end. It is only sent back to
 * the sender, so a wrong guess is harmless.
 */
export function glimpseMsgId(payload: Buffer): string | undefined {
  for (const part of [payload.subarray(0, glimpsedBytes), payload.subarray(-glimpsedBytes)]) {
    const found = /"msg_id"\s*:\s*"([^"\\\u0000-\u001f]{0,256})"/.exec(part.toString("latin1"))?.[1];
    if (found !== undefined && /^[\x20-\x7e]*$/.test(found)) return found;
  }
  return undefined;
}

/** Cuts a byte stream into frames: received bytes are pushed in, frames are taken out one by one. */
export interface FrameDecoder {
  /** Adds received bytes. The chunk may be kept until its frames are taken. */
  push(chunk: Buffer): void;
  /**
   * The payload of the next whole frame, or undefined when more bytes are needed. Valid until the next `push`.
   * @throws ControlError `frame` when the announced length is over the limit; the stream cannot be read further.
   */
  next(): Buffer | undefined;
  /** Bytes of the next frame's payload if it is whole, else undefined. */
  readonly nextLength: number | undefined;
  /** Received bytes that belong to no taken frame yet. */
  readonly buffered: number;
  /** Memory kept for those bytes, in bytes. */
  readonly held: number;
  /** Drops those bytes and releases their memory. */
  clear(): void;
}

const nothing = Buffer.alloc(0);
const growth = 4;

/** A decoder that holds no more memory than four times the bytes it received, and none between frames. */
export function createFrameDecoder(maxBytes: number = limits.frameBytes): FrameDecoder {
  let data: Buffer = nothing;
  let start = 0;
  let end = 0;
  // A received chunk is read in place; only bytes that must wait for more are copied into an own buffer.
  let own = false;

  const append = (chunk: Buffer): void => {
    const rest = end - start;
    if (own && end + chunk.length > data.length && rest + chunk.length <= data.length) {
      data.copyWithin(0, start, end);
      start = 0;
      end = rest;
    } else if (!own || rest + chunk.length > data.length) {
      const grown = Buffer.allocUnsafeSlow(roomFor(rest + chunk.length));
      data.copy(grown, 0, start, end);
      data = grown;
      own = true;
      start = 0;
      end = rest;
    }
    chunk.copy(data, end);
    end += chunk.length;
  };

  /** Allocates a multiple of what is needed now, so that few copies become garbage, but no more than the current frame needs. */
  const roomFor = (bytes: number): number => {
    const frame = end - start < headerBytes ? maxBytes : headerBytes + Math.min(data.readUInt32BE(start), maxBytes);
    return Math.max(bytes, Math.min(growth * bytes, frame));
  };
  const clear = (): void => {
    data = nothing;
    start = 0;
    end = 0;
  };
  const nextLength = (): number | undefined => {
    if (end - start < headerBytes) return undefined;
    const length = data.readUInt32BE(start);
    return end - start < headerBytes + length ? undefined : length;
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
      const payload = data.subarray(from, start);
      if (start === end) clear();
      return payload;
    },
    clear,
    get nextLength() {
      return nextLength();
    },
    get held() {
      return start === end ? 0 : data.length;
    },
    get buffered() {
      return end - start;
    },
  };
}
