import { Link, LinkError, localAddresses } from "@vj/link";
import { messageOf } from "@vj/schema";
import { portOwner } from "@vj/telemetry";
import type { ReportedCondition } from "@vj/worker";

const retryMs = 5000;
/** Link's own, which every program that works with Link shares. */
const linkPort = 20_808;

interface Fault {
  readonly text: string;
  readonly todo: string;
}

/** A place in the session on the network, which is taken as soon as Link's port can be opened. */
export class LinkSession {
  readonly #interfaces: readonly string[];
  readonly #firstBpm: () => number;
  readonly #isQuiet: () => boolean;
  readonly #onProblem: (problem: string) => void;
  readonly #ended = new AbortController();
  #link: Link | undefined;
  #fault: Fault | undefined;
  #retry: NodeJS.Timeout | undefined;

  /** @param firstBpm the tempo of the session that is founded when there is none @param isQuiet whether it only listens @param onProblem called with each new problem for a person */
  constructor(interfaces: readonly string[], firstBpm: () => number, isQuiet: () => boolean, onProblem: (problem: string) => void) {
    this.#interfaces = interfaces;
    this.#firstBpm = firstBpm;
    this.#isQuiet = isQuiet;
    this.#onProblem = onProblem;
  }

  /** Undefined while Link's port cannot be opened. */
  get link(): Link | undefined {
    return this.#link;
  }

  /** Faults that last, for a person. */
  get problems(): readonly string[] {
    return this.#fault === undefined ? (this.#link?.problems ?? []) : [this.#fault.text];
  }

  /** These faults and what helps; undefined without one. */
  condition(): ReportedCondition | undefined {
    const { problems } = this;
    return problems.length === 0 ? undefined : { level: "degraded", text: problems.join("; also: "), todo: this.#fault?.todo ?? chooseInterfaces() };
  }

  async join(): Promise<void> {
    try {
      const quiet = this.#isQuiet();
      // Our changes follow the music by themselves; that of a peer was made by a person, who would have to make it again.
      const link = await Link.join({ bpm: this.#firstBpm(), interfaces: this.#interfaces, quiet, givesWay: true, signal: this.#ended.signal });
      link.on("problem", this.#onProblem);
      this.#link = link;
      this.#fault = undefined;
    } catch (error) {
      if (this.#ended.signal.aborted) return;
      const fault = await explain(error);
      if (this.#ended.signal.aborted) return;
      if (fault.text !== this.#fault?.text) this.#onProblem(fault.text);
      this.#fault = fault;
      this.#retry = setTimeout(() => void this.join(), retryMs);
    }
  }

  /** Leaves, and announces this to the peers. */
  async close(): Promise<void> {
    this.#ended.abort();
    clearTimeout(this.#retry);
    await this.#link?.close();
  }
}

async function explain(error: unknown): Promise<Fault> {
  const again = `tried again every ${retryMs / 1000} s`;
  const cause = error instanceof LinkError ? error.cause : error;
  const isTaken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
  if (!isTaken) return { text: `Link cannot join: ${messageOf(error)}; ${again}`, todo: chooseInterfaces() };
  const owner = (await portOwner("udp", linkPort)) ?? "another program";
  return { text: `Link cannot join: UDP port ${linkPort} is taken by ${owner}, which does not share it; ${again}`, todo: "end that program: all programs with Link use this port" };
}

function chooseInterfaces(): string {
  const [first, ...others] = localAddresses().map(({ name, address }) => ({ name, text: `${name} (${address})` }));
  if (first === undefined) return "connect this machine to a network";
  return `choose among ${[first, ...others].map(({ text }) => text).join(", ")}: vj config set sync_bridge 'link_interfaces=["${first.name}"]', or [] for all`;
}
