import { parseSourceSpec } from "./capture/source-spec.ts";

/** A result is reused for this long, ms, because it is requested for each message. */
const lookMs = 500;

/**
 * Detects an `osc:` source on a port to which this worker itself sends: it would pass on its own messages endlessly.
 * @returns a function that gives the port, or undefined; `now` in milliseconds of a steady clock
 */
export function createEchoGuard(
  audioSource: () => string,
  targets: () => readonly { readonly host: string; readonly port: number }[],
): (now: number) => number | undefined {
  let echo: number | undefined;
  let lookAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now < lookAt) return echo;
    lookAt = now + lookMs;
    const spec = parseSourceSpec(audioSource());
    echo = spec.kind === "osc" && targets().some(({ host, port }) => port === spec.port && isHere(host)) ? spec.port : undefined;
    return echo;
  };
}

function isHere(host: string): boolean {
  return host === "localhost" || host === "0.0.0.0" || host.startsWith("127.");
}
