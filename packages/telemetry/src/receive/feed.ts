import type { Reply } from "@vj/contract";
import { TelemetryError } from "../errors.ts";
import type { OscMessage } from "./message.ts";
import { createReceiver } from "./receiver.ts";

/** The part of a control connection that a subscription uses; the client of `@vj/control` has it. */
export interface FeedClient {
  readonly connected: boolean;
  request(cmd: string, args: Record<string, unknown>, options?: { signal?: AbortSignal | undefined }): Promise<Reply>;
  on(event: "connect" | "disconnect", listener: () => void): () => void;
}

/** What is subscribed to, and what is called with it. */
export interface FeedOptions {
  /** Exact addresses, or prefixes that end in `*`; without it: everything. */
  readonly addresses?: readonly string[] | undefined;
  /** Whether messages of one moment may come in one datagram; a worker that does not know it sends them one by one. */
  readonly bundled?: boolean | undefined;
  /** Messages per second of each stream at most, as far as the worker knows how to hold them; without it: as they are sent. */
  readonly rate?: number | undefined;
  /** Called for each message of the worker; `receivedAt` in epoch milliseconds. */
  readonly onMessage: (message: OscMessage, receivedAt: number) => void;
  /** Called for each packet of the worker that is not valid OSC, with `host:port` of its sender and the reason. */
  readonly onMalformed?: ((sender: string, reason: string) => void) | undefined;
  /** Called for each packet of the worker, valid or not, before its messages; as {@link ReceiverEvents}.packet. */
  readonly onPacket?: ((bytes: Uint8Array, at: number) => void) | undefined;
  /** Whether packets are decoded now; default: always. While they are not, `onPacket` alone is called. */
  readonly reads?: (() => boolean) | undefined;
  /** Cancels the request for the subscription. */
  readonly signal?: AbortSignal | undefined;
}

/** One subscription. It ends with its control connection, or when it is closed. */
export interface Feed extends AsyncDisposable {
  /** Our UDP port. */
  readonly port: number;
  /** Also unsubscribes, if the worker is still connected. Safe to call more than once; resolves when our port is free. */
  close(): Promise<void>;
}

/** Bytes kept until the reply contains the worker's port; further packets are dropped, from any sender. */
const heldBytes = 1_048_576;

/**
 * Subscribes to the telemetry of one worker, on a socket of its own. Any user of this machine can send packets to that
 * socket, so it accepts only packets from 127.0.0.1 and from the port in the worker's reply. If the reply has no port (a
 * foreign or older worker), it accepts the port of the first packet.
 * @throws TelemetryError `refused` with the reason of the worker, `closed`, or an error of `createReceiver`, or of the
 * request.
 */
export async function subscribeTo(client: FeedClient, { addresses, bundled, rate, onMessage, onMalformed, onPacket, reads, signal }: FeedOptions): Promise<Feed> {
  let source: number | "unknown" | "first" = "unknown";
  let held: (() => void)[] = [];
  let heldSize = 0;
  let closed = false;

  const receiver = await createReceiver({
    keepLatest: false,
    reads,
    admit: ({ address, port: from, size }, take) => {
      if (address !== "127.0.0.1") return;
      if (source !== "unknown") pass(from, take);
      else if (heldSize + size <= heldBytes) {
        heldSize += size;
        held.push(() => pass(from, take));
      }
    },
  });
  receiver.on("message", onMessage);
  if (onMalformed !== undefined) receiver.on("malformed", onMalformed);
  if (onPacket !== undefined) receiver.on("packet", onPacket);
  const { port } = receiver;

  const pass = (from: number, take: () => void): void => {
    if (source === "first") keepTo(from);
    if (source === from && !closed) take();
  };
  const keepTo = (from: number): void => {
    source = from;
    receiver.acceptOnlyFrom(from);
  };
  const close = (): Promise<void> => {
    // If the worker cannot be asked any more, it notices the end of the connection instead.
    if (!closed && client.connected) client.request("unsubscribe", { port }).catch(() => {});
    closed = true;
    held = [];
    undo();
    return receiver.close();
  };
  const undo = client.on("disconnect", () => void close());

  try {
    if (!client.connected) throw new TelemetryError("closed", "the connection has ended");
    const reply = await client.request("subscribe", given({ port, addresses, bundled, rate }), { signal });
    if (!reply.success) throw new TelemetryError("refused", reply.message ?? "it gives no reason");
    if (closed) throw new TelemetryError("closed", "the connection has ended");
    const named = sourcePort(reply.data);
    if (named === undefined) source = "first";
    else keepTo(named);
  } catch (error) {
    await close();
    throw error;
  }
  for (const take of held) take();
  held = [];
  return { port, close, [Symbol.asyncDispose]: close };
}

/** Only the fields that have a value: a worker of somebody else may refuse fields that it does not know. */
function given(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** The port in the reply to `subscribe`; undefined when it has none that is valid. */
function sourcePort(data: Reply["data"]): number | undefined {
  const port = data?.["source_port"];
  return typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : undefined;
}
