import { createSocket } from "node:dgram";
import type { RemoteInfo, Socket } from "node:dgram";
import { discoveryGroup } from "./discovery-message.ts";
import type { Endpoint } from "./discovery-message.ts";
import { addressToward, localAddresses } from "./interfaces.ts";
import type { LocalAddress } from "./interfaces.ts";

/** Listeners of the sockets. None may throw. */
export interface SocketListeners {
  /** A datagram that came to the group or to one of the own addresses. `via` is the own address toward the sender. */
  onDatagram(bytes: Buffer, from: Endpoint, via: string): void;
  /** A fault for a person, once while it lasts. */
  onProblem(text: string): void;
}

/** One socket that listens to the group, and one for every own address that sends and answers. */
export class Sockets {
  readonly #chosen: readonly string[];
  readonly #listeners: SocketListeners;
  readonly #group = createSocket({ type: "udp4", reuseAddr: true });
  readonly #own = new Map<string, { readonly local: LocalAddress; readonly socket: Socket; port: number }>();
  readonly #problems = new Map<string, string>();

  constructor(chosen: readonly string[], listeners: SocketListeners) {
    this.#chosen = chosen;
    this.#listeners = listeners;
  }

  /** Opens them. @throws the system's error when the group's port is taken by a program that does not share it */
  async open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#group.once("error", (error) => {
        this.#group.close();
        reject(error);
      });
      this.#group.bind(discoveryGroup.port, () => {
        this.#group.removeAllListeners("error");
        resolve();
      });
    });
    this.#group.on("error", (error) => this.#report("group", error));
    this.#group.on("message", (bytes, from) => this.#receive(bytes, from));
    await this.refresh();
  }

  /** Follows interfaces that came and went since. */
  async refresh(): Promise<void> {
    const now = localAddresses(this.#chosen);
    for (const [address, { socket }] of this.#own) {
      if (now.some((local) => local.address === address)) continue;
      this.#own.delete(address);
      this.#problems.delete(address);
      socket.close();
    }
    this.#checkChosen(now);
    const which = this.#chosen.length === 0 ? "this machine" : this.#chosen.join(", ");
    if (now.length === 0) this.#report("this network", `${which} has no IPv4 address now; Link goes on when there is one`);
    else this.#problems.delete("this network");
    await Promise.all(now.filter(({ address }) => !this.#own.has(address)).map((local) => this.#openOn(local)));
  }

  /** Faults that last. */
  get problems(): string[] {
    return [...this.#problems].map(([about, text]) => explain(about, text));
  }

  /** Own addresses, and the port of each at which others are answered. */
  endpoints(): Endpoint[] {
    return [...this.#own].map(([address, { port }]) => ({ address, port }));
  }

  /** Sends from one of the own addresses. A failure is reported, never thrown. */
  send(bytes: Buffer, to: Endpoint, via: string): void {
    const own = this.#own.get(via);
    own?.socket.send(bytes, to.port, to.address, (error) => {
      // What goes to one peer may arrive while nothing reaches the group.
      if (error === null && to === discoveryGroup) this.#problems.delete(via);
      else if (error !== null) this.#report(via, error);
    });
  }

  /** The own address that reaches `remote`. */
  toward(remote: string): string | undefined {
    const locals = [...this.#own.values()].map(({ local }) => local);
    return (addressToward(remote, locals) ?? locals.find(({ address }) => !address.startsWith("127.")))?.address;
  }

  async close(): Promise<void> {
    const all = [this.#group, ...[...this.#own.values()].map(({ socket }) => socket)];
    this.#own.clear();
    await Promise.all(all.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  }

  #checkChosen(now: readonly LocalAddress[]): void {
    for (const one of this.#chosen) {
      const isThere = now.some(({ name, address }) => name === one || address === one);
      // Without any address the fault below is enough.
      if (isThere || now.length === 0) this.#problems.delete(one);
      else this.#report(one, "this machine has no such interface with an IPv4 address now; the others are used");
    }
  }

  async #openOn(local: LocalAddress): Promise<void> {
    const socket = createSocket("udp4");
    socket.on("error", (error) => this.#report(local.address, error));
    socket.on("message", (bytes, from) => this.#receive(bytes, from, local.address));
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once("error", reject);
        socket.bind(0, local.address, () => {
          socket.off("error", reject);
          resolve();
        });
      });
      socket.setMulticastInterface(local.address);
      socket.setMulticastLoopback(true);
      this.#join(local.address);
      this.#own.set(local.address, { local, socket, port: socket.address().port });
    } catch (error) {
      this.#report(local.address, error);
      socket.close();
    }
  }

  // An address that went and came back is still a member.
  #join(address: string): void {
    try {
      this.#group.addMembership(discoveryGroup.address, address);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }

  #receive(bytes: Buffer, { address, port }: RemoteInfo, via = this.toward(address)): void {
    if (via !== undefined) this.#listeners.onDatagram(bytes, { address, port }, via);
  }

  #report(about: string, error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    if (this.#problems.get(about) === text) return;
    this.#problems.set(about, text);
    this.#listeners.onProblem(explain(about, text));
  }
}

function explain(about: string, text: string): string {
  return `Link on ${about}: ${text}`;
}
