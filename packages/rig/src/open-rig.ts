import { ControlError, busDir as defaultBusDir, createListeners } from "@vj/control";
import type { RequestOptions } from "@vj/control";
import { managerName } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";
import { openConnections } from "./connections.ts";
import { reduceRig } from "./reduce.ts";
import { emptyRig } from "./state.ts";
import type { RigEvent, RigState } from "./state.ts";
import { createTelemetryHub } from "./telemetry-hub.ts";
import type { TelemetryListener } from "./telemetry-hub.ts";

export interface RigOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string;
  /** Names of processes that are left out: whoever is on the bus itself leaves out its own. */
  readonly except?: readonly string[];
  /** Whether workers are asked for their description and, once a second, for their state; default true. */
  readonly states?: boolean;
  /** How soon a refused subscription is tried again, milliseconds; default 5 s. */
  readonly retryMs?: number;
}

/** What a rig reports. */
export interface RigEvents extends Record<string, unknown[]> {
  /** The state is another one now. */
  change: [state: RigState, event: RigEvent];
  /** Something a person should know, once while it lasts. @param worker the one that it is about; undefined: the bus itself */
  problem: [problem: string, worker: string | undefined];
}

/** The client of a whole bus: follows every process that is there, now and later. */
export interface Rig {
  /** What is known now; another object after each change. */
  readonly state: RigState;
  /** @returns the undo */
  on<E extends keyof RigEvents>(event: E, listener: (...args: RigEvents[E]) => void): () => void;
  /**
   * Sends a command and waits for its reply; a refusal is a reply with `success: false`. A command for a process that is
   * away but left its socket waits for it.
   * @throws ControlError `not_found` when it has no socket; `timeout`, `closed` or `frame` when there is no reply.
   */
  send(worker: string, cmd: string, args?: Record<string, unknown>, options?: RequestOptions): Promise<Reply>;
  /**
   * Takes the telemetry of all workers, those that come later too; states come at once. A worker that refuses is asked again
   * by itself and reported as a `problem`.
   * @param addresses exact ones, or prefixes that end in `*`; undefined: everything @returns the undo
   */
  listen(addresses: readonly string[] | undefined, onMessage: (message: OscMessage, receivedAt: number) => void, options?: ListenOptions): () => void;
  /** Ends all connections. */
  close(): void;
}

export type ListenOptions = Pick<TelemetryListener, "onMalformed">;

/** Connects to whatever is on the bus. Nothing fails here: what is wrong with the bus stands in `state.busProblem`. */
export function openRig({ busDir = defaultBusDir(), except = [], states = true, retryMs }: RigOptions = {}): Rig {
  const { on, emit } = createListeners<RigEvents>();
  let rig = emptyRig;
  let closed = false;
  const dispatch = (event: RigEvent): void => {
    const next = reduceRig(rig, event, Date.now());
    if (next === rig || closed) return;
    rig = next;
    emit("change", rig, event);
  };
  const hub = createTelemetryHub(() => connections.subscribe());
  const connections = openConnections({
    busDir,
    except,
    asks: states,
    retryMs,
    hub,
    state: () => rig,
    dispatch,
    // A moment later: who opens the rig has yet to add its listeners.
    onProblem: (problem, worker) => queueMicrotask(() => {
      if (!closed) emit("problem", problem, worker);
    }),
  });

  return {
    get state() {
      return rig;
    },
    on,
    async send(worker, cmd, args = {}, options) {
      const connection = connections.get(worker);
      if (connection === undefined) throw new ControlError("not_found", `${worker} is not running`);
      const done = worker === managerName ? connections.hurry() : undefined;
      try {
        return await connection.request(cmd, args, options);
      } finally {
        done?.();
      }
    },
    listen: (addresses, onMessage, { onMalformed } = {}) => hub.add(addresses, { onMessage, onMalformed }),
    close() {
      closed = true;
      connections.close();
    },
  };
}
