import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { isIPv6 } from "node:net";
import { createListeners, limits } from "@vj/contract";
import { TelemetryError } from "../errors.ts";
import type { TelemetryErrorCode } from "../errors.ts";
import { decode } from "./decode.ts";
import { Dropped } from "./dropped.ts";
import type { DroppedPackets } from "./dropped.ts";
import { networkFault } from "../outlet/network-fault.ts";
import { Latest } from "./latest.ts";
import type { LatestEntry } from "./latest.ts";
import type { OscMessage } from "./message.ts";
import { explainTakenPort } from "../port/taken.ts";
import type { TakenPort } from "../port/taken.ts";

/** Where a receiver listens, and its limits. */
export interface ReceiverOptions {
  /** Address to listen on; only this machine by default (`0.0.0.0` or `::` for all). */
  host?: string;
  /** UDP port, 0 for any free one. */
  port?: number;
  /** Receive buffer to request; the kernel may grant less. */
  receiveBufferBytes?: number;
  /** Number of addresses whose latest message is kept. */
  maxAddresses?: number;
  /** Whether latest messages are kept at all; default true. */
  keepLatest?: boolean;
  /** The command that takes another port, for the error when it is taken. @param free a free one */
  changePort?: (free: number) => string;
  /**
   * Called first with the sender of each datagram; calls `take` for accepted ones, now or later. Without it: all are
   * accepted.
   */
  admit?: (sender: Sender, take: () => void) => void;
  /** Whether datagrams are decoded now; default: always. While they are not, they go to `packet` alone, and `stats()` counts no messages. */
  reads?: (() => boolean) | undefined;
}

/** What a receiver reports. Add the listeners right after it was created: then nothing is missed. */
export interface ReceiverEvents extends Record<string, unknown[]> {
  /** Each message as it arrives, with the sender of its datagram; `receivedAt` in epoch milliseconds. */
  message: [message: OscMessage, receivedAt: number, sender: Sender];
  /**
   * Each accepted datagram before its messages, valid OSC or not, for recording; `at` in epoch milliseconds with fractions, on a clock
   * that is never set back.
   */
  packet: [bytes: Uint8Array, at: number];
  /** Each packet that is not valid OSC, with `host:port` of its sender and the reason. */
  malformed: [sender: string, reason: string];
}

/** Sender of a datagram. */
export interface Sender {
  readonly address: string;
  readonly port: number;
  /** Bytes of the datagram. */
  readonly size: number;
}

/** Counts of a receiver since it was opened or cleared. */
export interface ReceiverStats {
  packets: number;
  messages: number;
  /** Packets dropped because they are not valid OSC. */
  malformed: number;
  /** The same by sender and reason. */
  dropped: DroppedPackets[];
  /** Number of messages of addresses beyond `maxAddresses`. */
  overflow: number;
  /** Receive buffer that the kernel granted, bytes. */
  receiveBufferBytes: number;
}

/** An open UDP port that reads OSC. */
export interface Receiver extends AsyncDisposable {
  readonly port: number;
  /** @returns the undo */
  on<E extends keyof ReceiverEvents>(event: E, listener: (...args: ReceiverEvents[E]) => void): () => void;
  /** The newest message of an address. */
  latest(address: string): LatestEntry | undefined;
  /** The newest message of every address seen. */
  entries(): LatestEntry[];
  stats(): ReceiverStats;
  /** Forgets all addresses and counts. */
  clear(): void;
  /** From now on the kernel drops packets from anywhere but this port of 127.0.0.1. */
  acceptOnlyFrom(port: number): void;
  close(): Promise<void>;
}

/**
 * Listens for OSC on a UDP port.
 * @throws TelemetryError `port_taken`, `denied`, `no_address` or `udp`; the message contains the port.
 */
export async function createReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { host = "127.0.0.1", port = 0, receiveBufferBytes = limits.receiveBufferBytes, keepLatest = true, reads = () => true } = options;
  const { on, emit } = createListeners<ReceiverEvents>();
  const socket = createSocket(isIPv6(host) ? "udp6" : "udp4");
  await bind(socket, { host, port, change: options.changePort });
  const latest = new Latest(options.maxAddresses);
  const dropped = new Dropped();
  const granted = askForBuffer(socket, receiveBufferBytes);
  let counts = { packets: 0, messages: 0, malformed: 0 };

  const take = (datagram: Uint8Array, sender: Sender): void => {
    counts.packets += 1;
    emit("packet", datagram, performance.timeOrigin + performance.now());
    if (!reads()) return;
    const decoded = decode(datagram);
    if (!decoded.ok) {
      counts.malformed += 1;
      const from = senderText(sender);
      dropped.add(from, decoded.error);
      emit("malformed", from, decoded.error);
      return;
    }
    const receivedAt = Date.now();
    for (const message of decoded.messages) {
      counts.messages += 1;
      if (keepLatest) latest.update(message, receivedAt);
      emit("message", message, receivedAt, sender);
    }
  };
  const { admit = (_sender, takeNow) => takeNow() } = options;
  socket.on("message", (datagram, sender) => admit(sender, () => take(datagram, sender)));
  // Datagrams that the kernel cannot deliver count as lost; the socket stays open.
  socket.on("error", () => {});

  let ended: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    const closed = once(socket, "close");
    socket.close();
    await closed;
  };
  const close = (): Promise<void> => (ended ??= end());

  return {
    port: socket.address().port,
    on,
    latest: (address) => latest.get(address, Date.now()),
    entries: () => latest.entries(Date.now()),
    stats: () => ({ ...counts, dropped: dropped.list(), overflow: latest.overflow, receiveBufferBytes: granted }),
    clear: () => {
      counts = { packets: 0, messages: 0, malformed: 0 };
      latest.clear();
      dropped.clear();
    },
    // A failure changes nothing: `admit` checks the sender as well.
    acceptOnlyFrom: (from) => socket.connect(from, "127.0.0.1", () => {}),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** `address:port` of a sender; an IPv6 address stands in brackets. */
export function senderText({ address, port }: Pick<Sender, "address" | "port">): string {
  return `${isIPv6(address) ? `[${address}]` : address}:${port}`;
}

async function bind(socket: Socket, { host, port, change }: { host: string; port: number; change: TakenPort["change"] }): Promise<void> {
  try {
    const listening = once(socket, "listening");
    socket.bind(port, host);
    await listening;
  } catch (error) {
    socket.close();
    const code = bindFault(error);
    const todo = code === "port_taken" ? await explainTakenPort({ protocol: "udp", port, change }) : (advice[code] ?? networkFault(error, host));
    throw new TelemetryError(code, `cannot listen on UDP ${host}:${port}: ${todo}`, { cause: error });
  }
}

const advice: Partial<Record<TelemetryErrorCode, string>> = {
  denied: "this port needs more rights; choose one above 1023",
  no_address: "this machine does not have this address; use 127.0.0.1, or 0.0.0.0 for all",
};

function bindFault(error: unknown): TelemetryErrorCode {
  switch (error instanceof Error && "code" in error ? error.code : undefined) {
    case "EADDRINUSE":
      return "port_taken";
    case "EACCES":
      return "denied";
    case "EADDRNOTAVAIL":
      return "no_address";
    default:
      return "udp";
  }
}

/**
 * Requests a receive buffer, halving the size while the kernel refuses (Linux clips silently, macOS refuses); returns the
 * granted size.
 */
function askForBuffer(socket: Socket, bytes: number): number {
  for (let size = bytes; size >= 65_536; size /= 2) {
    try {
      socket.setRecvBufferSize(Math.floor(size));
      break;
    } catch {
      // Refused: try the next, smaller size. The result is read back below.
    }
  }
  return socket.getRecvBufferSize();
}
