import type { TelemetrySnapshot } from "./snapshot.ts";

/** The arguments of an address as numbers. @param since epoch milliseconds; older messages count as none */
export function numbersOf(telemetry: TelemetrySnapshot, address: string, since = 0): readonly number[] | undefined {
  const entry = telemetry.entries.get(address);
  if (entry === undefined || entry.receivedAt < since) return undefined;
  return entry.message.args.map((value) => (typeof value === "number" ? value : 0));
}

/** One argument as a text, empty when there is none. */
export function textAt(telemetry: TelemetrySnapshot, address: string, index: number): string {
  const value = telemetry.entries.get(address)?.message.args[index];
  return typeof value === "string" ? value : "";
}

/** One argument as a number. */
export function numberAt(telemetry: TelemetrySnapshot, address: string, index: number): number | undefined {
  const value = telemetry.entries.get(address)?.message.args[index];
  return typeof value === "number" ? value : undefined;
}

/** Whether one argument is 1. */
export function flagAt(telemetry: TelemetrySnapshot, address: string, index: number): boolean {
  return numberAt(telemetry, address, index) === 1;
}
