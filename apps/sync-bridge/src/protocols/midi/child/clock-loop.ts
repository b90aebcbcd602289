import { nowUs } from "../../../tempo.ts";
import { stepClock, stoppedClock } from "../clock-out.ts";
import type { ClockLine } from "../clock-out.ts";

/** Timers are up to 1 ms late and more on a busy machine, so the last part of a wait is a sleep of the whole process. */
const sleepUs = 2500;

const sleeper = new Int32Array(new SharedArrayBuffer(4));

/** What the loop sends to. */
export interface ClockSink {
  /** @param clock its place on the line, when a clock is among the messages */
  send(messages: readonly (readonly number[])[], clock: number | undefined): void;
  /** A clock went out. */
  sent(dueUs: number, sentUs: number, intervalUs: number): void;
  paused(): void;
}

/** Sends the clock of a line at its times. */
export class ClockLoop {
  readonly #sink: ClockSink;
  #state = stoppedClock;
  #line: ClockLine | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(sink: ClockSink) {
    this.#sink = sink;
  }

  /** The line from now on; undefined: no tempo. */
  follow(line: ClockLine | undefined): void {
    this.#line = line;
    if (line === undefined) this.#sink.paused();
    this.#step();
  }

  /** Begins anew: the port was opened again, and its receiver knows of nothing. */
  reset(): void {
    this.#state = stoppedClock;
    this.#sink.paused();
    this.#step();
  }

  #step(): void {
    clearTimeout(this.#timer);
    const { state, messages, clock, dueUs, intervalUs, nextUs } = stepClock(this.#state, this.#line, nowUs());
    this.#state = state;
    if (messages.length > 0) this.#sink.send(messages, clock);
    if (dueUs !== undefined && intervalUs !== undefined && state.lastUs !== undefined) this.#sink.sent(dueUs, state.lastUs, intervalUs);
    if (nextUs !== undefined) this.#wait(nextUs);
  }

  #wait(untilUs: number): void {
    const waitUs = untilUs - nowUs();
    this.#timer = setTimeout(() => {
      const restUs = untilUs - nowUs();
      if (restUs > 0 && restUs <= 2 * sleepUs) Atomics.wait(sleeper, 0, 0, restUs / 1000);
      this.#step();
    }, Math.max(0, (waitUs - sleepUs) / 1000));
  }
}
