import { hostname } from "node:os";
import type { RemoteInfo } from "node:dgram";
import { Announcing } from "./announcing.ts";
import type { Packet } from "./packet.ts";
import { answerTo, announcementOf, goodbyeOf, recordsOf } from "./records.ts";
import type { ServiceRecords } from "./records.ts";
import { faultOf } from "./service.ts";
import type { Service } from "./service.ts";
import { Wire } from "./wire.ts";
import type { WireOptions } from "./wire-options.ts";
import type { Via } from "./wire.ts";

/** What is announced, and until when. */
export interface AnnounceOptions extends WireOptions {
  readonly services: readonly Service[];
  /** Ends it, as `close` does. */
  readonly signal?: AbortSignal | undefined;
}

/** Services that others can find, until it is closed. */
export interface Announcement extends AsyncDisposable {
  /** The names under which they are found by now, in the order given; undefined while a name is still tried, or could not be had. */
  names(): (string | undefined)[];
  /** Withdraws them and closes every socket. Never rejects. */
  close(): Promise<void>;
}

/** Questions of one packet that are looked at. */
const mostQuestions = 64;
/** Questions that are answered in one second, at most. */
const answersPerSecond = 50;

/**
 * Announces services, and answers those who ask. Never throws: a service that cannot be announced, a taken port and a missing network
 * are reported to `onProblem`, and everything else goes on.
 */
export function announce({ services, signal, ...options }: AnnounceOptions): Announcement {
  const host = `${(hostname().split(".")[0] ?? "").replaceAll(/[^a-z0-9-]/gi, "-") || "vj"}.local`;
  const faults = services.map(faultOf);
  for (const fault of faults) if (fault !== undefined) options.onProblem(fault);
  const recordsAt = (service: Service, address: string): ServiceRecords => recordsOf(service, host, [options.reach === "network" ? address : "127.0.0.1"]);
  const all = services.map((service, index) =>
    faults[index] !== undefined ? undefined : new Announcing(service, {
      ask: (name) => wire.send(() => ({ type: "query", questions: [{ name: recordsAt({ ...service, name }, "").fullName, type: "SRV" }] })),
      announce: (named) => wire.send((address) => ({ type: "response", answers: announcementOf(recordsAt(named, address)) })),
      onProblem: options.onProblem,
    }));
  const named = (): Service[] => all.flatMap((one) => one?.named() ?? []);

  let second = 0;
  let answered = 0;
  const answer = ({ id, questions: asked }: Packet, from: RemoteInfo, via: Via): void => {
    const questions = asked.slice(0, mostQuestions);
    const now = Math.floor(performance.now() / 1000);
    if (now !== second) [second, answered] = [now, 0];
    for (const service of named()) {
      const found = questions.flatMap((question) => answerTo(question, recordsAt(service, via.address)) ?? []);
      if (found.length === 0 || (answered += 1) > answersPerSecond) continue;
      const [answers, additionals] = [found.flatMap((one) => one.answers), found.flatMap((one) => one.additionals)];
      if (from.port === 5353) via.send({ type: "response", answers, additionals });
      // One who asks from a port of its own knows DNS only: its question comes back, and nothing is to be flushed from its memory.
      else via.send({ type: "response", id, questions: [...questions], answers: [...answers, ...additionals].map((record) => ("flush" in record ? { ...record, flush: false } : record)) }, from);
    }
  };
  const wire = new Wire(
    options,
    (packet, from, via) => {
      if (packet.type === "query") answer(packet, from, via);
      else for (const one of all) one?.onAnswers(packet.records, host);
    },
    () => {
      for (const one of all) one?.again();
    },
  );
  wire.open();
  for (const one of all) one?.start();

  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    signal?.removeEventListener("abort", close);
    closing ??= (async () => {
      const gone = named();
      for (const one of all) one?.stop();
      if (gone.length > 0) wire.send((address) => ({ type: "response", answers: gone.flatMap((service) => goodbyeOf(recordsAt(service, address))) }));
      await wire.close();
    })();
    return closing;
  };
  signal?.addEventListener("abort", close);
  if (signal?.aborted === true) void close();
  return { names: () => all.map((one) => one?.named()?.name), close, [Symbol.asyncDispose]: close };
}
