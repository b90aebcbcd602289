import { createSocket } from "node:dgram";
import type { Socket } from "node:dgram";
import { once } from "node:events";
import { decode, encode } from "@vj/telemetry";
import { onTestFinished } from "vitest";

type Value = number | string;

/** VirtualDJ as far as its OSC goes: answers questions, pushes what is subscribed to. */
export class StandInVirtualDj {
  /** What a verb comes to, also as it is at the time of the question. */
  readonly values = new Map<string, Value | (() => Value)>();
  readonly subscribed = new Set<string>();
  /** Number of answered position queries. */
  answered = 0;
  /** Whether its OSC is on. */
  on = true;
  /** Where it sends to; 0: back to the sender. */
  backPort = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("message", (bytes, sender) => {
      if (!this.on) return;
      const decoded = decode(bytes);
      const [, kind, verb = ""] = /^\/vdj\/(query|subscribe|unsubscribe)\/(.+)$/.exec(decoded.ok ? (decoded.messages[0]?.address ?? "") : "") ?? [];
      if (kind === "subscribe") this.subscribed.add(verb);
      if (kind === "unsubscribe") this.subscribed.delete(verb);
      if (kind === "query" && verb.endsWith("/song_pos")) this.answered += 1;
      if (kind === "query") this.say(verb, this.#value(verb), this.backPort === 0 ? sender.port : this.backPort);
    });
  }

  static async start(): Promise<StandInVirtualDj> {
    const socket = createSocket("udp4").bind(0, "127.0.0.1");
    await once(socket, "listening");
    const virtualdj = new StandInVirtualDj(socket);
    onTestFinished(() => virtualdj.stop());
    return virtualdj;
  }

  get port(): number {
    return this.#socket.address().port;
  }

  deck(number: number, values: Record<string, Value | (() => Value)>): void {
    for (const [name, value] of Object.entries(values)) {
      const verb = `deck/${number}/${name}`;
      this.values.set(verb, value);
      if (this.subscribed.has(verb) && this.backPort !== 0) this.say(verb, this.#value(verb), this.backPort);
    }
  }

  say(verb: string, value: Value, port: number): void {
    const tag = typeof value === "string" ? "s" : "f";
    const encoded = encode(`/vdj/${verb}`, { args: [{ name: "value", tag }], kind: "event", description: "" }, [value]);
    if (encoded.ok) this.#socket.send(encoded.bytes, port, "127.0.0.1");
  }

  #value(verb: string): Value {
    const value = this.values.get(verb) ?? "";
    return typeof value === "function" ? value() : value;
  }

  stop(): void {
    try {
      this.#socket.close();
    } catch {
      // Stopped by the test already.
    }
  }
}

/** A UDP port that nobody has. */
export async function freePort(): Promise<number> {
  const socket = createSocket("udp4").bind(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  await new Promise<void>((resolve) => socket.close(resolve));
  return port;
}
