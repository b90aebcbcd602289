import type { RemoteInfo } from "node:dgram";
import type { ReportedCondition } from "@vj/worker";
import { plainHost } from "@vj/schema";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";
import { PerSecond, PerSender } from "./rate.ts";
import { RemoteCommands } from "./remote-commands.ts";
import { RemotePort } from "./remote-port.ts";
import { encodeReply } from "./reply.ts";
import { readRequests } from "./request.ts";
import type { Request } from "./request.ts";

/** Datagrams that are looked at in a second, of all senders: more would cost the rig's beats. */
const datagramsPerSecond = 2000;
/** The same of one address: a flood of one must not keep out the others. */
const senderDatagramsPerSecond = 300;
/** How long a flood is reported after its last message, milliseconds. */
const floodMs = 10_000;

export const remoteProtocol: ProtocolDefinition = {
  name: "remote",
  restartedBy: ["remote_port", "remote_host", "remote_rate"],
  isOn: ({ remote_port: port }) => port !== 0,
  start: async (context) => new RemoteProtocol(context),
};

/** Commands by OSC, from fader boxes and phone apps. */
class RemoteProtocol implements Protocol {
  readonly #context: ProtocolContext;
  readonly #commands: RemoteCommands;
  readonly #port: RemotePort;
  readonly #all = new PerSecond(datagramsPerSecond);
  readonly #floods = new PerSender(senderDatagramsPerSecond);
  readonly #senders: PerSender;
  /** Datagrams with forged senders cannot make us send more than this to those. */
  readonly #refusals: PerSecond;
  readonly #counts = { datagrams: 0, done: 0, released: 0, malformed: 0, not_allowed: 0, bad_arguments: 0, away: 0, refused: 0, too_many: 0 };
  /** Who sent more than is looked at, and when last. */
  #flood: { readonly from: string; readonly at: number } | undefined;
  #last: { readonly from: string; readonly address: string; readonly ok: boolean; readonly text: string } | undefined;

  constructor(context: ProtocolContext) {
    this.#context = context;
    const { remote_host, remote_port: port, remote_rate: rate } = context.config;
    const host = plainHost(remote_host);
    this.#commands = new RemoteCommands(context);
    this.#senders = new PerSender(Math.ceil(rate / 2));
    this.#refusals = new PerSecond(rate);
    this.#port = new RemotePort({ host, port, onDatagram: (bytes, from, answer) => this.#take(bytes, from, answer) });
  }

  state(): Record<string, unknown> {
    return { port: this.#port.port, host: this.#context.config.remote_host, ...this.#counts, last: this.#last ?? null };
  }

  stats(): Record<string, unknown> {
    const { done, too_many: tooMany, not_allowed: notAllowed } = this.#counts;
    return { remote_done: done, remote_too_many: tooMany, remote_not_allowed: notAllowed };
  }

  condition(): ReportedCondition | undefined {
    const { problem, port } = this.#port;
    if (problem !== undefined) return { level: "degraded", text: problem };
    if (this.#flood === undefined || performance.now() - this.#flood.at > floodMs) {
      return port === 0 ? undefined : { level: "ok", text: `remote: UDP ${this.#context.config.remote_host}:${port}` };
    }
    return { level: "degraded", text: `the remote gets more messages than it looks at, most recently from ${this.#flood.from}; commands are lost`, todo: "end the program that sends them, or let no other machine in: vj config set sync_bridge remote_host=127.0.0.1" };
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  #take(bytes: Uint8Array, from: RemoteInfo, answer: (bytes: Uint8Array) => void): void {
    this.#counts.datagrams += 1;
    const now = performance.now();
    if (!this.#floods.admit(from.address, now) || !this.#all.admit(now)) {
      this.#counts.too_many += 1;
      this.#flood = { from: from.address, at: now };
      return;
    }
    const read = readRequests(bytes);
    if (read === undefined) this.#counts.malformed += 1;
    this.#counts.too_many += read?.left ?? 0;
    for (const request of read?.requests ?? []) this.#run(request, from, answer);
  }

  #run({ sentTo, command }: Request, from: RemoteInfo, answer: (bytes: Uint8Array) => void): void {
    // Answers count too, so no sender can make us send more often than commands are allowed.
    if (!this.#senders.admit(from.address, performance.now())) {
      this.#counts.too_many += 1;
      return;
    }
    const say = (isOk: boolean, text: string): void => {
      this.#last = { from: `${from.address}:${from.port}`, address: sentTo, ok: isOk, text };
      if (!isOk && !this.#refusals.admit(performance.now())) return;
      const bytes = encodeReply(sentTo, isOk, text);
      if (bytes !== undefined) answer(bytes);
    };
    if ("fault" in command) {
      this.#counts.bad_arguments += 1;
      return say(false, command.fault);
    }
    void this.#commands.run(command.address, command.values).then(({ kind, isOk, text }) => {
      this.#counts[kind] += 1;
      if (kind !== "released") say(isOk, text);
    });
  }
}
