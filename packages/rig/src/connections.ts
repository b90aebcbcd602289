import { watchWorkers } from "@vj/discovery";
import { limits, managerName } from "@vj/schema";
import type { RigEvent, RigState } from "./state.ts";
import type { TelemetryHub } from "./telemetry-hub.ts";
import { openWorkerConnection } from "./worker-connection.ts";
import type { WorkerConnection } from "./worker-connection.ts";

export interface ConnectionsOptions {
  readonly busDir: string;
  /** Names of processes to leave out. */
  readonly except: readonly string[];
  readonly asks: boolean;
  readonly describes: boolean;
  readonly retryMs: number | undefined;
  readonly hub: TelemetryHub;
  /** The current state. */
  readonly state: () => RigState;
  readonly dispatch: (event: RigEvent) => void;
  readonly onProblem: (problem: string, worker: string | undefined) => void;
}

/** Connections to every process on the bus, maintained automatically. */
export interface Connections {
  get(name: string): WorkerConnection | undefined;
  /** Subscribes to the addresses that the hub wants now. */
  subscribe(): void;
  /** The manager is busy: until `done` is called, its state is requested more often. */
  hurry(): () => void;
  close(): Promise<void>;
}

/** Interval of requests to the manager while something changes, milliseconds. */
const busyPollMs = 200;
/** After a lost connection, changes are expected for this long, milliseconds. */
const unrestMs = 3000;

/** Finds the processes of the bus and keeps one connection to each; all their messages are dispatched. */
export function openConnections({ state, dispatch: report, except, onProblem, ...options }: ConnectionsOptions): Connections {
  const connections = new Map<string, WorkerConnection>();
  let restlessUntil = 0;
  let hurries = 0;
  let busy: NodeJS.Timeout | undefined;
  let closed = false;

  /** Wakes this process only while it is needed. */
  const whileBusy = (): void => {
    const isBusy = hurries > 0 || Date.now() < restlessUntil || isChanging(state());
    if (closed || isBusy === (busy !== undefined)) return;
    clearInterval(busy);
    busy = isBusy ? setInterval(askAgain, busyPollMs) : undefined;
  };
  const askAgain = (): void => {
    whileBusy();
    if (busy !== undefined) connections.get(managerName)?.poll();
  };

  const dispatch = (event: RigEvent): void => {
    report(event);
    if (event.type === "disconnected") {
      restlessUntil = Date.now() + unrestMs;
      if (!watch.names().includes(event.name)) forget(event.name);
    }
    if (event.type === "connected" || event.type === "disconnected") connections.get(managerName)?.poll();
    if (event.type === "disconnected" || event.type === "managed") whileBusy();
  };

  const appear = (name: string): void => {
    if (except.includes(name)) return;
    const known = connections.get(name);
    if (known?.connected === true) return;
    report({ type: "appeared", name });
    // A new socket is tried at once instead of after the pause; held commands must not get lost, though.
    if (known !== undefined && known.queued > 0) return;
    void known?.close();
    connections.set(name, openWorkerConnection({ ...options, name, dispatch, onProblem: (problem) => onProblem(problem, name) }));
  };

  const forget = (name: string): void => {
    const connection = connections.get(name);
    if (connection === undefined || connection.connected || connection.queued > 0) return;
    void connection.close();
    connections.delete(name);
    report({ type: "vanished", name });
  };

  const watch = watchWorkers({ busDir: options.busDir });
  watch.on("appear", appear);
  watch.on("vanish", forget);
  watch.on("problem", (problem) => {
    report({ type: "busProblem", problem });
    onProblem(problem, undefined);
  });

  const steady = setInterval(() => {
    for (const connection of connections.values()) connection.poll();
    if (state().busProblem !== undefined && connections.size > 0) report({ type: "busProblem", problem: undefined });
  }, limits.statePollMs);

  return {
    get: (name) => connections.get(name),
    subscribe() {
      for (const connection of connections.values()) connection.subscribe();
    },
    hurry() {
      hurries += 1;
      whileBusy();
      return () => {
        hurries -= 1;
        whileBusy();
      };
    },
    async close() {
      closed = true;
      clearInterval(steady);
      clearInterval(busy);
      const all = [...connections.values()];
      connections.clear();
      await Promise.all([watch.close(), ...all.map((connection) => connection.close())]);
    },
  };
}

/** Whether the manager's state is expected to change in a moment. */
function isChanging({ managed }: RigState): boolean {
  return Object.values(managed ?? {}).some(({ state }) => state === "starting" || state === "backoff" || state === "unhealthy");
}
