import { choiceAddresses, flatAddress, toUnit } from "@vj/contract";
import type { OscAddress, OscArgument, TargetView } from "@vj/contract";
import type { CheckedMessage } from "../encode/checked-message.ts";
import { ShapedMessage } from "./shaped-message.ts";
import { synesthesiaSet } from "./synesthesia-set.ts";

/** How a receiver wants messages: the messages that it gets for one of the table, in order. Pure. */
export type Shape = (message: CheckedMessage) => readonly ShapedMessage[];

/** As the table has it, for code: one message with all its arguments. */
const packed: Shape = ({ address, definition, values }) => [new ShapedMessage(address, definition, values)];

/** For VJ programs: one float 0–1 per address, or one text, and a float for each text that it can be. A message without arguments becomes a trigger: 1, then 0. */
const flat: Shape = (message) => {
  const places = flatPlaces(message);
  if (places.length === 0) return trigger(message);
  const shaped: ShapedMessage[] = [];
  for (const { index, address, definition, choice } of places) {
    const value = message.values[index];
    if (value === undefined) continue;
    const shown = choice === undefined ? unitOrText(message.definition.args[index], value) : Number(value === choice);
    shaped.push(new ShapedMessage(address, definition, [shown]));
  }
  return shaped;
};

/** The addresses that Synesthesia itself sends; arguments without such an address are left out. */
const synesthesia: Shape = (message) => {
  const places = aliasPlaces(message);
  const shaped: ShapedMessage[] = [];
  for (const [index, place] of places.entries()) {
    const value = message.values[index];
    if (place === undefined || typeof value !== "number") continue;
    shaped.push(new ShapedMessage(place.address, place.definition, [place.unit ? unitOrText(message.definition.args[index], value) : value]));
  }
  return shaped;
};

/** As the table has it, with `/textler` in the place of `/karaoke`. */
const textler: Shape = ({ address, definition, values }) => [
  new ShapedMessage(address.startsWith("/karaoke/") ? address.replace("/karaoke/", "/textler/") : address, definition, values),
];

/** Every shape by its name. */
export const shapes: Readonly<Record<TargetView["shape"], Shape>> = { packed, flat, synesthesia, textler };

/** Whether all messages of one moment travel in one bundle, unless a target asks otherwise: in shapes with an address for each argument. */
export const bundledShapes: Readonly<Record<TargetView["shape"], boolean>> = { packed: false, flat: true, synesthesia: true, textler: false };

interface FlatPlace {
  /** Of the argument. */
  readonly index: number;
  readonly address: string;
  readonly definition: OscAddress;
  /** The text that is a 1 here; undefined: the argument itself. */
  readonly choice: string | undefined;
}

/** Where the arguments of a message stand in the flat shape. */
const flatPlaces = perEntry(({ address, definition }) =>
  definition.args.flatMap((argument, index): FlatPlace[] => [
    { index, address: flatAddress(address, argument), definition: single(definition, argument.tag === "s" ? argument : unitOf(argument)), choice: undefined },
    // Pictures are switched by them, so the flash guard counts them.
    ...choiceAddresses(address, argument).map(([choice, at]) => ({ index, address: at, definition: single(definition, unitOf({ ...argument, light: "flash" })), choice })),
  ]),
);

/** Where the arguments of a message stand in the shape of Synesthesia; undefined: nowhere. */
const aliasPlaces = perEntry(({ address, definition }) => {
  const names = Object.hasOwn(synesthesiaSet, address) ? (synesthesiaSet[address] ?? {}) : {};
  return definition.args.map((argument) => {
    const alias = Object.hasOwn(names, argument.name) ? names[argument.name] : undefined;
    if (alias === undefined) return undefined;
    return { address: alias.to, definition: single(definition, alias.as === "is" ? argument : unitOf(argument)), unit: alias.as === "unit" };
  });
});

/** Makes something once per entry of a table. */
function perEntry<T>(make: (message: CheckedMessage) => T): (message: CheckedMessage) => T {
  const made = new WeakMap<OscAddress, { readonly address: string; readonly result: T }>();
  return (message) => {
    const known = made.get(message.definition);
    if (known?.address === message.address) return known.result;
    const result = make(message);
    made.set(message.definition, { address: message.address, result });
    return result;
  };
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

const triggerPlace = perEntry(({ address, definition }) => ({ address, definition: single(definition, { name: "trigger", tag: "f", min: 0, max: 1 }) }));

function trigger(message: CheckedMessage): ShapedMessage[] {
  const { address, definition } = triggerPlace(message);
  return [new ShapedMessage(address, definition, [1]), new ShapedMessage(address, definition, [0])];
}
