import { ControlError, busDir as defaultBusDir } from "@vj/control";
import type { RequestOptions } from "@vj/control";
import { createListeners, managerName } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { OscMessage } from "@vj/telemetry";
import { openConnections } from "./connections.ts";
import { reduceRig } from "./reduce.ts";
import { emptyRig } from "./state.ts";
import type { RigEvent, RigState } from "./state.ts";
import { createTelemetryHub } from "./telemetry-hub.ts";
import type { OnPacket, TelemetryListener } from "./telemetry-hub.ts";

/** Which processes of a bus are followed, and what they are asked for. */
export interface RigOptions {
  /** Bus directory; default `VJ_BUS_DIR`, else `/tmp/vj-bus`. */
  readonly busDir?: string | undefined;
  /** Names of processes to leave out: a process on the bus leaves out itself. */
  readonly except?: readonly string[];
  /** Whether to request each worker's description and, once a second, its state; default true. */
  readonly states?: boolean;
  /** Whether workers are asked for their description, once per connection; default as `states`. */
  readonly descriptions?: boolean;
  /** Delay before a refused subscription is tried again, milliseconds; default 5 s. */
  readonly retryMs?: number;
}

/** Events of a rig. */
export interface RigEvents extends Record<string, unknown[]> {
  /** The state has changed. */
  change: [state: RigState, event: RigEvent];
  /** A problem for a person, reported once while it lasts. @param worker the worker concerned; undefined: the bus itself */
  problem: [problem: string, worker: string | undefined];
}

/** The client of a whole bus: follows all processes, present and future. */
export interface Rig extends AsyncDisposable {
  /** The current state; a new object after each change. */
  readonly state: RigState;
  /** @returns a function that removes the listener */
  on<E extends keyof RigEvents>(event: E, listener: (...args: RigEvents[E]) => void): () => void;
  /**
   * Sends a command and waits for its reply; a refusal is a reply with `success: false`. A command for a process that
   * left its socket waits until the process is back.
   * @throws ControlError `not_found` when it has no socket; `timeout`, `closed` or `frame` when there is no reply.
   */
  send(worker: string, cmd: string, args?: Record<string, unknown>, options?: RequestOptions): Promise<Reply>;
  /**
   * Receives the telemetry of all workers, present and future; states arrive at once. A worker that refuses is reported
   * as a `problem` and asked again automatically.
   * @param addresses exact ones, or prefixes that end in `*`; undefined: everything @returns a function that ends it
   */
  listen(addresses: readonly string[] | undefined, onMessage: (message: OscMessage, receivedAt: number) => void, options?: ListenOptions): () => void;
  /**
   * Receives every datagram of all workers, present and future, unchanged: for recording.
   * @returns a function that ends it
   */
  tap(onPacket: OnPacket): () => void;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Options of a listener: its handler of invalid packets, and the rate that it needs. */
export type ListenOptions = Pick<TelemetryListener, "onMalformed" | "rate">;

/** Connects to everything on the bus. Never fails: a fault of the bus is in `state.busProblem`. */
export function openRig({ busDir = defaultBusDir(), except = [], states = true, descriptions = states, retryMs }: RigOptions = {}): Rig {
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
    describes: descriptions,
    retryMs,
    hub,
    state: () => rig,
    dispatch,
    // In the next microtask, so that the caller can add listeners first.
    onProblem: (problem, worker) => queueMicrotask(() => {
      if (!closed) emit("problem", problem, worker);
    }),
  });

  const close = async (): Promise<void> => {
    closed = true;
    await connections.close();
  };
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
        // The state shows the effect of the command.
        connection.poll();
      }
    },
    listen: (addresses, onMessage, options = {}) => hub.add(addresses, { ...options, onMessage }),
    tap: (onPacket) => hub.tap(onPacket),
    close,
    [Symbol.asyncDispose]: close,
  };
}
