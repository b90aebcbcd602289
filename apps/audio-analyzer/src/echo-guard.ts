import { parseSourceSpec } from "./capture/source-spec.ts";

/** A result is reused for this long, ms, because it is requested for each message. */
const lookMs = 500;

/** A target of this worker: where it was set to be, and the numeric address, once that is known. */
export interface EchoTarget {
  readonly host: string;
  readonly address: string | null;
  readonly port: number;
}

/**
 * Why an `osc:` source must not take a port: this worker itself sends there, and would pass on its own messages endlessly; the program that the
 * target is meant for could not open it either.
 * @returns undefined where it may
 */
export function portRefusal(port: number, targets: readonly EchoTarget[]): string | undefined {
  const echoes = targets.some((target) => target.port === port && (isHere(target.host) || isHere(target.address)));
  return echoes ? `UDP port ${port} is also a target of this rig: the analyzer would receive its own messages` : undefined;
}

/**
 * Detects an `osc:` source on such a port.
 * @returns a function that gives the reason, or undefined; `now` in milliseconds of a steady clock
 */
export function createEchoGuard(audioSource: () => string, targets: () => readonly EchoTarget[]): (now: number) => string | undefined {
  let echo: string | undefined;
  let lookAt = Number.NEGATIVE_INFINITY;
  return (now) => {
    if (now < lookAt) return echo;
    lookAt = now + lookMs;
    const spec = parseSourceSpec(audioSource());
    echo = spec.kind === "osc" ? portRefusal(spec.port, targets()) : undefined;
    return echo;
  };
}

/** An `osc:` source listens on the loopback interface alone. A name, also that of this machine, may be resolved to it. */
function isHere(host: string | null): boolean {
  return host !== null && (host === "localhost" || host === "0.0.0.0" || host.startsWith("127."));
}
