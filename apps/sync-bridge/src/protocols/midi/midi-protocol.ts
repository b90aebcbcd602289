import type { ReportedCondition } from "@vj/worker";
import type { RigTempo } from "../../tempo.ts";
import { combined, faultOf } from "../../combined-condition.ts";
import { shown } from "../../figures.ts";
import { PhaseError } from "../../phase-error.ts";
import { nowUs } from "../../tempo.ts";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";
import type { PortState } from "./child-messages.ts";
import { silentClock, takeMessage, tempoIn } from "./clock-in.ts";
import { MidiProcess } from "./midi-process.ts";

/** How often the tempo of another program is offered, and checked for having ended. */
const offerMs = 250;

export const midiProtocol: ProtocolDefinition = {
  name: "midi",
  restartedBy: ["midi", "midi_out", "midi_in", "midi_offset_ms", "midi_notes", "midi_channel", "midi_beat", "midi_bar", "midi_drop"],
  isOn: ({ midi }) => midi !== "off",
  start: async (context) => new MidiProtocol(context),
};

/** MIDI clock out and in. */
class MidiProtocol implements Protocol {
  readonly #context: ProtocolContext;
  readonly #process: MidiProcess;
  readonly #undo: (() => void)[];
  readonly #offers: NodeJS.Timeout;
  readonly #sends: boolean;
  readonly #error = new PhaseError(offerMs);
  #clock = silentClock;
  #reported: string | undefined;

  constructor(context: ProtocolContext) {
    this.#context = context;
    const { midi, midi_out: out, midi_in: from, midi_notes: notes, midi_channel: channel, midi_beat: beat, midi_bar: bar, midi_drop: drop } = context.config;
    this.#sends = midi !== "follow";
    this.#process = new MidiProcess({
      options: { ...(this.#sends ? { out } : {}), ...(midi === "send" ? {} : { in: from }), notes, channel, beat, bar, drop },
      onMessage: (message, us) => (this.#clock = takeMessage(this.#clock, message, us)),
      onStart: () => {
        // Clocks were missed: the place in the song is not known any more.
        this.#clock = silentClock;
        queueMicrotask(() => this.#sendLine(context.rigTempo.current));
      },
    });
    this.#undo = [
      context.rigTempo.on("tempo", (tempo) => this.#sendLine(tempo)),
      context.rigTempo.on("jump", (reason) => {
        if (reason === "drop") this.#process.send({ drop: true });
      }),
    ];
    this.#offers = setInterval(() => this.#offer(), offerMs);
  }

  state(): Record<string, unknown> {
    const { status, restarts, pid } = this.#process;
    const incoming = tempoIn(this.#clock, nowUs());
    return {
      out: status?.out?.name ?? null,
      in: status?.in?.name ?? null,
      tempo: shown(incoming?.bpm ?? null),
      place_known: this.#clock.isPlaced,
      ...this.#error.state(),
      clocks_sent: status?.timing.clocks ?? 0,
      sent_jitter_ms_p99: status?.timing.jitter_ms_p99 ?? null,
      real_time: this.#process.isRealtime,
      pid: pid ?? null,
      restarts,
    };
  }

  stats(): Record<string, unknown> {
    return { midi_clocks_sent: this.#process.status?.timing.clocks ?? 0, midi_restarts: this.#process.restarts };
  }

  condition(): ReportedCondition | undefined {
    const { status, fault } = this.#process;
    if (fault !== undefined) return { level: "degraded", text: `no MIDI: ${fault.text}`, todo: fault.todo };
    return combined(problemOf(status?.out), problemOf(status?.in)) ?? this.#tempoCondition();
  }

  /** The clock that comes in, else the ports. */
  #tempoCondition(): ReportedCondition | undefined {
    const incoming = tempoIn(this.#clock, nowUs());
    const { status } = this.#process;
    if (incoming === undefined) return combined(portCondition("goes to", status?.out), portCondition("none comes from", status?.in));
    return { level: "ok", text: `MIDI clock: ${this.#error.describe(incoming.bpm, this.#context.rigTempo.current, this.#context.isFollowed)}` };
  }

  async close(): Promise<void> {
    clearInterval(this.#offers);
    for (const undo of this.#undo) undo();
    this.#context.propose(undefined);
    await this.#process.close();
  }

  #sendLine(tempo: RigTempo | undefined): void {
    if (!this.#sends) return;
    const offsetUs = this.#context.config.midi_offset_ms * 1000;
    this.#process.send({ line: tempo === undefined ? null : { bpm: tempo.bpm, beat: tempo.beat, atUs: tempo.atUs + offsetUs, metre: tempo.metre } });
  }

  #offer(): void {
    const at = nowUs();
    const incoming = tempoIn(this.#clock, at);
    this.#error.measure(this.#context.rigTempo.current, incoming, at);
    if (this.#context.config.midi !== "send") this.#context.propose(incoming);
    const text = faultOf(this.condition());
    // Once for each fault.
    if (text !== undefined && text !== this.#reported) this.#context.log.warn(text);
    this.#reported = text;
  }
}

function portCondition(what: string, port: PortState | undefined): ReportedCondition | undefined {
  return port === undefined || port.name === null ? undefined : { level: "ok", text: `MIDI clock: ${what} ${port.name}` };
}

function problemOf(port: PortState | undefined): ReportedCondition | undefined {
  return port?.problem === undefined ? undefined : { level: "degraded", text: `MIDI: ${port.problem}`, todo: port.todo ?? "restart the sound system, or choose another port" };
}
