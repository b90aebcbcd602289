import { ControlError, createClient } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { descriptionSchema, limits, managerName, managerStateSchema, workerStateSchema } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { keepFeed } from "@vj/telemetry";
import type { FeedOptions } from "@vj/telemetry";
import type { RigEvent } from "./rig-state.ts";

export interface LinkOptions {
  readonly name: string;
  readonly busDir: string;
  /** Which telemetry it is asked for. */
  readonly subscription: Subscription;
  readonly dispatch: (event: RigEvent) => void;
}

/** What a worker is asked to send, and who takes it. */
export type Subscription = FeedOptions;

/** The connection to one process, which asks for everything anew whenever it comes about. */
export interface Link {
  readonly connected: boolean;
  /** Commands held until it is back. */
  readonly queued: number;
  request(cmd: string, args: Record<string, unknown>, timeoutMs?: number): Promise<Reply>;
  /** Asks for other telemetry from now on; states are told anew. */
  listen(addresses: readonly string[] | undefined): void;
  /** Asks for its state, unless the last question is still open. */
  poll(): void;
  close(): void;
}

/** @throws ControlError `path` when the name cannot have a socket. */
export function openLink({ name, busDir, subscription, dispatch }: LinkOptions): Link {
  const client: ControlClient = createClient(name, { busDir, queue: true });
  let asking = false;

  const ask = async (): Promise<void> => {
    const reply = await client.request("get_state");
    const state = workerStateSchema.safeParse(reply.data);
    if (state.success) dispatch({ type: "state", name, state: state.data });
    if (name !== managerName) return;
    const managed = managerStateSchema.safeParse(reply.data);
    if (managed.success) dispatch({ type: "managed", state: managed.data, problems: readProblems(managed.data["problems"]) });
  };

  const poll = (): void => {
    if (asking || !client.connected) return;
    asking = true;
    ask()
      .catch((error: unknown) => report(error))
      .finally(() => (asking = false));
  };

  const describe = async (): Promise<void> => {
    const { data } = await client.request("describe");
    const description = descriptionSchema.safeParse(data);
    // A worker of the older contract knows no `describe`; its panel is then built from its state alone.
    if (description.success) dispatch({ type: "description", name, description: description.data });
  };

  const greet = (): void => {
    dispatch({ type: "connected", name });
    poll();
    describe().catch(report);
  };

  const report = (error: unknown): void => {
    if (!(error instanceof ControlError)) throw error;
    if (error.code === "timeout") dispatch({ type: "silent", name });
    // A connection that ended is told by `disconnect`, and everything is asked again after the next `connect`.
  };

  client.on("connect", greet);
  const feed = keepFeed(client, {
    ...subscription,
    onProblem: (problem) => dispatch({ type: "notice", level: "warn", text: `${name} sends no telemetry here: ${problem}` }),
  });
  client.on("disconnect", () => dispatch({ type: "disconnected", name }));
  client.on("unreachable", ({ code }) => {
    if (code !== "not_found") dispatch({ type: "disconnected", name });
  });
  client.on("heartbeat", (heartbeat) => dispatch({ type: "heartbeat", name, heartbeat }));

  return {
    get connected() {
      return client.connected;
    },
    get queued() {
      return client.queued;
    },
    request: (cmd, args, timeoutMs = limits.slowReplyMs) => client.request(cmd, args, { timeoutMs }),
    listen: feed.listen,
    poll,
    close: () => {
      feed.close();
      client.close();
    },
  };
}

function readProblems(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((problem) => typeof problem === "string") : [];
}
