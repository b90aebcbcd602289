import type { OscAddress, OscArgument, OscTable, OscTag } from "./osc-table.ts";

/** The value of one argument. */
export type OscValueOf<T extends OscTag> = T extends "s" ? string : number;

type Positional<A extends readonly OscArgument[]> = {
  readonly [I in keyof A]: A[I] extends OscArgument<string, infer T> ? OscValueOf<T> : never;
};

/** The arguments of an address in their order; an optional last one may be missing. */
export type OscTuple<A extends readonly OscArgument[]> = A extends readonly [
  ...infer Needed extends readonly OscArgument[],
  infer Last extends OscArgument & { readonly optional: true },
]
  ? readonly [...Positional<Needed>, OscValueOf<Last["tag"]>?]
  : Positional<A>;

/** The arguments of an address by their names. */
export type OscNamed<A extends readonly OscArgument[]> = {
  readonly [E in Exclude<A[number], { readonly optional: true }> as E["name"]]: OscValueOf<E["tag"]>;
} & {
  readonly [E in Extract<A[number], { readonly optional: true }> as E["name"]]?: OscValueOf<E["tag"]>;
};

/** A vector of floats may be sent as a typed array; its length is checked when it is sent. */
type Vector<A extends readonly OscArgument[]> = A[number]["tag"] extends "f" ? Float32Array : never;

/** The values of an address, by name or in order. */
export type OscValuesOf<E extends OscAddress> = E["args"]["length"] extends 0
  ? readonly []
  : OscTuple<E["args"]> | OscNamed<E["args"]> | Vector<E["args"]>;

/** Sends one message of a table. */
export type OscSend<T extends OscTable> = <A extends keyof T & string>(address: A, values: OscValuesOf<T[A]>) => void;

/** A message decoded with its sender's table: the address determines the arguments. */
export type OscReading<T extends OscTable> = {
  [A in keyof T & string]: { readonly address: A; readonly args: OscNamed<T[A]["args"]> };
}[keyof T & string];

/** Arguments of any address, in order or by name; checked when they are sent. */
export type OscValues = ArrayLike<unknown> | Readonly<Record<string, unknown>>;
