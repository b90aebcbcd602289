import { subscribedSchema } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { OscMessage } from "./message.ts";
import { createReceiver } from "./receiver.ts";

/** What a subscription needs of a control connection; the client of `@vj/control` has it. */
export interface FeedClient {
  readonly connected: boolean;
  request(cmd: string, args: Record<string, unknown>): Promise<Reply>;
  on(event: "connect" | "disconnect", listener: () => void): () => void;
}

export interface FeedOptions {
  /** Exact addresses, or prefixes that end in `*`; left out: everything. */
  readonly addresses?: readonly string[] | undefined;
  /** Called for each message of the worker; `receivedAt` in epoch milliseconds. */
  readonly onMessage: (message: OscMessage, receivedAt: number) => void;
  /** Called for each packet of the worker that is not valid OSC, with `host:port` of its sender and the reason. */
  readonly onMalformed?: ((sender: string, reason: string) => void) | undefined;
}

/** One subscription. It ends with the control connection that it was made on, or when it is closed. */
export interface Feed {
  /** Our UDP port. */
  readonly port: number;
  /** Also unsubscribes, if the worker is still connected. Safe to call more than once. */
  close(): void;
}

/** Bytes kept until the reply names the worker's port; more are dropped, whoever sent them. */
const heldBytes = 1_048_576;

/**
 * Subscribes to the telemetry of one worker, on a socket of its own. Any user of this machine can send packets to that
 * socket, so only those count that come from 127.0.0.1 and from the port that the worker names in its reply. From a worker
 * that names none (foreign, older), the port of the first packet counts.
 * @throws Error with the reason when the worker refuses or does not answer, or when there is no UDP port to be had.
 */
export async function subscribeTo(client: FeedClient, { addresses, onMessage, onMalformed }: FeedOptions): Promise<Feed> {
  let source: number | "unknown" | "first" = "unknown";
  let held: (() => void)[] = [];
  let heldSize = 0;
  let closed = false;

  const receiver = await createReceiver({
    onMessage,
    ...(onMalformed === undefined ? {} : { onMalformed }),
    admit: ({ address, port: from, size }, take) => {
      if (address !== "127.0.0.1") return;
      if (source !== "unknown") pass(from, take);
      else if (heldSize + size <= heldBytes) {
        heldSize += size;
        held.push(() => pass(from, take));
      }
    },
  });
  const { port } = receiver;

  const pass = (from: number, take: () => void): void => {
    if (source === "first") keepTo(from);
    if (source === from && !closed) take();
  };
  const keepTo = (from: number): void => {
    source = from;
    receiver.acceptOnlyFrom(from);
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    held = [];
    undo();
    void receiver.close();
    // A worker that cannot be asked any more notices the end of the connection instead.
    if (client.connected) client.request("unsubscribe", { port }).catch(() => {});
  };
  const undo = client.on("disconnect", close);

  try {
    if (!client.connected) throw new Error("the connection has ended");
    const reply = await client.request("subscribe", { port, ...(addresses === undefined ? {} : { addresses }) });
    if (!reply.success) throw new Error(reply.message ?? "it gives no reason");
    if (closed) throw new Error("the connection has ended");
    const named = subscribedSchema.safeParse(reply.data ?? {}).data?.source_port;
    if (named === undefined) source = "first";
    else keepTo(named);
  } catch (error) {
    close();
    throw error;
  }
  for (const take of held) take();
  held = [];
  return { port, close };
}
