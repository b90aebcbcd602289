import { limits, subscribedSchema } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { OscMessage } from "./message.ts";
import { createReceiver } from "./receiver.ts";
import type { ReceiverStats } from "./receiver.ts";

/** What a subscription needs of a control connection; the client of `@vj/control` has it. */
export interface FeedClient {
  readonly connected: boolean;
  request(cmd: string, args: Record<string, unknown>): Promise<Reply>;
  on(event: "disconnect", listener: () => void): () => void;
}

export interface FeedOptions {
  /** Exact addresses, or prefixes that end in `*`; left out: everything. */
  readonly addresses?: readonly string[] | undefined;
  /** Called for each message of the worker; `receivedAt` in epoch milliseconds. */
  readonly onMessage: (message: OscMessage, receivedAt: number) => void;
}

/** One subscription: it ends with the control connection it was asked for on, or when it is closed. */
export interface Feed {
  /** Our UDP port. */
  readonly port: number;
  stats(): ReceiverStats;
  /** Tells the worker to stop, as far as it is still connected. Safe to call more than once. */
  close(): void;
}

/** Datagrams kept until the reply tells which of them are the worker's. */
const heldDatagrams = 2000;

/**
 * Subscribes to the telemetry of one worker, on a socket of its own. Any user of this machine can send packets to that
 * socket, so only those are taken that come from 127.0.0.1 and the port which the worker names in its reply. A worker that
 * names none (foreign, older) is taken to be whoever sends first.
 * @throws Error with the reason when the worker refuses, does not answer, or there is no UDP port.
 */
export async function subscribeTo(client: FeedClient, { addresses, onMessage }: FeedOptions): Promise<Feed> {
  let source: number | "unknown" | "first" = "unknown";
  let held: (() => void)[] = [];
  let closed = false;
  const admit = (from: number): boolean => {
    if (source === "first") keepTo(from);
    return !closed && source === from;
  };
  const keepTo = (from: number): void => {
    source = from;
    receiver.hearOnly(from);
  };
  const receiver = await createReceiver({
    // Datagrams from other users of the machine must not fill the memory while the reply is awaited.
    admit: ({ address, port }, take) => {
      if (address !== "127.0.0.1") return;
      if (source !== "unknown") {
        if (admit(port)) take();
      } else if (held.length < heldDatagrams) {
        held.push(() => {
          if (admit(port)) take();
        });
      }
    },
    onMessage,
  });
  const { port } = receiver;
  const close = (): void => {
    if (closed) return;
    closed = true;
    held = [];
    undo();
    void receiver.close();
    // A worker that cannot be asked any more notices the end of the connection.
    if (client.connected) client.request("unsubscribe", { port }).catch(() => {});
  };
  const undo = client.on("disconnect", close);

  try {
    if (!client.connected) throw new Error("not connected");
    const reply = await client.request("subscribe", { port, ...(addresses === undefined ? {} : { addresses }) });
    if (!reply.success) throw new Error(reply.message ?? "subscribe was refused without a reason");
    const named = subscribedSchema.safeParse(reply.data ?? {}).data?.source_port;
    if (named === undefined) source = "first";
    else keepTo(named);
  } catch (error) {
    close();
    throw error;
  }
  for (const take of held) take();
  held = [];
  return { port, stats: receiver.stats, close };
}
