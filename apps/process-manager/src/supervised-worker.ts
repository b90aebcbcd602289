import type { ProcessIdentity } from "@vj/control";
import { messageOf } from "@vj/schema";
import type { Condition } from "@vj/schema";
import { initialState, refusal, transition } from "@vj/supervisor";
import type { Policy, SupervisorEffect, SupervisorEvent, SupervisorRequest, SupervisorState } from "@vj/supervisor";
import type { LastExit } from "@vj/worker";
import { lastExitOf } from "./last-exit.ts";
import { WorkerProcess } from "./worker-process.ts";
import type { WorkerProgram } from "./worker-package.ts";

/** The parts of the manager that supervision uses. */
export interface Supervision {
  readonly busDir: string;
  /** Called for each event, so that changed settings apply at once. */
  policy(): Policy;
  log(level: "info" | "warn" | "error", message: string): void;
  /** A foreign worker has ended: the manager cannot start it again. */
  onForeignGone(name: string): void;
}

/** The end of an incarnation that had no process. */
const notBegun = { type: "exited", code: null, signal: null } as const;

/** One worker under supervision: passes events to the policy and performs its effects. */
export class SupervisedWorker {
  readonly name: string;
  /** Undefined for a foreign worker: it runs on this bus, but we do not know how to start it. */
  program: WorkerProgram | undefined;
  /** Epoch seconds. */
  lastHeartbeat: number | null = null;
  /** The running process's own report; null while there is none. */
  condition: Condition | null = null;
  #state: SupervisorState;
  #process: WorkerProcess | undefined;
  #lastExit: LastExit | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #supervision: Supervision;
  readonly #changed = new Set<() => void>();

  constructor(name: string, program: WorkerProgram | undefined, supervision: Supervision) {
    this.name = name;
    this.program = program;
    this.#supervision = supervision;
    this.#state = initialState({ wanted: false });
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Why a request is refused; null when it was passed on. */
  request(request: SupervisorRequest): string | null {
    const reason = refusal(this.#state, request);
    if (reason !== null) return reason;
    if (request !== "stop" && this.program === undefined) {
      return "its program is unknown: add the folder of its package to VJ_WORKERS";
    }
    this.#send({ type: request });
    return null;
  }

  /** A process that serves this name was found; if none is known, it is adopted. */
  found(identity: ProcessIdentity): void {
    if (this.#state.alive === null) this.#adopt(identity);
  }

  /** A heartbeat or registration received on the manager's own socket. */
  signOf(pid: number, sign: "answered" | "heartbeat"): void {
    const { alive } = this.#state;
    if (alive === null || alive.pid !== pid) return;
    this.#sign(alive.id, sign);
  }

  /** Resolves once `done` holds, or after the time limit in milliseconds. @returns whether it holds. */
  async until(done: (state: SupervisorState) => boolean, limitMs: number): Promise<boolean> {
    if (done(this.#state)) return true;
    return new Promise((resolve) => {
      const finish = (): void => {
        clearTimeout(timer);
        this.#changed.delete(check);
        resolve(done(this.#state));
      };
      const check = (): void => {
        if (done(this.#state)) finish();
      };
      const timer = setTimeout(finish, limitMs);
      this.#changed.add(check);
    });
  }

  /** Releases the process without touching it. */
  release(): void {
    clearTimeout(this.#timer);
    this.#process?.close();
    this.#process = undefined;
  }

  #send(event: SupervisorEvent): void {
    const before = this.#state;
    const step = transition(before, event, performance.now(), this.#supervision.policy());
    this.#state = step.state;
    clearTimeout(this.#timer);
    if (before.alive !== null && before.alive.id !== step.state.alive?.id) {
      this.#process?.close();
      this.#process = undefined;
      this.condition = null;
    }
    for (const effect of step.effects) this.#perform(effect);
    for (const listener of this.#changed) listener();
    if (this.program === undefined && this.#state.alive === null) this.#supervision.onForeignGone(this.name);
  }

  #perform(effect: SupervisorEffect): void {
    switch (effect.type) {
      case "spawn":
        void this.#begin(effect.incarnation);
        return;
      case "terminate":
      case "kill":
        this.#attempt(effect.type, () => this.#process?.[effect.type]());
        return;
      case "wake-at":
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#send({ type: "tick" }), Math.max(0, effect.at - performance.now()));
        return;
      case "log":
        this.#supervision.log(effect.level, `${this.name}: ${effect.message}`);
    }
  }

  /** Starts the process, unless one already serves the name: then that one is adopted. */
  async #begin(incarnation: number): Promise<void> {
    const { program } = this;
    const process = new WorkerProcess(this.name, this.#supervision.busDir);
    try {
      const owner = await process.findOwner(this.#state.lastExit !== null);
      const { alive } = this.#state;
      if (alive?.id !== incarnation) return;
      if (owner !== undefined) return this.#adopt(owner, incarnation);
      if (alive.ending !== null || program === undefined) return this.#send({ ...notBegun, incarnation, lastWords: "not started" });
      const { pid, problem } = process.start(program, this.#lastExit, (exit) => {
        const ended = this.#state.alive;
        if (ended?.id === incarnation) this.#lastExit = lastExitOf(ended, exit);
        if (exit.owner === undefined) this.#send({ type: "exited", incarnation, ...exit });
        else if (this.#state.alive?.id === incarnation) this.#adopt(exit.owner, incarnation);
      });
      if (problem !== undefined) this.#supervision.log("warn", `${this.name}: its output is not kept: ${problem}`);
      this.#send({ type: "spawned", incarnation, pid });
      this.#follow(process, incarnation);
    } catch (error) {
      this.#send({ ...notBegun, incarnation, lastWords: messageOf(error) });
    }
  }

  #adopt(identity: ProcessIdentity, instead?: number): void {
    const { pid } = identity;
    // Its first answer proves that it is up: its connection asks it at once.
    this.#send({ type: "adopted", pid, answering: false, ...(instead === undefined ? {} : { instead }) });
    const { alive } = this.#state;
    if (alive === null || alive.pid !== pid || this.#process !== undefined) return;
    const process = new WorkerProcess(this.name, this.#supervision.busDir);
    process.adopt(identity, (output) => this.#send({ type: "exited", incarnation: alive.id, code: null, signal: null, ...output }));
    this.#follow(process, alive.id);
    // The stop was requested before there was a process.
    if (alive.ending !== null) this.#attempt("terminate", () => process.terminate());
  }

  #follow(process: WorkerProcess, incarnation: number): void {
    this.#process = process;
    process.follow(() => this.#supervision.policy().pingMs, {
      asked: () => this.#send({ type: "asked", incarnation }),
      answered: (condition) => {
        this.condition = condition;
        this.#sign(incarnation, "answered");
      },
      heartbeat: () => this.#sign(incarnation, "heartbeat"),
    });
  }

  #sign(incarnation: number, sign: "answered" | "heartbeat"): void {
    this.#process?.look();
    if (sign === "heartbeat") this.lastHeartbeat = Date.now() / 1000;
    this.#send({ type: sign, incarnation });
  }

  #attempt(what: string, action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#supervision.log("error", `${this.name}: could not ${what} it: ${messageOf(error)}`);
    }
  }
}
