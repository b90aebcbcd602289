import type { OscReading, audioOsc } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import type { PublishSettings } from "./publish.ts";

type Analysis = OscReading<typeof audioOsc>;

/** Addresses that a setting switches off. */
const switches: Partial<Record<Analysis["address"], keyof PublishSettings>> = {
  "/audio/spectrum": "enable_spectrum",
  "/audio/bpm": "enable_bpm",
  "/audio/phase": "enable_bpm",
  "/audio/osc": "enable_bpm",
  "/audio/pitch": "enable_pitch",
  "/audio/structure": "enable_structure",
};

/** Two analyzers that listen to each other would send ever more: of one address this many are passed on per window. */
const mostPerWindow = 15;
const windowMs = 100;

/**
 * Passes on what another analyzer says, as this one's own: what is switched off is left out, and no more of one address than an
 * analyzer sends.
 * @returns takes one message, `now` in milliseconds of a steady clock; returns whether it went out
 */
export function createRelay(telemetry: Pick<Telemetry, "send">, settings: () => PublishSettings): (message: Analysis, now: number) => boolean {
  const counts = new Map<string, number>();
  let windowEnd = 0;
  return (message, now) => {
    const { address, args } = message;
    const setting = switches[address];
    if (setting !== undefined && !settings()[setting]) return false;
    if (now >= windowEnd) {
      counts.clear();
      windowEnd = now + windowMs;
    }
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    if (count > mostPerWindow) return false;
    telemetry.send(address, args);
    return true;
  };
}
