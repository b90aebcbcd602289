import { ControlError, createClient } from "@vj/control";
import type { RequestOptions } from "@vj/control";
import { limits, managerName, managerStateSchema, messageOf, readDescription, workerStateSchema } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { keepFeed } from "@vj/telemetry";
import type { KeptFeed } from "@vj/telemetry";
import { managerProblems } from "./manager-problems.ts";
import type { RigEvent } from "./state.ts";
import type { TelemetryHub } from "./telemetry-hub.ts";

export interface WorkerConnectionOptions {
  readonly name: string;
  readonly busDir: string;
  /** The listeners of its telemetry. */
  readonly hub: TelemetryHub;
  /** Whether to request its state. */
  readonly asks: boolean;
  /** Whether to request its description. */
  readonly describes: boolean;
  /** Delay before a refused subscription is tried again, milliseconds; default 5 s. */
  readonly retryMs?: number | undefined;
  readonly dispatch: (event: RigEvent) => void;
  /** Called with the reason why it sends no telemetry here; once for each reason. */
  readonly onProblem: (problem: string) => void;
}

/** The connection to one process, which requests everything anew after each reconnection. */
export interface WorkerConnection {
  readonly connected: boolean;
  /** Number of commands held until it is back. */
  readonly queued: number;
  request(cmd: string, args: Record<string, unknown>, options?: RequestOptions): Promise<Reply>;
  /** Subscribes to the addresses that the hub wants now; states are sent again. */
  subscribe(): void;
  /** Requests its state, unless the previous request is still open. */
  poll(): void;
  close(): Promise<void>;
}

/** @throws ControlError `path` when the name cannot have a socket. */
export function openWorkerConnection({ name, busDir, hub, asks, describes, retryMs, dispatch, onProblem }: WorkerConnectionOptions): WorkerConnection {
  const client = createClient(name, { busDir, queue: true });
  let asking = false;
  let again: NodeJS.Timeout | undefined;
  let undescribed: string | undefined;
  let feed: KeptFeed | undefined;

  const ask = async (): Promise<void> => {
    const reply = await client.request("get_state");
    const state = workerStateSchema.safeParse(reply.data);
    if (state.success) dispatch({ type: "state", name, state: state.data });
    if (name !== managerName) return;
    const managed = managerStateSchema.safeParse(reply.data);
    if (managed.success) dispatch({ type: "managed", state: managed.data, problems: managerProblems(managed.data) });
  };

  const poll = (): void => {
    if (!asks || asking || !client.connected) return;
    asking = true;
    ask()
      .catch(report)
      .finally(() => (asking = false));
  };

  const describe = async (): Promise<void> => {
    try {
      const { data, success } = await client.request("describe", {}, { timeoutMs: limits.slowReplyMs });
      // A worker of the older contract does not have `describe`.
      const { description, faults } = success ? readDescription(data) : { description: undefined, faults: [] };
      if (description !== undefined) dispatch({ type: "description", name, description });
      reportDescribing(faults.length === 0 ? undefined : `${name} describes itself with faults; the rest is used: ${faults.join("; ")}`);
    } catch (error) {
      report(error);
      if (!client.connected) return;
      reportDescribing(`${name} did not answer describe: ${messageOf(error)}; asking again`);
      again = setTimeout(() => void describe(), retryMs ?? limits.rescanMs);
    }
  };

  /** Once for each reason, however often it is asked and connects again; undefined: all is well. */
  const reportDescribing = (problem: string | undefined): void => {
    if (problem !== undefined && problem !== undescribed) onProblem(problem);
    undescribed = problem;
  };

  const report = (error: unknown): void => {
    if (!(error instanceof ControlError)) throw error;
    if (error.code === "timeout") dispatch({ type: "silent", name });
    // If the connection ended, everything is requested again on the next one.
  };

  const subscribe = (): void => {
    // The process manager has no telemetry.
    if (name === managerName) return;
    if (!hub.wanted) {
      void feed?.close();
      feed = undefined;
      dispatch({ type: "subscribed", name, subscribed: false });
    } else if (feed === undefined) {
      feed = keepFeed(client, {
        addresses: hub.addresses,
        rate: hub.rate,
        onMessage: hub.onMessage,
        onMalformed: hub.onMalformed,
        onPacket: (bytes, at) => hub.onPacket(bytes, at, name),
        reads: () => hub.reads,
        bundled: true,
        onChange: (subscribed) => dispatch({ type: "subscribed", name, subscribed }),
        onProblem: (problem) => onProblem(`${name} sends no telemetry here: ${problem}`),
        ...(retryMs === undefined ? {} : { retryMs }),
      });
    } else feed.listen(hub.addresses, hub.rate);
  };

  client.on("connect", () => {
    dispatch({ type: "connected", name });
    poll();
    if (describes) void describe();
  });
  client.on("disconnect", (reason) => {
    clearTimeout(again);
    if (reason?.code === "frame") dispatch({ type: "unreadable", name, why: reason.message });
    dispatch({ type: "disconnected", name });
  });
  client.on("unreachable", ({ code }) => {
    if (code !== "not_found") dispatch({ type: "disconnected", name });
  });
  client.on("heartbeat", (heartbeat) => dispatch({ type: "heartbeat", name, heartbeat }));
  if (hub.wanted) subscribe();

  return {
    get connected() {
      return client.connected;
    },
    get queued() {
      return client.queued;
    },
    request: (cmd, args, { timeoutMs = limits.slowReplyMs, ...options } = {}) => client.request(cmd, args, { timeoutMs, ...options }),
    subscribe,
    poll,
    close: async () => {
      clearTimeout(again);
      await Promise.all([feed?.close(), client.close()]);
    },
  };
}
