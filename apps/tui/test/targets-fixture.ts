import type { TargetInput } from "@vj/schema";
import { targetsInputSchema } from "@vj/schema";
import type { TargetCommands } from "../src/rig/targets/target-commands.ts";
import type { TargetsState } from "../src/rig/targets/targets-state.ts";
import { manager, managedWorker, noon, rigAfter, running } from "./rig-fixture.ts";
import type { RigEvent } from "./rig-fixture.ts";

export const parsed = (targets: readonly unknown[]): readonly TargetInput[] => targetsInputSchema.parse({ targets }).targets;

export const written = parsed([
  { name: "default", host: "127.0.0.1", port: 9000 },
  { name: "resolume", preset: "resolume", safe: true, rate: 30, not: ["/karaoke/*"] },
  { name: "wall", host: "192.168.1.20", port: 7700, enabled: false },
]);

export const flow = (name: string, port: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ name, host: "127.0.0.1", port, shape: "packed", phase: "open", listening: true, since: noon / 1000 - 200, sent: 100, refused: 0, errors: 0, dropped: 0 },
  ...more,
});

/** A worker that sends to these; once more a second later with `more` datagrams each. */
export function sender(name: string, flows: readonly Record<string, unknown>[]): RigEvent[] {
  return running(name, { telemetry: { targets: flows } });
}

export const known = (part: Partial<TargetsState> = {}): RigEvent => ({
  type: "targets",
  part: { list: { targets: written, from: "file", file: "/home/vj/.config/vj/targets.json", revision: "r1" }, ...part },
});

/** Two workers that send to two of three targets. */
export const events: readonly RigEvent[] = [
  ...manager({ audio_analyzer: managedWorker({}), lyrics_fetcher: managedWorker({}) }),
  ...sender("audio_analyzer", [flow("default", 9000), flow("resolume", 7000, { listening: false, refused: 9 })]),
  ...sender("lyrics_fetcher", [flow("default", 9000, { errors: 2, dropped: 3 }), flow("resolume", 7000)]),
  known(),
];

export const rigOf = (...more: readonly RigEvent[]): ReturnType<typeof rigAfter> => rigAfter([...events, ...more]);

/** Commands for targets that do nothing. */
export const idleTargets: TargetCommands = {
  change: () => Promise.resolve(),
  test: () => Promise.resolve(),
  resend: () => Promise.resolve(),
  sendOnce: () => Promise.resolve(),
  stop: () => {},
  close: () => {},
};
