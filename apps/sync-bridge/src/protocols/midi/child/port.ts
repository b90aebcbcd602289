import { messageOf } from "@vj/schema";
import type { PortState } from "../child-messages.ts";
import type { MidiPorts } from "./library.ts";

/** The name of a port of our own. */
export const ownPortName = "vj-bus";

/** Keeps one port open: a named one is waited for, and again when it goes away. */
export class Port {
  readonly #ports: MidiPorts;
  readonly #wanted: string;
  #open: string | undefined;
  #problem: Omit<PortState, "name"> = {};

  /** @param wanted the port's name or a part of it; "": a port of our own */
  constructor(ports: MidiPorts, wanted: string) {
    this.#ports = ports;
    this.#wanted = wanted;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  get state(): PortState {
    return this.#open === undefined ? { name: null, ...this.#problem } : { name: this.#open };
  }

  /** Opens or closes it as the system's list of ports says; call it now and then. */
  check(): void {
    try {
      if (this.#wanted === "") this.#openOwn();
      else this.#openNamed();
      if (this.#open !== undefined) this.#problem = {};
    } catch (error) {
      this.fail(error);
    }
  }

  /** It does not work any more; `check` tries again. */
  fail(error: unknown): void {
    if (this.#open !== undefined) this.close();
    this.#problem = { problem: messageOf(error) };
  }

  close(): void {
    this.#open = undefined;
    try {
      this.#ports.closePort();
    } catch {
      // It was gone already.
    }
  }

  #openOwn(): void {
    if (this.#open !== undefined) return;
    this.#ports.openVirtualPort(ownPortName);
    this.#open = ownPortName;
  }

  #openNamed(): void {
    const names = Array.from({ length: this.#ports.getPortCount() }, (_, port) => this.#ports.getPortName(port));
    if (this.#open !== undefined && !names.includes(this.#open)) this.close();
    if (this.#open !== undefined) return;
    const number = findPort(names, this.#wanted);
    const name = number === undefined ? undefined : names[number];
    if (number === undefined || name === undefined) {
      const known = names.map((one) => `"${one}"`).join(", ");
      this.#problem = {
        problem: `there is no MIDI port "${this.#wanted}"; ${known === "" ? "there are none at all" : `there are ${known}`}`,
        todo: "plug it in, or choose another port; it is opened as soon as it is there",
      };
      return;
    }
    this.#ports.openPort(number);
    this.#open = name;
  }
}

/** The port of this name, else the first whose name contains it; upper and lower case are the same. */
export function findPort(names: readonly string[], wanted: string): number | undefined {
  const lower = names.map((name) => name.toLowerCase());
  const exact = lower.indexOf(wanted.toLowerCase());
  const found = exact >= 0 ? exact : lower.findIndex((name) => name.includes(wanted.toLowerCase()));
  return found < 0 ? undefined : found;
}
