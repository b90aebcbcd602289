import { fieldsOf, flagField, isFields, numberField, textField } from "./fields.ts";
import type { Fields } from "./fields.ts";

/** Telemetry of one process to one receiver. Counts are since its start. */
export interface TargetFlow {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly phase: string;
  readonly sent: number;
  readonly refused: number;
  readonly errors: number;
  readonly dropped: number;
  /** Messages per second since the previous look; undefined after the first. */
  readonly rate: number | undefined;
  /** Whether the last look found new refusals: nothing listens on the port. */
  readonly refusing: boolean;
  /** False while the sender knows that nothing listens on the port; true also where it does not report this. */
  readonly listening: boolean;
  /** Time of the last change of phase or listening, epoch seconds; undefined where the sender does not report it. */
  readonly since: number | undefined;
}

/** Reads `telemetry.targets` of a worker's state. */
export function readTargets(state: Fields): TargetFlow[] {
  const targets = fieldsOf(state, "telemetry")?.["targets"];
  if (!Array.isArray(targets)) return [];
  return targets.filter(isFields).map((target) => ({
    name: textField(target, "name") ?? "?",
    host: textField(target, "host") ?? "?",
    port: numberField(target, "port") ?? 0,
    phase: textField(target, "phase") ?? "open",
    sent: numberField(target, "sent") ?? 0,
    refused: numberField(target, "refused") ?? 0,
    errors: numberField(target, "errors") ?? 0,
    dropped: numberField(target, "dropped") ?? 0,
    rate: undefined,
    refusing: false,
    listening: flagField(target, "listening") ?? true,
    since: numberField(target, "since"),
  }));
}

/** Adds rates, from the counts of an earlier look. @param seconds between the looks */
export function withRates(now: readonly TargetFlow[], before: readonly TargetFlow[], seconds: number): TargetFlow[] {
  return now.map((target) => {
    const earlier = before.find((other) => isSame(other, target));
    // Fewer than before: the process was replaced.
    if (earlier === undefined || seconds <= 0 || target.sent < earlier.sent) return target;
    return { ...target, rate: (target.sent - earlier.sent) / seconds, refusing: target.refused > earlier.refused };
  });
}

/** The flow of all processes to each target together. */
export function sumTargets(flows: readonly (readonly TargetFlow[])[]): TargetFlow[] {
  const sums: TargetFlow[] = [];
  for (const flow of flows.flat()) {
    const index = sums.findIndex((other) => isSame(other, flow));
    const sum = sums[index];
    if (sum === undefined) sums.push(flow);
    else sums[index] = add(sum, flow);
  }
  return sums;
}

function add(one: TargetFlow, other: TargetFlow): TargetFlow {
  return {
    ...one,
    phase: one.phase === "failed" ? one.phase : other.phase,
    sent: one.sent + other.sent,
    refused: one.refused + other.refused,
    errors: one.errors + other.errors,
    dropped: one.dropped + other.dropped,
    rate: one.rate === undefined && other.rate === undefined ? undefined : (one.rate ?? 0) + (other.rate ?? 0),
    refusing: one.refusing || other.refusing,
    listening: one.listening && other.listening,
    since: sinceOf(one, other),
  };
}

/** Of two senders the one with a fault counts, else the first. */
function sinceOf(one: TargetFlow, other: TargetFlow): number | undefined {
  const troubled = [one, other].filter(({ phase, listening }) => phase === "failed" || !listening);
  const [first, second] = (troubled.length > 0 ? troubled : [one, other]).map(({ since }) => since);
  return first === undefined || second === undefined ? (first ?? second) : Math.min(first, second);
}

function isSame(one: TargetFlow, other: TargetFlow): boolean {
  return one.name === other.name && one.host === other.host && one.port === other.port;
}
