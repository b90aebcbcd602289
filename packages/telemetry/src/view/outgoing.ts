import type { OscAddress, OscTable, TargetView } from "@vj/contract";
import { check } from "../encode/encode.ts";
import { addressRules } from "./address-rules.ts";
import { shapes } from "./shapes.ts";

/** One argument of a table as a receiver gets it. */
export interface OutgoingArgument {
  /** Address in the table. */
  readonly address: string;
  /** Name of the argument; undefined for an address without any. */
  readonly argument: string | undefined;
  /** Address under which it goes out. */
  readonly as: string;
}

/** Every argument of a table that a view lets out, in the order of the table, and where it goes. */
export function outgoingArguments(table: OscTable, view: TargetView): OutgoingArgument[] {
  const addressOf = addressRules(view);
  return Object.entries(table).flatMap(([address, definition]) => {
    const checked = check(address, definition, definition.args.map(({ tag }) => (tag === "s" ? "" : 0)));
    const shaped = checked.ok ? shapes[view.shape](checked.message) : [];
    return shaped.flatMap((message) => {
      const as = addressOf(message.address);
      return as === undefined ? [] : argumentsOf(definition, message.definition).map((argument) => ({ address, argument, as }));
    });
  });
}

/** Which arguments of a message are in one of its shaped ones. An address without arguments is sent as a trigger: once here. */
function argumentsOf({ args }: OscAddress, shaped: OscAddress): (string | undefined)[] {
  if (args.length === 0) return [undefined];
  return shaped.args.map(({ name }) => name);
}
