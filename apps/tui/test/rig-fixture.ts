import { reduceRig } from "@vj/rig";
import type { RigEvent as BusEvent } from "@vj/rig";
import { decode, encode } from "@vj/telemetry";
import { contractOsc } from "@vj/schema";
import type { Heartbeat, OscAddress, ManagedWorker, ManagerState, WorkerState } from "@vj/schema";
import type { LatestEntry } from "@vj/telemetry";
import { reduce } from "../src/rig/reduce.ts";
import { emptyRig } from "../src/rig/rig-state.ts";
import type { RigEvent as ShownEvent, RigState } from "../src/rig/rig-state.ts";
import { createMemory } from "../src/telemetry/snapshot.ts";
import type { TelemetrySnapshot } from "../src/telemetry/snapshot.ts";

/** A moment, epoch milliseconds. */
export const noon = Date.UTC(2026, 5, 1, 12, 0, 0);

/** What happens on the bus, or to the person in front of the screen. */
export type RigEvent = BusEvent | ShownEvent;

/** What is known after these events, all at one moment. */
export function rigAfter(events: readonly RigEvent[], now = noon): RigState {
  return events.reduce((rig, event) => after(rig, event, now), emptyRig);
}

/** What is known after one more event. */
export function after(rig: RigState, event: RigEvent, now: number): RigState {
  switch (event.type) {
    case "bus":
    case "pending":
    case "waiting":
    case "sent":
    case "kept":
    case "targets":
    case "seen":
    case "notice":
    case "logs":
      return reduce(rig, event, now);
    default:
      return reduce(rig, { type: "bus", state: reduceRig(rig, event, now) }, now);
  }
}

export const running = (name: string, more: Partial<WorkerState> = {}): RigEvent[] => [
  { type: "appeared", name },
  { type: "connected", name },
  { type: "state", name, state: { status: "running", pid: 4711, protocol: 1, instance_id: "a41f", uptime_sec: 3600, ...more } },
];

export const heartbeat = (name: string, stats: Record<string, unknown>): RigEvent => ({
  type: "heartbeat",
  name,
  heartbeat: { type: "heartbeat", worker: name, pid: 4711, uptime_sec: 3600, stats } satisfies Heartbeat,
});

export const managedWorker = (more: Partial<ManagedWorker>): ManagedWorker => ({
  enabled: true,
  running: true,
  restart_count: 0,
  last_heartbeat: null,
  state: "running",
  pid: 4711,
  adopted: false,
  last_exit: null,
  next_restart_at: null,
  stopped_by_request: false,
  condition: null,
  detail: "",
  ...more,
});

/** A manager that answers and says this of its workers. */
export const manager = (workers: ManagerState["workers"], problems: string[] = []): RigEvent[] => [
  ...running("process_manager"),
  { type: "managed", state: { status: "running", pid: 1, workers, total_managed: Object.keys(workers).length }, problems },
];

/** Telemetry as if these messages of the contract had just arrived, through the real codec. */
export function telemetryOf(messages: readonly (readonly [address: keyof typeof contractOsc, values: (number | string)[]])[], now = noon): TelemetrySnapshot {
  const entries = new Map<string, LatestEntry>();
  const memory = createMemory();
  for (const [address, values] of messages) {
    const spec: OscAddress = contractOsc[address];
    const encoded = encode(address, spec, values);
    const decoded = encoded.ok ? decode(encoded.bytes) : encoded;
    if (!decoded.ok) throw new Error(`${address}: ${decoded.error}`);
    for (const message of decoded.messages) {
      memory.take(message, now);
      entries.set(address, { message, count: 3, receivedAt: now, rate: spec.rate ?? 0, changedFrom: undefined });
    }
  }
  return { entries, ...memory.get(), malformed: 0, recent: [], history: new Map() };
}

/** A whole show: every kind of state, sound, a track and lyrics. */
export const show = {
  rig: rigAfter([
    ...running("audio_analyzer", {
      source: { kind: "demo", name: "demo signal", demo: true, verdict: "ok" },
      telemetry: { targets: [{ name: "resolume", host: "127.0.0.1", port: 7000, phase: "open", sent: 100, refused: 0, errors: 0, dropped: 0 }] },
    }),
    heartbeat("audio_analyzer", { fps: 60, latency_ms: { p95: 9 }, cpu_percent: 7, rss_mb: 81 }),
    ...running("spotify_monitor", { condition: { level: "ok", text: "no credentials" } }),
    ...manager({
      audio_analyzer: managedWorker({}),
      spotify_monitor: managedWorker({}),
      virtualdj_monitor: managedWorker({ state: "backoff", running: false, next_restart_at: noon / 1000 + 4, detail: "restart 3 after: exit code 1" }),
      lyrics_fetcher: managedWorker({
        state: "failed",
        running: false,
        next_restart_at: noon / 1000 + 43,
        detail: "restarted too often: exit code 1",
        last_exit: { code: 1, signal: null, reason: "exit code 1", at: noon / 1000 - 17, lines: [] },
      }),
      osc_debugger: managedWorker({ state: "stopped", running: false, enabled: false }),
    }),
    { type: "logs", entries: [{ at: noon, level: "warn", source: "lyrics_fetcher", text: "LRCLIB 504", line: "" }] },
  ]),
  telemetry: telemetryOf([
    ["/audio/levels", [0.62, 0.48, 0.27, 0.2, 0.11, 0.05, 0.02, 0.44]],
    ["/audio/beat", [1, 0.3]],
    ["/audio/bpm", [76.9, 0.91]],
    ["/audio/phase", [0.1, 0.6, 3]],
    ["/karaoke/track", [1, "spotify", "Sample Band", "Paper Lanterns", "Demo", 329, 1]],
    ["/karaoke/pos", [102, 1]],
    ["/karaoke/lyrics/reset", []],
    ["/karaoke/lyrics/line", [0, 100, "Lanterns over water"]],
    ["/karaoke/lyrics/line", [1, 107, "Counting all the lights"]],
    ["/karaoke/line/active", [0]],
    ["/karaoke/categories/mood", ["calm"]],
  ]),
} as const;
