import type { OscReading, audioOsc } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import type { PublishSettings } from "./publish.ts";

type Analysis = OscReading<typeof audioOsc>;

/** The settings that switch addresses off. */
const switches: Partial<Record<Analysis["address"], keyof PublishSettings>> = {
  "/audio/spectrum": "enable_spectrum",
  "/audio/bpm": "enable_bpm",
  "/audio/phase": "enable_bpm",
  "/audio/bar": "enable_bpm",
  "/audio/tempo": "enable_bpm",
  "/audio/osc": "enable_bpm",
  "/audio/pitch": "enable_pitch",
  "/audio/structure": "enable_structure",
  "/audio/phrase": "enable_structure",
  "/audio/section": "enable_structure",
};

/**
 * Two analyzers that receive from each other would send ever more messages: at most this many of one address are passed
 * on per window.
 */
const mostPerWindow = 15;
const windowMs = 100;

/**
 * Passes on the messages of another analyzer as our own: without the addresses that are switched off, and at most at an
 * analyzer's rate per address.
 * @returns a function for one message, `now` in milliseconds of a steady clock; it returns whether the message was sent
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
