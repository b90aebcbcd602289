import { noSound } from "./sound-memory.ts";
import type { TelemetrySnapshot } from "./snapshot.ts";

/** Addresses from which lamps are lit for a moment. */
const blinking: readonly string[] = ["/audio/beat", "/audio/onset", "/audio/phase", "/audio/bar"];

/** The same telemetry without anything that blinks. */
export function calmed(telemetry: TelemetrySnapshot): TelemetrySnapshot {
  const entries = new Map([...telemetry.entries].filter(([address]) => !blinking.includes(address)));
  return { ...telemetry, entries, sound: { ...telemetry.sound, hits: { ...noSound.hits, drop: telemetry.sound.hits.drop } } };
}
