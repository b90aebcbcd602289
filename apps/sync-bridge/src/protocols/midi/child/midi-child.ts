import { nowUs } from "../../../tempo.ts";
import type { ChildOptions, FromChild, ToChild } from "../child-messages.ts";
import { press, readSongPosition, realtime } from "../messages.ts";
import { Timing } from "../timing.ts";
import { ClockLoop } from "./clock-loop.ts";
import { NoMidiError } from "./library.ts";
import type { MidiInput, MidiLibrary, MidiOutput } from "./library.ts";
import { notesAt } from "./notes.ts";
import { Port } from "./port.ts";

/** How often ports are looked for and figures are reported; the parent takes silence for a hang. */
const statusMs = 500;
/** How long a drop is pressed. */
const pressMs = 100;

/** The ports, and the clock on them. */
export class MidiChild {
  readonly #options: ChildOptions;
  readonly #report: (message: FromChild) => void;
  readonly #timing = new Timing();
  readonly #output: MidiOutput | undefined;
  readonly #out: Port | undefined;
  readonly #in: Port | undefined;
  readonly #clock: ClockLoop;
  #metre = 4;

  /** @throws NoMidiError when the system's MIDI does not work */
  constructor(library: MidiLibrary, options: ChildOptions, report: (message: FromChild) => void) {
    this.#options = options;
    this.#report = report;
    if (options.out !== undefined) {
      this.#output = make(library.Output);
      this.#out = new Port(this.#output, options.out);
    }
    if (options.in !== undefined) this.#in = new Port(this.#listen(make(library.Input)), options.in);
    this.#clock = new ClockLoop({
      send: (messages, clock) => this.#send([...messages, ...(clock === undefined ? [] : notesAt(clock, this.#metre, options))]),
      sent: (...times) => this.#timing.add(...times),
      paused: () => this.#timing.pause(),
    });
    this.#check();
    setInterval(() => this.#check(), statusMs);
  }

  take(message: ToChild): void {
    if ("drop" in message) return this.#drop();
    this.#metre = message.line?.metre ?? this.#metre;
    if (this.#out !== undefined) this.#clock.follow(message.line ?? undefined);
  }

  /** Stops a running clock. */
  stop(): void {
    if (this.#out !== undefined) this.#clock.follow(undefined);
  }

  #listen(input: MidiInput): MidiInput {
    input.ignoreTypes(true, false, true);
    input.on("message", (_, message) => {
      if (isTransport(message)) this.#report({ message: [...message], us: nowUs() });
    });
    return input;
  }

  #check(): void {
    const wasOpen = this.#out?.isOpen === true;
    this.#out?.check();
    this.#in?.check();
    if (this.#out?.isOpen === true && !wasOpen) this.#clock.reset();
    this.#report({
      status: {
        ...(this.#out === undefined ? {} : { out: this.#out.state }),
        ...(this.#in === undefined ? {} : { in: this.#in.state }),
        timing: this.#timing.figures(),
      },
    });
  }

  #send(messages: readonly (readonly number[])[]): void {
    if (this.#output === undefined || this.#out?.isOpen !== true) return;
    try {
      for (const message of messages) this.#output.sendMessage(message);
    } catch (error) {
      this.#out.fail(error);
    }
  }

  #drop(): void {
    const { notes, channel, drop } = this.#options;
    if (notes === "off") return;
    this.#send([press(notes, channel, drop, true)]);
    setTimeout(() => this.#send([press(notes, channel, drop, false)]), pressMs);
  }
}

function make<T>(Kind: new () => T): T {
  try {
    return new Kind();
  } catch (error) {
    throw new NoMidiError("the system's MIDI does not answer", "restart the sound system, or the machine", error);
  }
}

function isTransport(message: readonly number[]): boolean {
  const [status] = message;
  return Object.values<number | undefined>(realtime).includes(status) || readSongPosition(message) !== undefined;
}
