import { readArguments } from "./read-arguments.ts";
import type { OscValue } from "./read-arguments.ts";

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
    this.#args ??= this.tags === "" ? [] : readArguments(this.bytes, this.tags);
    return this.#args;
  }
}
