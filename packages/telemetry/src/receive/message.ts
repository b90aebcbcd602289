import { readArguments } from "./arguments.ts";
import type { OscValue } from "./arguments.ts";

export type { OscValue } from "./arguments.ts";

/** A received message. */
export interface OscMessage {
  readonly address: string;
  /** Type tags without the comma, for example `iiff`. Arrays are in brackets; their values are flattened into `args`. */
  readonly tags: string;
  readonly args: readonly OscValue[];
}

/** A received message with its bytes, as they were sent. */
export interface RawOscMessage extends OscMessage {
  readonly bytes: Uint8Array;
}

/** The arguments of a longer message are decoded each time that they are read: as values they take up to ten times the memory. Bytes. */
const keptArguments = 4096;

/** What a message keeps in memory, bytes. */
export function keptBytes(message: OscMessage): number {
  return message instanceof ReceivedMessage ? message.bytes.byteLength : 0;
}

/**
 * A message whose arguments are decoded when they are first read: in a flood most are overwritten unread. The bytes must
 * be checked before (see `decode`).
 */
export class ReceivedMessage implements RawOscMessage {
  readonly address: string;
  readonly tags: string;
  /** The message as it was sent. */
  readonly bytes: Uint8Array;
  #args: readonly OscValue[] | undefined;

  constructor(address: string, tags: string, bytes: Uint8Array) {
    this.address = address;
    this.tags = tags;
    this.bytes = bytes;
  }

  get args(): readonly OscValue[] {
    if (this.#args !== undefined) return this.#args;
    const args = this.tags === "" ? [] : readArguments(this.bytes, this.tags);
    if (this.bytes.byteLength <= keptArguments) this.#args = args;
    return args;
  }
}
