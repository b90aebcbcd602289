import type { Peer } from "@vj/control";
import type { Reply } from "@vj/schema";
import { failed } from "./reply.ts";

/** The actions that a queue of changes calls. */
export interface ChangeActions {
  /** The refusal of these settings, if they are invalid. */
  refusal(changes: Record<string, unknown>): Reply | undefined;
  setConfig(changes: Record<string, unknown>): Promise<Reply>;
  restart(): Promise<Reply>;
}

interface Request {
  readonly peer: Peer;
  readonly changes: Record<string, unknown>;
  /** The client's connection has ended: its request is dropped. */
  gone: boolean;
  settle(reply: Reply): void;
  fail(error: unknown): void;
}

interface Step {
  readonly kind: "restart" | "set_config";
  readonly requests: Request[];
}

/** After a change of settings the next one waits this many times its duration, at most as long as after a restart. */
const restFactor = 20;
/** After a restart, which costs a frame or two, the next change waits this long, milliseconds. */
const restartRestMs = 1000;

/**
 * The `set_config` and `restart` of all clients, one after the other. Waiting requests are joined: restarts become one,
 * and settings become one change with the last value of each key, so that a storm of commands costs no more than a few.
 * Requests of a disconnected client are dropped.
 */
export class ChangeQueue {
  readonly #actions: ChangeActions;
  readonly #serial: (task: () => Promise<void>) => Promise<void>;
  readonly #steps: Step[] = [];
  #busy = false;
  #restUntil = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** @param serial runs a change only when none of the worker's own changes runs */
  constructor(actions: ChangeActions, serial: (task: () => Promise<void>) => Promise<void>) {
    this.#actions = actions;
    this.#serial = serial;
  }

  setConfig(peer: Peer, changes: Record<string, unknown>): Promise<Reply> {
    return this.#add("set_config", peer, changes);
  }

  restart(peer: Peer): Promise<Reply> {
    return this.#add("restart", peer, {});
  }

  /** Refuses waiting requests from now on; a running one is finished. */
  close(): void {
    this.#closed = true;
  }

  #add(kind: Step["kind"], peer: Peer, changes: Record<string, unknown>): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const forget = peer.on("close", () => (request.gone = true));
      const request: Request = {
        peer,
        changes,
        gone: false,
        settle: (reply) => {
          forget();
          resolve(reply);
        },
        fail: (error) => {
          forget();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      };
      const waiting = this.#steps.find((step) => step.kind === kind);
      if (waiting === undefined) this.#steps.push({ kind, requests: [request] });
      else waiting.requests.push(request);
      if (!this.#busy) void this.#work();
    });
  }

  async #work(): Promise<void> {
    this.#busy = true;
    while (this.#steps.length > 0) {
      const restMs = this.#restUntil - performance.now();
      if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs));
      const step = this.#steps.shift();
      if (step !== undefined) await this.#serial(() => this.#run(step));
    }
    this.#busy = false;
  }

  async #run({ kind, requests }: Step): Promise<void> {
    const wanted = requests.filter(({ gone, settle }) => {
      if (gone) settle(failed("cancelled: the client has gone", "cancelled"));
      return !gone;
    });
    if (this.#closed) for (const { settle } of wanted) settle(failed("the worker is stopping", "unavailable"));
    else if (wanted.length > 0 && kind === "restart") await this.#carryOut(wanted, () => this.#actions.restart(), restartRestMs);
    else if (wanted.length > 0) await this.#setConfig(wanted);
  }

  /** All requests at once; if that fails, client by client, so that no client suffers from another's values. */
  async #setConfig(requests: Request[]): Promise<void> {
    const { accepted, changes } = this.#merge(requests);
    const peers = new Set(accepted.map(({ peer }) => peer));
    if (peers.size <= 1) {
      if (accepted.length > 0) await this.#carryOut(accepted, () => this.#actions.setConfig(changes));
      return;
    }
    const all = await this.#attempt(() => this.#actions.setConfig(changes));
    if (all.ok && all.reply.success) {
      for (const { settle } of accepted) settle(all.reply);
      return;
    }
    for (const peer of peers) {
      const own = this.#merge(accepted.filter((request) => request.peer === peer));
      if (own.accepted.length > 0) await this.#carryOut(own.accepted, () => this.#actions.setConfig(own.changes));
    }
  }

  /** The last value of each key among the valid requests; the others are refused, each with its own reason. */
  #merge(requests: Request[]): { accepted: Request[]; changes: Record<string, unknown> } {
    const [first] = requests;
    if (first !== undefined && requests.length === 1) return { accepted: requests, changes: first.changes };
    let changes: Record<string, unknown> = {};
    const accepted = requests.filter((request) => {
      const together = { ...changes, ...request.changes };
      const refusal = this.#actions.refusal(Object.keys(request.changes).length === 0 ? {} : together);
      if (refusal === undefined) changes = together;
      else request.settle(refusal);
      return refusal === undefined;
    });
    return { accepted, changes };
  }

  async #carryOut(requests: Request[], act: () => Promise<Reply>, leastRestMs = 0): Promise<void> {
    const result = await this.#attempt(act, leastRestMs);
    for (const { settle, fail } of requests) {
      if (result.ok) settle(result.reply);
      else fail(result.error);
    }
  }

  async #attempt(act: () => Promise<Reply>, leastRestMs = 0): Promise<{ ok: true; reply: Reply } | { ok: false; error: unknown }> {
    const begun = performance.now();
    const rest = (): void => {
      const now = performance.now();
      this.#restUntil = now + Math.max(leastRestMs, Math.min(restartRestMs, restFactor * (now - begun)));
    };
    try {
      const reply = await act();
      // A refusal put nothing into force, so no pause is needed.
      if (reply.success) rest();
      return { ok: true, reply };
    } catch (error) {
      rest();
      return { ok: false, error };
    }
  }
}
