import type { RemoteInfo } from "node:dgram";
import { networkInterfaces } from "node:os";
import { openMdnsPort } from "./mdns-port.ts";
import type { MdnsPort } from "./mdns-port.ts";
import type { Outgoing, Packet } from "./packet.ts";
import type { WireOptions } from "./wire-options.ts";

/** Addresses are looked at again so often, ms. */
const refreshMs = 5000;

/** The own address on which a packet came, and how to answer on it: to the group, or to one program. */
export interface Via {
  readonly address: string;
  send(packet: Outgoing, to?: RemoteInfo): void;
}

/** Gets every packet. What it throws is reported. */
export type OnPacket = (packet: Packet, from: RemoteInfo, via: Via) => void;

/** Multicast DNS on all chosen addresses of this machine; those that come and go are followed. */
export class Wire {
  readonly #options: WireOptions;
  readonly #onPacket: OnPacket;
  readonly #onOpened: (address: string) => void;
  readonly #ports = new Map<string, MdnsPort>();
  readonly #reported = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param onOpened is called when an address was not there before
   */
  constructor(options: WireOptions, onPacket: OnPacket, onOpened: (address: string) => void) {
    this.#options = options;
    this.#onPacket = onPacket;
    this.#onOpened = onOpened;
  }

  open(): void {
    this.#timer = setInterval(() => this.refresh(), refreshMs);
    this.refresh();
  }

  /** Follows addresses that came or went since. */
  refresh(): void {
    const now = localAddresses(this.#options.interfaces);
    if (now.length === 0) this.#report("no such interface has an IPv4 address now; it goes on when one has");
    for (const [address, port] of this.#ports) {
      if (now.includes(address)) continue;
      this.#ports.delete(address);
      void port.close();
    }
    for (const address of now) if (!this.#ports.has(address)) this.#open(address);
  }

  /** The open addresses. */
  addresses(): string[] {
    return [...this.#ports.keys()];
  }

  /** Sends on every address, what `packetFor` makes for it. */
  send(packetFor: (address: string) => Outgoing): void {
    for (const [address, port] of this.#ports) port.send(packetFor(address));
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    await Promise.all(ports.map((port) => port.close()));
  }

  #open(address: string): void {
    const port = openMdnsPort(
      address,
      this.#options.reach ?? "machine",
      (packet, from) => this.#onPacket(packet, from, { address, send: (reply, to) => port.send(reply, to) }),
      (text) => this.#report(text),
    );
    this.#ports.set(address, port);
    this.#onOpened(address);
  }

  #report(text: string): void {
    const now = performance.now();
    if (now - (this.#reported.get(text) ?? -Infinity) < 600_000) return;
    if (this.#reported.size > 100) this.#reported.clear();
    this.#reported.set(text, now);
    this.#options.onProblem(text);
  }
}

function localAddresses(chosen: readonly string[] = []): string[] {
  return Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses.filter(({ family, address }) => family === "IPv4" && (chosen.length === 0 || chosen.includes(name) || chosen.includes(address))).map(({ address }) => address),
  );
}
