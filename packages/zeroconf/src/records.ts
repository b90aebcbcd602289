import type { Answer, Place, Question } from "./packet.ts";
import type { Service } from "./service.ts";

/** The records of one service, by what they are for. */
export interface ServiceRecords {
  /** `Name._osc._udp.local`. */
  readonly fullName: string;
  readonly pointer: Answer;
  /** Names the type to programs that list all types. Shared with other services of the type, so it is never withdrawn. */
  readonly enumeration: Answer;
  readonly place: Place;
  readonly txt: Answer;
  readonly addresses: readonly Answer[];
}

/** Seconds for which others may keep a record: short for those that name a place. */
const ttl = { place: 120, rest: 4500 };

/** What a service announces about itself. @param host `stage.local` @param addresses IPv4 */
export function recordsOf({ name, type, port, txt = {} }: Service, host: string, addresses: readonly string[]): ServiceRecords {
  const typeName = `${type}.local`;
  const fullName = `${name}.${typeName}`;
  const pairs = Object.entries(txt).map(([key, value]) => `${key}=${value}`);
  return {
    fullName,
    pointer: { type: "PTR", name: typeName, ttl: ttl.rest, data: fullName },
    enumeration: { type: "PTR", name: "_services._dns-sd._udp.local", ttl: ttl.rest, data: typeName },
    place: { type: "SRV", name: fullName, ttl: ttl.place, flush: true, data: { port, target: host, priority: 0, weight: 0 } },
    txt: { type: "TXT", name: fullName, ttl: ttl.rest, flush: true, data: pairs.length === 0 ? [""] : pairs },
    addresses: addresses.map((data) => ({ type: "A", name: host, ttl: ttl.place, flush: true, data })),
  };
}

/** All records: for an announcement. */
export function announcementOf({ pointer, enumeration, place, txt, addresses }: ServiceRecords): Answer[] {
  return [pointer, enumeration, place, txt, ...addresses];
}

/** The records by which others learn that the service has gone. */
export function goodbyeOf({ pointer, place, txt }: ServiceRecords): Answer[] {
  return [pointer, place, txt].map((record) => ({ ...record, ttl: 0 }));
}

/** What answers a question, and what will be asked next; undefined when the question is not about this service. */
export function answerTo(question: Question, records: ServiceRecords): { readonly answers: Answer[]; readonly additionals: Answer[] } | undefined {
  const { pointer, enumeration, place, txt, addresses } = records;
  const type: string = question.type;
  const answers = [pointer, enumeration, place, txt, ...addresses].filter(
    (record) => sameName(record.name, question.name) && (type === "ANY" || type === record.type),
  );
  if (answers.length === 0) return undefined;
  const more = answers.includes(pointer) ? [place, txt, ...addresses] : answers.includes(place) ? addresses : [];
  return { answers, additionals: more.filter((record) => !answers.includes(record)) };
}

/** Names of DNS are the same in capitals and small letters. */
export function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
