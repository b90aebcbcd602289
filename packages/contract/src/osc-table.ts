import { ContractError } from "./errors.ts";

/** OSC type tags in use: int32, float32, string. Every receiver reads these three. */
export const oscTagNames = ["i", "f", "s"] as const;
/** A type tag of {@link oscTagNames}. */
export type OscTag = (typeof oscTagNames)[number];

/** One argument of an address. `min` and `max` bound numbers. */
export interface OscArgument<N extends string = string, T extends OscTag = OscTag> {
  readonly name: N;
  readonly tag: T;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly unit?: string | undefined;
  /** The only texts that it can be. In the flat shape each of them also has an address below that of the message: 1 while it is the text, else 0. */
  readonly choices?: readonly string[] | undefined;
  /** May be left out by the sender; only the last argument can be. */
  readonly optional?: boolean | undefined;
  /** Its address in the flat shape; left out: its name below the address of the message. */
  readonly flat?: string | undefined;
  /** The values that become 0 and 1 in the flat shape; left out: `min` and `max`. */
  readonly range?: [number, number] | undefined;
  /**
   * How it lights a screen: `flash` values jump away from 0 and back, `brightness` values vary without pause. A flash guard
   * limits both; everything else is left as it is.
   */
  readonly light?: "flash" | "brightness" | undefined;
}

/** The kinds of {@link OscKind}. */
export const oscKinds = ["stream", "state", "event"] as const;
/**
 * How an address behaves:
 * `stream` is sent at a fixed rate and not repeated for late joiners;
 * `state` holds until the next message and is repeated for late joiners;
 * `event` happens once.
 */
export type OscKind = (typeof oscKinds)[number];

/** Definition of an address, used by the encoder, the receivers, the debugger and the docs. */
export interface OscAddress<A extends readonly OscArgument[] = readonly OscArgument[]> {
  readonly args: A;
  readonly kind: OscKind;
  /** Messages per second of a stream; without it, on change. */
  readonly rate?: number | undefined;
  readonly description: string;
  /** Part of a list: `reset` empties it, each `item` adds to it. A late joiner gets the reset and every item. */
  readonly list?: { readonly name: string; readonly role: "reset" | "item" } | undefined;
}

/** Definitions of one worker, by address. */
export type OscTable = Readonly<Record<string, OscAddress>>;

const addressPattern = /^(\/[A-Za-z0-9_.-]+)+$/;

/**
 * Declares addresses, keeping their names as types.
 * @throws ContractError `address` when an address or its arguments break the rules (characters of OSC 1.0, optional only last).
 */
export function defineOscTable<const T extends OscTable>(table: T): T {
  for (const [address, { args }] of Object.entries(table)) {
    if (!addressPattern.test(address)) {
      throw new ContractError("address", `"${address}" is not an OSC address: use /lower/case/parts of letters, digits, "_", "-" and "."`);
    }
    if (args.slice(0, -1).some((argument) => argument.optional === true)) {
      throw new ContractError("address", `${address}: only the last argument can be optional`);
    }
  }
  return table;
}

/** The type tags of an address as one string, for example `iiff`. Optional arguments are in brackets. */
export function oscTags(address: OscAddress): string {
  return address.args.map(({ tag, optional }) => (optional === true ? `[${tag}]` : tag)).join("");
}

/** A float in a closed range, 0 to 1 by default. */
export const unit = <const N extends string>(name: N): OscArgument<N, "f"> => ({ name, tag: "f", min: 0, max: 1 });
/** A flag, sent as int 0 or 1. */
export const flag = <const N extends string>(name: N): OscArgument<N, "i"> => ({ name, tag: "i", min: 0, max: 1 });
/** A float of a quantity with a unit. */
export const float = <const N extends string>(name: N, unitName?: string, min?: number, max?: number): OscArgument<N, "f"> => ({
  name,
  tag: "f",
  ...(unitName === undefined ? {} : { unit: unitName }),
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
/** Seconds of a track, from 0; in the flat shape 1 stands for ten minutes. */
export const seconds = <const N extends string>(name: N): OscArgument<N, "f"> => placed(float(name, "s", 0), { range: [0, 600] });
/** An integer. */
export const int = <const N extends string>(name: N, min?: number, max?: number): OscArgument<N, "i"> => ({
  name,
  tag: "i",
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
});
/** The same argument, with its place in the flat shape and how it lights a screen. */
export const placed = <const A extends OscArgument>(argument: A, place: Pick<OscArgument, "flat" | "range" | "light">): A => ({
  ...argument,
  ...place,
});
/** A text. @param choices the only ones that it can be; left out: any */
export const text = <const N extends string>(name: N, choices?: readonly string[]): OscArgument<N, "s"> => ({
  name,
  tag: "s",
  ...(choices === undefined ? {} : { choices }),
});
