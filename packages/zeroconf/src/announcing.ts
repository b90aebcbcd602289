import type { Answer, Place } from "./packet.ts";
import { recordsOf, sameName } from "./records.ts";
import type { Service } from "./service.ts";

/** What an announcement does to the network. */
export interface AnnouncingEffects {
  /** Asks which machine has this name. */
  ask(name: string): void;
  announce(service: Service): void;
  onProblem(text: string): void;
}

const probes = 3;
const probeMs = 250;
/** When it is announced again after the first time, ms: a datagram may get lost. */
const repeats = [1000, 3000];
/** Names that are tried. */
const names = 20;

/**
 * One service on its way to a name that nobody else has: asks three times, then announces. Another program's claim makes it take the next
 * name. Of two that announced one name at the same moment the one whose place sorts later keeps it (RFC 6762, 8.2) and asks for it once
 * more (9); otherwise both would go, and the name that others remember would lead nowhere.
 */
export class Announcing {
  readonly #service: Service;
  readonly #effects: AnnouncingEffects;
  readonly #timers = new Set<NodeJS.Timeout>();
  #attempt = 1;
  #isNamed = false;
  #isStopped = false;

  constructor(service: Service, effects: AnnouncingEffects) {
    this.#service = service;
    this.#effects = effects;
  }

  start(): void {
    this.#after(Math.random() * probeMs, () => this.#probe(0));
  }

  /** The service under the name that it has got; undefined before. */
  named(): Service | undefined {
    return this.#isNamed ? this.#current() : undefined;
  }

  /** Announces once more: a network has come. */
  again(): void {
    if (this.#isNamed) this.#after(0, () => this.#effects.announce(this.#current()));
  }

  /** Looks for another program that has its name. @param host the own one: the own packets come back, too */
  onAnswers(answers: readonly Answer[], host: string): void {
    if (this.#isStopped) return;
    const { fullName, place } = recordsOf(this.#current(), host, []);
    const claims = answers.flatMap((one) => (one.type === "SRV" && (one.ttl ?? 0) > 0 && sameName(one.name, fullName)
      && !(sameName(one.data.target, host) && one.data.port === this.#service.port) ? [one] : []));
    if (claims.length === 0) return;
    if (this.#isNamed && claims.every((claim) => comesLater(place, claim))) this.#askAgain();
    else this.#nextName();
  }

  stop(): void {
    this.#isStopped = true;
    this.#isNamed = false;
    this.#clear();
  }

  #current(): Service {
    const name = this.#service.name.replaceAll(".", "-");
    return { ...this.#service, name: this.#attempt === 1 ? name : `${name} (${this.#attempt})` };
  }

  #probe(done: number): void {
    if (done === probes) return this.#announce();
    this.#effects.ask(this.#current().name);
    this.#after(probeMs, () => this.#probe(done + 1));
  }

  #announce(): void {
    this.#isNamed = true;
    this.#effects.announce(this.#current());
    for (const ms of repeats) this.#after(ms, () => this.#effects.announce(this.#current()));
  }

  #askAgain(): void {
    this.#clear();
    this.#isNamed = false;
    this.#after(probeMs, () => this.#probe(0));
  }

  #nextName(): void {
    this.#clear();
    this.#isNamed = false;
    this.#attempt += 1;
    if (this.#attempt <= names) return this.#after(probeMs, () => this.#probe(0));
    this.#isStopped = true;
    this.#effects.onProblem(`"${this.#service.name}" is not announced: other programs have this name and the next ${names - 1}; choose another name`);
  }

  #after(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    this.#timers.add(timer);
  }

  #clear(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}

/** Whether the first place sorts after the second one, in the order of the fields on the wire. */
function comesLater({ data: one }: Place, { data: other }: Place): boolean {
  const difference = (one.priority ?? 0) - (other.priority ?? 0) || (one.weight ?? 0) - (other.weight ?? 0) || one.port - other.port;
  return difference === 0 ? one.target.toLowerCase() > other.target.toLowerCase() : difference > 0;
}
