import { fromBuffer } from "osc-min";
import type { OscArgOutput, OscArgOutputOrArray } from "osc-min";

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
    const args = this.tags === "" ? [] : readArguments(this.bytes);
    if (this.bytes.byteLength <= keptArguments) this.#args = args;
    return args;
  }
}

function readArguments(bytes: Uint8Array): OscValue[] {
  const packet = fromBuffer(bytes);
  return packet.oscType === "message" ? plainValues(packet.args) : [];
}

function plainValues(args: readonly OscArgOutputOrArray[]): OscValue[] {
  return args.flatMap((argument) => (argument.type === "array" ? plainValues(argument.value) : [plainValue(argument)]));
}

/** Seconds between 1900, where NTP begins, and 1970. */
const ntpToUnix = 2_208_988_800;

function plainValue(argument: OscArgOutput): OscValue {
  switch (argument.type) {
    case "bigint":
      return Number(argument.value);
    case "blob":
      return [...new Uint8Array(argument.value.buffer, argument.value.byteOffset, argument.value.byteLength)];
    case "color":
      return [argument.value.red, argument.value.green, argument.value.blue, argument.value.alpha];
    case "timetag":
      return argument.value[0] - ntpToUnix + argument.value[1] / 2 ** 32;
    case "bang":
      return true;
    case "integer":
    case "float":
    case "double":
    case "string":
    case "symbol":
    case "character":
    case "midi":
    case "true":
    case "false":
    case "null":
      return argument.value;
  }
}
