import { beatAt, placeIn, wayIn } from "../../src/tempo.ts";
import { stepClock, stoppedClock } from "../../src/protocols/midi/clock-out.ts";
import type { ClockLine } from "../../src/protocols/midi/clock-out.ts";
import { readSongPosition, realtime } from "../../src/protocols/midi/messages.ts";

/** What a receiver of MIDI clock knows: it counts clocks from Start, or from a song position. */
export class Receiver {
  isRunning = false;
  /** Place of the next clock. */
  next = 0;
  /** All that arrived: time in microseconds, first byte. */
  readonly log: { us: number; status: number }[] = [];

  take(message: readonly number[], us: number): void {
    const [status = 0] = message;
    this.log.push({ us, status });
    const sixteenth = readSongPosition(message);
    if (sixteenth !== undefined && !this.isRunning) this.next = sixteenth * 6;
    else if (status === realtime.start) Object.assign(this, { isRunning: true, next: 0 });
    else if (status === realtime.continue) this.isRunning = true;
    else if (status === realtime.stop) this.isRunning = false;
    else if (status === realtime.clock && this.isRunning) this.next += 1;
  }

  get clocks(): number[] {
    return this.log.filter(({ status }) => status === realtime.clock).map(({ us }) => us);
  }

  intervals(): number[] {
    return this.clocks.slice(1).map((us, index) => us - (this.clocks[index] ?? us));
  }

  count(status: number): number {
    return this.log.filter((one) => one.status === status).length;
  }
}

/** A clock under fake time: what goes out reaches a receiver. */
export class Run {
  readonly receiver = new Receiver();
  now = 0;
  #state = stoppedClock;
  line: ClockLine | undefined;

  /** The timer fires this late, microseconds. */
  lateUs: () => number = () => 0;

  until(us: number): this {
    while (this.now < us) {
      const { state, messages, nextUs } = stepClock(this.#state, this.line, this.now);
      this.#state = state;
      for (const message of messages) this.receiver.take(message, this.now);
      this.now = nextUs === undefined ? us : Math.max(this.now + 1, Math.min(us, nextUs + this.lateUs()));
    }
    return this;
  }

  /** The process stands still. */
  stall(us: number): this {
    this.now += us;
    return this;
  }

  /** How far the receiver is from the line within a bar, clocks; undefined while it stands. */
  error(): number | undefined {
    if (this.line === undefined || !this.receiver.isRunning) return undefined;
    const bar = this.line.metre * 24;
    // The next clock comes within one interval.
    return wayIn(bar, placeIn(bar, Math.ceil(beatAt(this.line, this.now) * 24)), placeIn(bar, this.receiver.next));
  }
}
