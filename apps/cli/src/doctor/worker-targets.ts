import { placeText } from "@vj/schema";
import type { WorkerState } from "@vj/schema";
import { z } from "zod";

/** One worker's report on one receiver of its telemetry; any worker that uses these names is understood. */
const flowSchema = z.object({
  name: z.string().optional(),
  host: z.string(),
  port: z.number(),
  phase: z.string().default("open"),
  problem: z.string().nullish(),
  listening: z.boolean().default(true),
  sent: z.number().default(0),
  errors: z.number().default(0),
  dropped: z.number().default(0),
});
type Flow = z.infer<typeof flowSchema>;
const flowsSchema = z.object({ telemetry: z.object({ targets: z.array(flowSchema.nullable().catch(null)) }) });

/** One receiver, and the reports of the running workers on it. */
export interface UsedTarget {
  /** `127.0.0.1:9000`. */
  readonly place: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Workers that have it among their targets, in alphabetical order. */
  readonly workers: readonly string[];
  /** Those of them that have sent to it. */
  readonly senders: readonly string[];
  /** Whether nothing listens there, as far as workers were notified: no worker's packets arrive. */
  readonly refused: boolean;
  /** Workers that cannot reach it: its name is unknown, or there is no network. */
  readonly unreachable: readonly string[];
  /** Why one of them cannot reach it, or its last fault; undefined without one. */
  readonly problem: string | undefined;
  readonly sent: number;
  readonly errors: number;
  readonly dropped: number;
}

/** The actual targets of the answering workers, by name and address. Workers without telemetry are left out. */
export function usedTargets(states: Readonly<Record<string, WorkerState>>): { targets: UsedTarget[]; workers: string[] } {
  const places = new Map<string, [worker: string, flow: Flow][]>();
  const workers: string[] = [];
  for (const worker of Object.keys(states).sort()) {
    const flows = flowsSchema.safeParse(states[worker]).data?.telemetry.targets;
    if (flows === undefined) continue;
    workers.push(worker);
    for (const flow of flows) {
      if (flow === null) continue;
      const key = JSON.stringify([flow.name, flow.host, flow.port]);
      places.set(key, [...(places.get(key) ?? []), [worker, flow]]);
    }
  }
  return { targets: Array.from(places.values(), together), workers };
}

function together(flows: readonly (readonly [worker: string, flow: Flow])[]): UsedTarget {
  const [[, first] = ["", { host: "", port: 0 }]] = flows;
  const { host, port } = first;
  const place = placeText(first);
  const name = "name" in first && first.name !== undefined ? first.name : place;
  const sum = (count: (flow: Flow) => number): number => flows.reduce((total, [, flow]) => total + count(flow), 0);
  return {
    ...{ place, name, host, port },
    workers: unique(flows.map(([worker]) => worker)),
    senders: unique(flows.filter(([, flow]) => flow.sent > 0).map(([worker]) => worker)),
    // A worker that has sent nothing since the receiver was started still has its earlier refusal: a worker whose packets arrive counts more.
    refused: flows.some(([, { listening }]) => !listening) && !flows.some(([, { phase, listening, sent: count }]) => phase === "open" && listening && count > 0),
    unreachable: unique(flows.filter(([, { phase }]) => phase === "failed").map(([worker]) => worker)),
    problem: flows.map(([, flow]) => ("problem" in flow ? flow.problem : undefined)).find((problem) => typeof problem === "string"),
    sent: sum(({ sent }) => sent),
    errors: sum(({ errors }) => errors),
    dropped: sum(({ dropped }) => dropped),
  };
}

const unique = (names: readonly string[]): string[] => [...new Set(names)];
