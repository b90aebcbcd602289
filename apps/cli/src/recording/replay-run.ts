import { createTimeline, messagesFrom, play, recordedTable, statesBefore } from "@vj/recording";
import type { RecordedMessage, Recording, RecordingError } from "@vj/recording";
import { printError } from "../output.ts";
import { Lateness } from "./lateness.ts";
import type { ReplaySink } from "./replay-sink.ts";
import { createWaiter } from "./waiter.ts";

export interface ReplayOptions {
  readonly recording: Recording;
  readonly sink: ReplaySink;
  /** Where it begins, seconds. */
  readonly from: number;
  readonly speed: number;
  readonly loop: boolean;
  /** Whether an address is asked for. */
  readonly wanted: (address: string) => boolean;
  readonly signal: AbortSignal;
}

/** Shortest round of a loop, milliseconds: without it, a recording of one moment would be sent thousands of times a second. */
const shortestRoundMs = 100;

/** Plays a recording; can be paused, and jumps. */
export class ReplayRun {
  readonly #options: ReplayOptions;
  readonly #waiter = createWaiter();
  readonly late = new Lateness();
  #sent = 0;
  #timeline = createTimeline(0n, 1, 0);
  #jump: bigint | undefined;
  #round = new AbortController();

  constructor(options: ReplayOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", () => this.#interrupt());
  }

  /** Its position, seconds from the beginning of the recording. */
  get position(): number {
    const { start, end } = this.#options.recording;
    const at = this.#timeline.position(performance.now());
    return Number((at > end ? end : at) - start) / 1e9;
  }

  /** Messages so far, with the states that come first. */
  get sent(): number {
    return this.#sent;
  }

  get paused(): boolean {
    return this.#timeline.paused;
  }

  togglePause(): void {
    this.#timeline.setPaused(!this.#timeline.paused, performance.now());
    this.#waiter.wake();
  }

  /** Goes forwards, or backwards. @param seconds negative for backwards */
  jump(seconds: number): void {
    const { start, end } = this.#options.recording;
    const wanted = start + BigInt(Math.round((this.position + seconds) * 1e9));
    this.#jump = wanted < start ? start : wanted > end ? end : wanted;
    this.#interrupt();
  }

  /** Plays to the end, or until it is asked to end. @throws RecordingError */
  async run(): Promise<void> {
    const { recording, from, loop, signal } = this.#options;
    const first = recording.start + BigInt(Math.round(from * 1e9));
    for (let begin = first; !signal.aborted; ) {
      const begun = performance.now();
      await this.#play(begin);
      if (this.#jump === undefined && !loop) return;
      const left = shortestRoundMs - (performance.now() - begun);
      if (this.#jump === undefined && left > 0 && !signal.aborted) await this.#waiter.wait(left);
      begin = this.#jump ?? first;
      this.#jump = undefined;
    }
  }

  async #play(begin: bigint): Promise<void> {
    const { recording, speed, wanted, signal } = this.#options;
    this.#round = new AbortController();
    for (const message of await statesBefore(recording, begin, { table: recordedTable(recording.metadata), wanted, onDamage })) {
      if (message.channel.encoding === "osc") this.#send(message);
    }
    const paused = this.#timeline.paused;
    this.#timeline = createTimeline(begin, speed, performance.now());
    this.#timeline.setPaused(paused, performance.now());
    await play(this.#messages(begin), {
      timeline: this.#timeline,
      send: (message, lateMs) => {
        this.#send(message);
        this.late.add(lateMs);
      },
      wait: this.#waiter.wait,
      signal: AbortSignal.any([this.#round.signal, signal]),
    });
  }

  async *#messages(begin: bigint): AsyncGenerator<RecordedMessage[], void, void> {
    const { recording, wanted } = this.#options;
    for await (const messages of messagesFrom(recording, begin, { onDamage })) {
      yield messages.filter(({ channel: { encoding, topic }, repeated }) => encoding === "osc" && repeated !== true && wanted(topic));
    }
  }

  #send(message: RecordedMessage): void {
    this.#options.sink.send(message);
    this.#sent += 1;
  }

  #interrupt(): void {
    this.#round.abort();
    this.#waiter.wake();
  }
}

function onDamage({ message }: RecordingError): void {
  printError(`left out: ${message}`);
}
