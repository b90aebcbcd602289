import { flatAddress, toUnit } from "@vj/schema";
import type { OscAddress, OscArgument, TargetView } from "@vj/schema";
import type { CheckedMessage } from "../send/encode.ts";
import { synesthesiaSet } from "./synesthesia-set.ts";

/** How a receiver wants messages: the messages that it gets for one of the table, in order. Pure. */
export type Shape = (message: CheckedMessage) => readonly CheckedMessage[];

/** As the table has it, for code: one message with all its arguments. */
const packed: Shape = (message) => [message];

/** For VJ programs: one float 0–1 per address, or one text. A message without arguments becomes a trigger: 1, then 0. */
const flat: Shape = (message) => {
  const places = flatPlaces(message);
  if (places.length === 0) return trigger(message);
  return message.values.flatMap((value, index) => {
    const place = places[index];
    return place === undefined ? [] : [{ ...place, values: [unitOrText(message.definition.args[index], value)] }];
  });
};

/** The addresses that Synesthesia itself sends; arguments without such an address are left out. */
const synesthesia: Shape = ({ address, definition, values }) => {
  const names = synesthesiaSet[address] ?? {};
  return definition.args.flatMap((argument, index) => {
    const alias = Object.hasOwn(names, argument.name) ? names[argument.name] : undefined;
    const value = values[index];
    if (alias === undefined || typeof value !== "number") return [];
    const given = alias.as === "is" ? value : toUnit(argument, value);
    return [{ address: alias.to, definition: single(definition, alias.as === "is" ? argument : unitOf(argument)), values: [given] }];
  });
};

/** As the table has it, with `/textler` in the place of `/karaoke`. */
const textler: Shape = (message) => [
  message.address.startsWith("/karaoke/") ? { ...message, address: message.address.replace("/karaoke/", "/textler/") } : message,
];

/** Every shape by its name. */
export const shapes: Readonly<Record<TargetView["shape"], Shape>> = { packed, flat, synesthesia, textler };

type Place = Omit<CheckedMessage, "values">;
const placesOf = new WeakMap<OscAddress, { readonly address: string; readonly places: readonly Place[] }>();

/** Where the arguments of a message stand in the flat shape; made once per table entry. */
function flatPlaces({ address, definition }: CheckedMessage): readonly Place[] {
  const known = placesOf.get(definition);
  if (known?.address === address) return known.places;
  const places = definition.args.map((argument) => ({
    address: flatAddress(address, argument),
    definition: single(definition, argument.tag === "s" ? argument : unitOf(argument)),
  }));
  placesOf.set(definition, { address, places });
  return places;
}

function unitOrText(argument: OscArgument | undefined, value: number | string): number | string {
  return typeof value === "string" || argument === undefined ? value : toUnit(argument, value);
}

function unitOf({ name, light }: OscArgument): OscArgument {
  return { name, tag: "f", min: 0, max: 1, ...(light === undefined ? {} : { light }) };
}

function single({ kind, description }: OscAddress, argument: OscArgument): OscAddress {
  return { args: [argument], kind, description };
}

function trigger({ address, definition }: CheckedMessage): CheckedMessage[] {
  const place = { address, definition: single(definition, { name: "trigger", tag: "f", min: 0, max: 1 }) };
  return [{ ...place, values: [1] }, { ...place, values: [0] }];
}
