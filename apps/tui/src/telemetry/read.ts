import { contractOsc } from "@vj/schema";
import type { OscNamed } from "@vj/schema";
import { readArgs } from "@vj/telemetry";
import type { TelemetrySnapshot } from "./snapshot.ts";

type Contract = typeof contractOsc;

/**
 * The arguments of the newest message of an address, by their names; undefined when there is none that matches the OSC table.
 * @param since epoch milliseconds; older messages count as none
 */
export function argsOf<A extends keyof Contract>(telemetry: TelemetrySnapshot, address: A, since = 0): OscNamed<Contract[A]["args"]> | undefined {
  const entry = telemetry.entries.get(address);
  return entry === undefined || entry.receivedAt < since ? undefined : readArgs(contractOsc, address, entry.message);
}
