import { contractOsc } from "@vj/schema";
import type { OscTable, OscValues } from "@vj/schema";
import { check, decode } from "../../src/index.ts";
import type { CheckedMessage } from "../../src/index.ts";

/** A message of a table, the contract's unless another is given. */
export function checked(address: string, values: OscValues, table: OscTable = contractOsc): CheckedMessage {
  const definition = table[address];
  if (definition === undefined) throw new Error(`${address} is not in the table`);
  const result = check(address, definition, values);
  if (!result.ok) throw new Error(result.error);
  return result.message;
}

/** Datagrams as address, tags, values. */
export function read(datagrams: readonly Uint8Array[]): [address: string, tags: string, ...values: unknown[]][] {
  return datagrams.flatMap((bytes) => {
    const decoded = decode(bytes);
    if (!decoded.ok) throw new Error("not OSC");
    return decoded.messages.map(({ address, tags, args }): [string, string, ...unknown[]] => [address, tags, ...args]);
  });
}
