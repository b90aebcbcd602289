import { defaultPolicy, initialState, transition } from "../src/index.ts";
import type { Policy, SupervisorEffect, SupervisorEvent, SupervisorState } from "../src/index.ts";

/** Behaviour of a simulated process. Times in milliseconds after its spawn; left out means never. */
export interface Behaviour {
  exitsAfter?: number;
  hangsAfter?: number;
  /** It neither answers nor listens from the beginning. */
  neverComesUp?: boolean;
  ignoresTerm?: boolean;
}

interface Process {
  id: number;
  pid: number;
  born: number;
  behaviour: Behaviour;
}

/** One supervised worker in a simulated world: processes, pings and timers run on a virtual clock. */
export class VirtualRig {
  now = 0;
  state: SupervisorState;
  process: Process | null = null;
  behaviour: Behaviour = {};
  /** Every effect except `wake-at`, with its time. */
  readonly done: { at: number; effect: SupervisorEffect; cause: SupervisorEvent; before: SupervisorState }[] = [];
  private wakeAt: number | null = null;
  private pids = 100;
  private readonly policy: Policy;

  constructor(policy: Partial<Policy> = {}, wanted = true) {
    this.policy = { ...defaultPolicy, ...policy };
    this.state = initialState({ wanted });
  }

  /** Times of the effects of this kind. */
  times(type: SupervisorEffect["type"]): number[] {
    return this.done.filter(({ effect }) => effect.type === type).map(({ at }) => at);
  }

  /** What was logged, as `level: text`. */
  logged(): string[] {
    return this.done.flatMap(({ effect }) => (effect.type === "log" ? [`${effect.level}: ${effect.message}`] : []));
  }

  send(event: SupervisorEvent): void {
    const before = this.state;
    const step = transition(before, event, this.now, this.policy);
    this.state = step.state;
    this.wakeAt = null;
    for (const effect of step.effects) this.perform(effect, event, before);
  }

  /** The process ends, as the operating system would report it. */
  die(exit: { code?: number; signal?: string; lastWords?: string } = { signal: "SIGKILL" }): void {
    const { process } = this;
    if (process === null) return;
    this.process = null;
    const { code = null, signal = null, lastWords } = exit;
    this.send({ type: "exited", incarnation: process.id, code, signal, lastWords });
  }

  /** Somebody starts the worker in a shell, and the manager finds it. */
  found(): void {
    if (this.process !== null) return;
    this.process = { id: this.state.incarnations + 1, pid: ++this.pids, born: this.now, behaviour: this.behaviour };
    this.send({ type: "adopted", pid: this.pids, answering: true });
  }

  /** The starting process ends because another one has the name: exit code 3. */
  gaveWay(): void {
    if (this.process === null || this.state.alive?.up !== false) return;
    const instead = this.process.id;
    this.process = { ...this.process, id: this.state.incarnations + 1, pid: ++this.pids, born: this.now };
    this.send({ type: "adopted", pid: this.pids, answering: true, instead });
  }

  /** Advances virtual time, millisecond by millisecond where something is due. */
  advance(ms: number): void {
    const end = this.now + ms;
    for (let due = this.nextDue(); due <= end; due = this.nextDue()) {
      this.now = due;
      this.happen();
    }
    this.now = end;
  }

  private nextDue(): number {
    const times = [this.wakeAt ?? Infinity];
    if (this.process !== null) {
      const { born, behaviour } = this.process;
      times.push(born + (behaviour.exitsAfter ?? Infinity), this.nextPing(born));
    }
    return Math.max(this.now, Math.min(...times));
  }

  private lastPing = -1;

  private nextPing(born: number): number {
    const from = Math.max(born, this.lastPing);
    return from + this.policy.pingMs;
  }

  private happen(): void {
    const { process, now } = this;
    if (process !== null && now >= process.born + (process.behaviour.exitsAfter ?? Infinity)) return this.die({ code: 1 });
    if (process !== null && now >= this.nextPing(process.born)) return this.ping(process);
    if (this.wakeAt !== null && now >= this.wakeAt) this.send({ type: "tick" });
  }

  private ping({ id, born, behaviour }: Process): void {
    this.lastPing = this.now;
    this.send({ type: "asked", incarnation: id });
    const hangs = behaviour.neverComesUp === true || this.now - born >= (behaviour.hangsAfter ?? Infinity);
    if (hangs || this.process?.id !== id) return;
    this.send({ type: "answered", incarnation: id });
    this.send({ type: "heartbeat", incarnation: id });
  }

  private perform(effect: SupervisorEffect, cause: SupervisorEvent, before: SupervisorState): void {
    if (effect.type === "wake-at") {
      this.wakeAt = effect.at;
      return;
    }
    this.done.push({ at: this.now, effect, cause, before });
    switch (effect.type) {
      case "spawn":
        if (this.process !== null) throw new Error("spawned while a process is alive");
        this.process = { id: effect.incarnation, pid: ++this.pids, born: this.now, behaviour: this.behaviour };
        this.send({ type: "spawned", incarnation: effect.incarnation, pid: this.process.pid });
        return;
      case "terminate":
        if (this.process?.behaviour.ignoresTerm !== true && this.process?.behaviour.neverComesUp !== true) this.die({ code: 0 });
        return;
      case "kill":
        this.die();
        return;
      case "log":
    }
  }
}
