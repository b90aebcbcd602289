import type { Answer, Question } from "./packet.ts";
import type { FoundService, ServiceType } from "./service.ts";

/** What a packet changed. */
export interface TableChanges {
  /** New, or known before with another place or other values. */
  readonly found: FoundService[];
  readonly lost: FoundService[];
  /** Questions about what was named and is not known yet. */
  readonly ask: Question[];
}

interface Entry {
  readonly fullName: string;
  /** IPv4 address from which it was announced. */
  from: string;
  /** It is forgotten then, when nothing confirms it, ms. */
  until: number;
  place?: { readonly port: number; readonly target: string };
  txt: Readonly<Record<string, string>>;
  service?: FoundService;
}

/** Services, and machines, that are known at once; further ones are left out. */
const limit = 256;
/** How long a name without a known place is kept, ms. */
const namelessMs = 10_000;

/** The services of one type, put together from the records of many packets. It has no clock: times are given, ms. */
export class ServiceTable {
  readonly #suffix: string;
  readonly #type: ServiceType;
  readonly #entries = new Map<string, Entry>();
  readonly #hosts = new Map<string, readonly string[]>();

  constructor(type: ServiceType) {
    this.#type = type;
    this.#suffix = `.${type}.local`;
  }

  /** Takes the records of one packet. @param from IPv4 address of its sender */
  take(records: readonly Answer[], from: string, now: number): TableChanges {
    const lost = records.flatMap((record) => (record.type === "PTR" || record.type === "SRV") && record.ttl === 0 ? (this.#remove(record.type === "PTR" ? record.data : record.name) ?? []) : []);
    const named = new Set<Entry>();
    for (const record of records) {
      const entry = this.#entryOf(record, from, now);
      if (entry === undefined) continue;
      named.add(entry);
      if (record.type === "SRV") {
        const { port, target } = record.data;
        Object.assign(entry, { place: { port, target }, until: now + (record.ttl ?? 0) * 1000, from });
      }
      if (record.type === "TXT") entry.txt = readTxt(record.data);
    }
    const hosts = this.#takeHosts(records);
    const found = [...this.#entries.values()].filter((entry) => named.has(entry) || hosts.has(entry.place?.target.toLowerCase() ?? "")).flatMap((entry) => this.#renew(entry) ?? []);
    return { found, lost, ask: [...named].flatMap((entry) => this.#unknownOf(entry)) };
  }

  /** Forgets what was not confirmed in time, and gives it. */
  expire(now: number): FoundService[] {
    return [...this.#entries.values()].filter(({ until }) => until < now).flatMap(({ fullName }) => this.#remove(fullName) ?? []);
  }

  /** The entry that a record is about, made when it is new; undefined for records about something else. */
  #entryOf(record: Answer, from: string, now: number): Entry | undefined {
    if (record.type !== "PTR" && record.type !== "SRV" && record.type !== "TXT") return undefined;
    const fullName = record.type === "PTR" ? record.data : record.name;
    const key = fullName.toLowerCase();
    if (record.ttl === 0 || key.length <= this.#suffix.length || !key.endsWith(this.#suffix.toLowerCase())) return undefined;
    const known = this.#entries.get(key);
    if (known !== undefined || this.#entries.size >= limit) return known;
    const entry: Entry = { fullName, from, until: now + namelessMs, txt: {} };
    this.#entries.set(key, entry);
    return entry;
  }

  #takeHosts(records: readonly Answer[]): Set<string> {
    const addresses = new Map<string, string[]>();
    for (const record of records) {
      if (record.type !== "A" || record.ttl === 0) continue;
      const host = record.name.toLowerCase();
      addresses.set(host, [...(addresses.get(host) ?? []), record.data]);
    }
    for (const [host, list] of addresses) if (this.#hosts.has(host) || this.#hosts.size < limit) this.#hosts.set(host, list.slice(0, 16));
    return new Set(addresses.keys());
  }

  #renew(entry: Entry): FoundService | undefined {
    if (entry.place === undefined) return undefined;
    const { port, target } = entry.place;
    const addresses = this.#hosts.get(target.toLowerCase()) ?? [entry.from];
    const service = { name: entry.fullName.slice(0, -this.#suffix.length), type: this.#type, host: target, port, addresses, txt: entry.txt };
    if (JSON.stringify(service) === JSON.stringify(entry.service)) return undefined;
    entry.service = service;
    return service;
  }

  #unknownOf({ place, fullName }: Entry): Question[] {
    if (place === undefined) return [{ type: "SRV", name: fullName }, { type: "TXT", name: fullName }];
    return this.#hosts.has(place.target.toLowerCase()) ? [] : [{ type: "A", name: place.target }];
  }

  #remove(fullName: string): FoundService | undefined {
    const entry = this.#entries.get(fullName.toLowerCase());
    this.#entries.delete(fullName.toLowerCase());
    const host = entry?.place?.target.toLowerCase();
    if (host !== undefined && ![...this.#entries.values()].some(({ place }) => place?.target.toLowerCase() === host)) this.#hosts.delete(host);
    return entry?.service;
  }
}

/** The values of a TXT record (RFC 6763: `key=value`; a key alone has an empty value; the first of a name counts). */
function readTxt(data: unknown): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  for (const part of Array.isArray(data) ? data : [data]) {
    const [key = "", ...rest] = (part instanceof Uint8Array ? Buffer.from(part).toString() : String(part)).split("=");
    if (key !== "" && !(key in values)) values[key] = rest.join("=");
  }
  return { ...values };
}
