import { statSync } from "node:fs";
import path from "node:path";
import dbus from "@particle/dbus-next";
import type { Message, MessageBus } from "@particle/dbus-next";
import { guardReading } from "./guard-reading.ts";

/** A desktop that answers at all answers within this time, ms. */
const callMs = 2000;
const daemon = { destination: "org.freedesktop.DBus", path: "/org/freedesktop/DBus", interface: "org.freedesktop.DBus" } as const;

/** A call that was refused or not answered. */
class BusError extends Error {}

/** A call of a method. */
export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  /** Types of the arguments, as D-Bus writes them. */
  readonly signature?: string;
  readonly body?: unknown[];
}

/** A signal on the bus. */
export interface Signal {
  /** The connection that sent it, such as `:1.7`. */
  readonly sender: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly body: readonly unknown[];
}

export interface SessionBusEvents {
  onSignal(signal: Signal): void;
  /** A message could not be read, and was left out. */
  onUnreadable(error: unknown): void;
  /** The connection is lost; nothing comes after this. */
  onLost(reason: string): void;
}

/** The session bus of the desktop, as far as a reader of players needs it. */
export class SessionBus {
  readonly #bus: MessageBus;
  #closed = false;

  private constructor(bus: MessageBus, { onSignal, onLost }: SessionBusEvents) {
    this.#bus = bus;
    bus.on("error", (error: unknown) => {
      if (this.#closed) return;
      this.close();
      onLost(reasonOf(error));
    });
    bus.on("message", (message: Message) => {
      if (this.#closed || message.type !== dbus.MessageType.SIGNAL) return;
      const { sender, path, member, body } = message;
      onSignal({ sender, path, interface: message.interface, member, body });
    });
  }

  /**
   * Connects to the bus of this session.
   * @throws BusError when there is none.
   */
  static async open(events: SessionBusEvents, address = sessionAddress()): Promise<SessionBus> {
    // Without an address the library would look for a display and read files of X11.
    if (address === "") throw new BusError("there is no desktop session (DBUS_SESSION_BUS_ADDRESS is not set)");
    let bus: MessageBus;
    try {
      bus = dbus.sessionBus({ busAddress: address });
    } catch (error) {
      throw new BusError(`the session bus cannot be reached: ${reasonOf(error)}`, { cause: error });
    }
    guardReading(bus, events.onUnreadable);
    try {
      await limited(new Promise<void>((resolve, reject) => bus.once("connect", resolve).once("error", reject)), "the session bus");
    } catch (error) {
      bus.on("error", () => {});
      bus.disconnect();
      throw new BusError(`the session bus cannot be reached: ${reasonOf(error)}`, { cause: error });
    }
    return new SessionBus(bus, events);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#bus.disconnect();
  }

  /** Asks for the signals that fit a match rule. @throws BusError */
  async match(rule: string): Promise<void> {
    await this.call({ ...daemon, member: "AddMatch", signature: "s", body: [rule] });
  }

  /** Every name on the bus. @throws BusError */
  async names(): Promise<string[]> {
    const [names] = await this.call({ ...daemon, member: "ListNames" });
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  }

  /** The connection that has a name, such as `:1.7`. @throws BusError when nobody has it. */
  async owner(name: string): Promise<string> {
    const [owner] = await this.call({ ...daemon, member: "GetNameOwner", signature: "s", body: [name] });
    return String(owner);
  }

  /** Calls a method. @throws BusError when it is refused or not answered in time. */
  async call(call: Call): Promise<readonly unknown[]> {
    if (this.#closed) throw new BusError("the session bus is closed");
    try {
      const reply = await limited(this.#bus.call(new dbus.Message(call)), call.destination);
      return reply?.body ?? [];
    } catch (error) {
      if (error instanceof BusError) throw error;
      throw new BusError(`${call.destination}: ${reasonOf(error)}`, { cause: error });
    }
  }
}

/**
 * Address of the session bus. A shell that came over the network, or a service, does not have the variable: then the socket at its
 * usual place counts, where it is ours. Set to nothing, it says that there is none.
 */
function sessionAddress({ DBUS_SESSION_BUS_ADDRESS: address, XDG_RUNTIME_DIR: runtimeDir } = process.env): string {
  if (address !== undefined) return address;
  const socket = path.join(runtimeDir ?? `/run/user/${process.getuid?.() ?? 0}`, "bus");
  // As big integers: see `asBigInts` of @vj/control.
  const stats = statSync(socket, { bigint: true, throwIfNoEntry: false });
  return stats?.isSocket() === true && Number(stats.uid) === process.getuid?.() ? `unix:path=${socket}` : "";
}

async function limited<T>(answer: Promise<T>, who: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BusError(`${who} does not answer`)), callMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
