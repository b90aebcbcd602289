import { parseSourceSpec } from "./capture/source-spec.ts";

/** A result is reused for this long, ms, because it is requested for each message. */
const lookMs = 500;

/**
 * Detects an `osc:` source on a port to which this worker itself sends: it would pass on its own messages endlessly.
 * @returns a function that gives the port, or undefined; `now` in milliseconds of a steady clock
 */
export function createEchoGuard(
  audioSource: () => string,
  targets: () => readonly { readonly address: string | null; readonly port: number }[],
): (now: number) => number | undefined {
  let echo: number | undefined;
  let lookAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now < lookAt) return echo;
    lookAt = now + lookMs;
    const spec = parseSourceSpec(audioSource());
    echo = spec.kind === "osc" && targets().some(({ address, port }) => port === spec.port && isHere(address)) ? spec.port : undefined;
    return echo;
  };
}

/** An `osc:` source listens on the loopback interface alone. A name, also that of this machine, may be resolved to it. */
function isHere(address: string | null): boolean {
  return address !== null && (address === "0.0.0.0" || address.startsWith("127."));
}
