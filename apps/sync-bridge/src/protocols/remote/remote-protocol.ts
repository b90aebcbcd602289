import type { RemoteInfo } from "node:dgram";
import { decode } from "@vj/telemetry";
import type { OscMessage, OscValue } from "@vj/telemetry";
import type { ReportedCondition } from "@vj/worker";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";
import { readAddress } from "./address.ts";
import type { RemoteValue } from "./convert.ts";
import { PerSecond, PerSender } from "./rate.ts";
import { RemoteCommands } from "./remote-commands.ts";
import { RemotePort } from "./remote-port.ts";
import { encodeReply, replyAddress } from "./reply.ts";

/** Longest datagram that is read; a command has a few hundred bytes. */
const longestDatagram = 2048;
/** Messages of one bundle that are read. */
const bundledMessages = 16;
/** Datagrams that are looked at in a second, of all senders: more would cost the rig's beats. */
const datagramsPerSecond = 2000;
/** Types of values that commands take: numbers, texts, flags. */
const takenTags = /^[ifdhsSTF]*$/;

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
  readonly #senders: PerSender;
  readonly #counts = { datagrams: 0, done: 0, released: 0, malformed: 0, not_allowed: 0, bad_arguments: 0, away: 0, refused: 0, too_many: 0 };
  #last: { readonly from: string; readonly address: string; readonly ok: boolean; readonly text: string } | undefined;

  constructor(context: ProtocolContext) {
    this.#context = context;
    const { remote_host: host, remote_port: port, remote_rate: rate } = context.config;
    this.#commands = new RemoteCommands(context);
    this.#senders = new PerSender(Math.ceil(rate / 2));
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
    const { problem } = this.#port;
    return problem === undefined ? undefined : { level: "degraded", text: problem };
  }

  close(): Promise<void> {
    return this.#port.close();
  }

  #take(bytes: Uint8Array, from: RemoteInfo, answer: (bytes: Uint8Array) => void): void {
    this.#counts.datagrams += 1;
    if (!this.#all.admit(performance.now())) {
      this.#counts.too_many += 1;
      return;
    }
    const decoded = bytes.byteLength > longestDatagram ? undefined : decode(bytes);
    if (decoded === undefined || !decoded.ok) {
      this.#counts.malformed += 1;
      return;
    }
    this.#counts.too_many += Math.max(0, decoded.messages.length - bundledMessages);
    for (const message of decoded.messages.slice(0, bundledMessages)) this.#run(message, from, answer);
  }

  #run(message: OscMessage, from: RemoteInfo, answer: (bytes: Uint8Array) => void): void {
    // Otherwise two remotes would answer each other for ever.
    if (message.address === replyAddress) return;
    // Answers count too: nobody can make us send more than commands are allowed.
    if (!this.#senders.admit(from.address, performance.now())) {
      this.#counts.too_many += 1;
      return;
    }
    const address = readAddress(message.address);
    const values = valuesOf(message);
    if (address === undefined || values === undefined) {
      this.#counts.bad_arguments += 1;
      const text = address === undefined ? "the address is not understood; use /vj/<worker>/<command>" : "takes numbers, texts and flags only";
      return this.#answer(message, from, { isOk: false, text }, answer);
    }
    void this.#commands.run(address, values).then(({ kind, isOk, text }) => {
      this.#counts[kind] += 1;
      if (kind !== "released") this.#answer(message, from, { isOk, text }, answer);
    });
  }

  #answer({ address }: OscMessage, from: RemoteInfo, { isOk, text }: { isOk: boolean; text: string }, answer: (bytes: Uint8Array) => void): void {
    this.#last = { from: `${from.address}:${from.port}`, address: address.slice(0, 200), ok: isOk, text };
    const bytes = encodeReply(address, isOk, text);
    if (bytes !== undefined) answer(bytes);
  }
}

function valuesOf({ tags, args }: OscMessage): RemoteValue[] | undefined {
  if (!takenTags.test(tags)) return undefined;
  return args.every(isRemoteValue) ? args.filter(isRemoteValue) : undefined;
}

function isRemoteValue(value: OscValue): value is RemoteValue {
  return typeof value === "number" || typeof value === "string" || typeof value === "boolean";
}
