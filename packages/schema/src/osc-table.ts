/** OSC type tags in use: int32, float32, string. The smallest set that every receiver reads. */
export type OscTag = "i" | "f" | "s";

/** One argument of an address. `min` and `max` bound numbers. */
export interface OscArgument {
  readonly name: string;
  readonly tag: OscTag;
  readonly min?: number;
  readonly max?: number;
  readonly unit?: string;
  /** May be left out by the sender; only the last argument can be. */
  readonly optional?: boolean;
}

/**
 * How an address behaves:
 * `stream` is sent at a fixed rate and never repeated for late joiners;
 * `state` holds until the next message and is repeated for late joiners;
 * `event` happens once.
 */
export type OscKind = "stream" | "state" | "event";

/** What is known of an address: the encoder, the receivers, the debugger and the docs all read this. */
export interface OscAddress {
  readonly args: readonly OscArgument[];
  readonly kind: OscKind;
  /** Messages per second of a stream; undefined means on change. */
  readonly rate?: number;
  readonly description: string;
  /**
   * Part of a list: `reset` empties it, each `item` adds to it. A late joiner gets the reset and every item.
   */
  readonly list?: { readonly name: string; readonly role: "reset" | "item" };
}

/** Addresses of one worker, by address. */
export type OscTable = Readonly<Record<string, OscAddress>>;

/** What an OSC message carries, in the order of the table. */
export type OscValues = ArrayLike<number | string>;

const addressPattern = /^(\/[A-Za-z0-9_.-]+)+$/;

/**
 * Declares addresses, keeping their names as types.
 * @throws Error when an address or its arguments break the rules (characters of OSC 1.0, optional only last).
 */
export function defineOscTable<const T extends OscTable>(table: T): T {
  for (const [address, { args }] of Object.entries(table)) {
    if (!addressPattern.test(address)) {
      throw new Error(`"${address}" is no OSC address: use /lower/case/parts of letters, digits, "_", "-" and "."`);
    }
    if (args.slice(0, -1).some((argument) => argument.optional === true)) {
      throw new Error(`${address}: only the last argument can be optional`);
    }
  }
  return table;
}

/** The type tags of an address as one string, for example `iiff`. Optional arguments stand in brackets. */
export function oscTags(address: OscAddress): string {
  return address.args.map(({ tag, optional }) => (optional === true ? `[${tag}]` : tag)).join("");
}

/** A float of a closed range, 0 to 1 unless told otherwise. */
export const unit = (name: string): OscArgument => ({ name, tag: "f", min: 0, max: 1 });
/** A flag, sent as int 0 or 1. */
export const flag = (name: string): OscArgument => ({ name, tag: "i", min: 0, max: 1 });
/** A float of a quantity with a unit. */
export const float = (name: string, unitName?: string, min?: number, max?: number): OscArgument => ({
  name,
  tag: "f",
  ...(unitName === undefined ? {} : { unit: unitName }),
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
/** An integer. */
export const int = (name: string, min?: number, max?: number): OscArgument => ({
  name,
  tag: "i",
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
/** A text. */
export const text = (name: string): OscArgument => ({ name, tag: "s" });
