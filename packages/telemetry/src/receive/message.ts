import { readArguments } from "./read-arguments.ts";

/**
 * One argument as a plain value that JSON can carry: `i f d h` numbers (`h` loses digits beyond 2^53), `s S c` texts,
 * `T F` booleans, `I` true, `N` null, `t` seconds since 1970, `b m r` lists of byte values.
 */
export type OscValue = number | string | boolean | null | readonly number[];

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
