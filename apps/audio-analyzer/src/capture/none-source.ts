import type { AudioSource } from "./audio-source.ts";

/** No sound at all; the telemetry continues with silence. */
export function createNoneSource(): AudioSource {
  return {
    kind: "none",
    name: "none",
    start() {},
    stop: async () => {},
    status: () => ({ phase: "open", problem: "" }),
  };
}
