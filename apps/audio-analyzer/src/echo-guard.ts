import { parseSourceSpec } from "./capture/source-spec.ts";

/** How long a look holds, ms: it is asked for each message. */
const lookMs = 500;

/**
 * Notices an `osc:` source on a port that this worker sends to itself: it would take its own messages again and again.
 * @returns the port, undefined while there is none; `now` in milliseconds of a steady clock
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
