import { createSocket } from "node:dgram";
import type { RemoteInfo } from "node:dgram";
import createMdns from "multicast-dns";
import type { FullPacket } from "multicast-dns";
import { messageOf } from "@vj/schema";
import { mdnsFault } from "./mdns-fault.ts";
import { createPacketBudget } from "./packet-budget.ts";
import type { Outgoing, Packet } from "./packet.ts";
import type { Reach } from "./service.ts";

/** Multicast DNS on one address of this machine. */
export interface MdnsPort {
  /** Sends to the group, or to one program that asked from a port of its own. Never throws. */
  send(packet: Outgoing, to?: { readonly address: string; readonly port: number }): void;
  /** Resolves when everything was sent and the socket is closed. */
  close(): Promise<void>;
}

/**
 * Opens the port of multicast DNS (5353, shared with other programs) on one address of this machine.
 * @param onPacket gets every packet; what it throws goes to `onProblem`
 */
export function openMdnsPort(address: string, reach: Reach, onPacket: (packet: Packet, from: RemoteInfo) => void, onProblem: (text: string) => void): MdnsPort {
  const report = (error: unknown): void => onProblem(`multicast DNS on ${address}: ${messageOf(error)}`);
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  const mdns = createMdns({ socket, interface: address, bind: "0.0.0.0" });
  const budget = createPacketBudget();
  const decoders = socket.listeners("message");
  socket.removeAllListeners("message");
  // Before a packet is decoded, which is what costs.
  socket.on("message", (bytes, from) => {
    const leftOut = budget(bytes.byteLength, performance.now());
    if (leftOut !== undefined) onProblem(`multicast DNS on ${address}: ${leftOut}`);
    else for (const decode of decoders) Reflect.apply(decode, socket, [bytes, from]);
  });
  const sending = new Set<Promise<void>>();
  let isClosed = false;
  mdns.on("error", report);
  mdns.on("warning", (error: unknown) => onProblem(mdnsFault(address, error)));
  mdns.on("packet", ({ type = "query", id = 0, questions = [], answers = [], additionals = [] }: FullPacket, from: RemoteInfo) => {
    try {
      if (!isClosed) onPacket({ type, id, questions, records: [...answers, ...additionals] }, from);
    } catch (error) {
      report(error);
    }
  });
  const ready = new Promise<void>((resolve) => {
    mdns.once("ready", resolve);
    mdns.once("error", () => resolve());
  }).then(() => {
    // 0: the system hands datagrams to the programs of this machine, and to no network.
    if (reach === "machine" && !isClosed) socket.setMulticastTTL(0);
  }).catch(report);
  return {
    send: (packet, to) => {
      const sent = ready.then(() => new Promise<void>((resolve, reject) => {
        const done = (error: Error | null): void => (error instanceof Error ? reject(error) : resolve());
        if (packet.type === "query") mdns.query({ questions: [], ...packet }, to, done);
        else mdns.respond({ answers: [], ...packet }, to, done);
      })).catch(report).finally(() => sending.delete(sent));
      sending.add(sent);
    },
    close: async () => {
      isClosed = true;
      await ready;
      await Promise.all(sending);
      await new Promise<void>((resolve) => mdns.destroy(resolve));
    },
  };
}
