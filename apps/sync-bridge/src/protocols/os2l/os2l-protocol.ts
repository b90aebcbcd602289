import { plainHost, readPlace } from "@vj/schema";
import { announce } from "@vj/zeroconf";
import type { Announcement } from "@vj/zeroconf";
import type { ReportedCondition } from "@vj/worker";
import { shown } from "../../figures.ts";
import { PhaseError } from "../../phase-error.ts";
import { nowUs, wayIn } from "../../tempo.ts";
import type { RigTempo } from "../../tempo.ts";
import type { Protocol, ProtocolContext, ProtocolDefinition } from "../protocol.ts";
import { readAddress } from "../remote/address.ts";
import { PerSecond } from "../remote/rate.ts";
import { RemoteCommands } from "../remote/remote-commands.ts";
import { believedTempo, noBeats, takeBeat, tempoOfBeats } from "./beat-in.ts";
import { BeatTimer } from "./beat-timer.ts";
import { Lights } from "./lights.ts";
import { combined, faultOf } from "../../combined-condition.ts";
import { beatMessage, buttonMessage } from "./message.ts";
import type { Os2lMessage } from "./message.ts";
import { Recent } from "./recent.ts";
import { Os2lServer } from "./server.ts";

/** How often the tempo of another program is offered, and checked for having ended. */
const offerMs = 250;
/** How long beats that were not taken as they are, and the reason, are reported, microseconds. */
const nonsenseUs = 10_000_000;
/** Lines a second about buttons that did nothing: a flood of them must not push all else out of the log. */
const idleButtonsPerSecond = 2;
/** How long the button of a drop is pressed. */
const pressMs = 100;

export const os2lProtocol: ProtocolDefinition = {
  name: "os2l",
  restartedBy: ["os2l", "os2l_port", "os2l_host", "os2l_send_to", "os2l_find"],
  isOn: ({ os2l }) => os2l !== "off",
  start: async (context) => new Os2lProtocol(context),
};

/** OS2L as server (VirtualDJ connects) and as client (lighting programs are connected to). */
class Os2lProtocol implements Protocol {
  readonly #context: ProtocolContext;
  readonly #commands: RemoteCommands;
  readonly #server: Os2lServer | undefined;
  readonly #lights: Lights | undefined;
  readonly #beats: BeatTimer | undefined;
  readonly #undo: (() => void) | undefined;
  readonly #offers: NodeJS.Timeout;
  readonly #buttons = new Recent<boolean>();
  readonly #cmds = new Recent<number>();
  readonly #idleButtons = new PerSecond(idleButtonsPerSecond);
  #announcement: Announcement | undefined;
  readonly #error = new PhaseError(offerMs);
  #beatsIn = noBeats;
  /** The program whose beats count, and another one whose beats did not. */
  #beatsFrom: string | undefined;
  #leftOut: { readonly from: string; readonly us: number } | undefined;
  #isChanged = true;
  #reported: string | undefined;
  #drops = new Set<NodeJS.Timeout>();

  constructor(context: ProtocolContext) {
    this.#context = context;
    this.#commands = new RemoteCommands(context);
    const { os2l, os2l_host, os2l_port: port, os2l_find: find, os2l_send_to: fixed } = context.config;
    const host = plainHost(os2l_host);
    const places = fixed.map(readPlace).flatMap((read) => (read.ok ? [read.place] : []));
    const onProblem = (text: string): void => context.log.warn(text);
    if (os2l !== "send") {
      this.#server = new Os2lServer({
        host,
        port,
        onMessage: (message, from) => this.#take(message, from),
        onListening: (bound) => {
          const reach = isLoopback(host) ? "machine" : "network";
          this.#announcement ??= announce({ services: [{ name: "vj-bus", type: "_os2l._tcp", port: bound }], reach, onProblem });
        },
      });
    }
    if (os2l !== "follow") {
      this.#lights = new Lights({ fixed: places, reach: find === "off" ? undefined : find, ownPort: () => this.#server?.state.port ?? 0, onProblem });
      this.#beats = new BeatTimer(context.rigTempo, () => context.config.os2l_offset_ms, (beat, tempo) => this.#sendBeat(beat, tempo));
      this.#undo = context.rigTempo.on("jump", (reason) => {
        this.#isChanged = true;
        if (reason === "drop") this.#sendDrop();
      });
    }
    this.#offers = setInterval(() => {
      this.#error.measure(context.rigTempo.current, tempoOfBeats(this.#beatsIn, nowUs()), nowUs());
      this.#offer();
    }, offerMs);
  }

  state(): Record<string, unknown> {
    const incoming = tempoOfBeats(this.#beatsIn, nowUs());
    return {
      server: this.#server?.state ?? null,
      announced: this.#announcement?.names()[0] ?? null,
      tempo: shown(incoming?.bpm ?? null),
      beat: this.#beatsIn.line?.beat ?? null,
      ...this.#error.state(),
      buttons: this.#buttons.toObject(),
      cmds: this.#cmds.toObject(),
      lights: this.#lights?.states ?? [],
    };
  }

  stats(): Record<string, unknown> {
    const sent = this.#lights?.states.reduce((sum, one) => sum + one.sent, 0) ?? 0;
    return { os2l_messages: this.#server?.state.messages ?? 0, os2l_refused: this.#server?.state.refused ?? 0, os2l_sent: sent };
  }

  condition(): ReportedCondition | undefined {
    const away = this.#lights?.states.find(({ to, connected }) => !connected && this.#context.config.os2l_send_to.includes(to));
    return combined(
      this.#server?.problem === undefined ? undefined : { level: "degraded", text: this.#server.problem },
      this.#strangerCondition(),
      this.#server?.isFull === true ? { level: "degraded", text: "OS2L: too many programs are connected, so others are turned away", todo: "end the programs that connect and send nothing" } : undefined,
      this.#loopCondition(),
      away && { level: "degraded", text: `OS2L: nothing answers at ${away.to}`, todo: "start the lighting program with its OS2L input, or change os2l_send_to" },
      this.#tempoCondition(),
    );
  }

  /** The condition for a program that sends another protocol, or another encoding. */
  #strangerCondition(): ReportedCondition | undefined {
    const stranger = this.#server?.stranger;
    return stranger === undefined ? undefined : { level: "degraded", text: `OS2L: ${stranger} is connected, but nothing that it sends is a message of OS2L`, todo: "choose OS2L in that program, or end it" };
  }

  /** The condition for beats that we send to ourselves. */
  #loopCondition(): ReportedCondition | undefined {
    const places = this.#lights?.ownPlaces;
    const loop = places && this.#server?.state.peers.find((peer) => places.has(peer));
    return loop === undefined ? undefined : { level: "degraded", text: `OS2L: ${places?.get(loop)} is this rig itself, so its beats are not followed`, todo: "take it out of os2l_send_to" };
  }

  /** The condition for beats that name an impossible tempo. */
  #tempoCondition(): ReportedCondition | undefined {
    const { refusedBpm, lastUs } = this.#beatsIn;
    if (refusedBpm === undefined || nowUs() - lastUs > nonsenseUs) return this.#followCondition();
    const { lowest, highest } = believedTempo;
    return { level: "degraded", text: `OS2L: the beats name ${shown(refusedBpm)} BPM, not ${lowest} to ${highest}; their distance counts instead`, todo: "correct the tempo in the program that sends them" };
  }

  /** The beats that come in, else who could send them. */
  #followCondition(): ReportedCondition | undefined {
    const incoming = tempoOfBeats(this.#beatsIn, nowUs());
    if (incoming === undefined) return this.#waitingCondition();
    const others = this.#leftOut !== undefined && nowUs() - this.#leftOut.us < nonsenseUs ? `; the beats of ${this.#leftOut.from} are left out, because those of ${this.#beatsFrom} came first` : "";
    return { level: "ok", text: `OS2L: ${this.#error.describe(incoming.bpm, this.#context.rigTempo.current, this.#context.isFollowed)}${others}` };
  }

  /** Who could send beats, and who gets ours. */
  #waitingCondition(): ReportedCondition | undefined {
    const { port = 0, peers = [] } = this.#server?.state ?? {};
    const [peer] = peers;
    const lights = this.#lights?.states.filter(({ connected }) => connected).map(({ to }) => to);
    return combined(
      // A port that cannot be opened is a fault of its own.
      port === 0 ? undefined : { level: "ok", text: peer === undefined ? `OS2L: nobody is connected to port ${port} yet` : `OS2L: ${peer} is connected, and sends no beats` },
      lights && { level: "ok", text: lights.length === 0 ? "OS2L: no lighting program found yet" : `OS2L: beats go to ${lights.join(", ")}` },
    );
  }

  async close(): Promise<void> {
    clearInterval(this.#offers);
    for (const timer of this.#drops) clearTimeout(timer);
    this.#undo?.();
    this.#beats?.close();
    this.#context.propose(undefined);
    await Promise.all([this.#server?.close(), this.#lights?.close(), this.#announcement?.close()]);
  }

  #take(message: Os2lMessage, from: string): void {
    // Beats that come back from where we sent them would make the rig follow itself, away from the music.
    if (this.#lights?.ownPlaces.has(from) === true) return;
    switch (message.evt) {
      case "beat":
        if (!this.#counts(from)) return;
        this.#beatsIn = takeBeat(this.#beatsIn, message, nowUs());
        return this.#offer();
      case "btn":
        this.#buttons.set(message.name, message.state);
        if (message.state && this.#context.config.os2l_buttons) this.#press(message.name);
        return;
      case "cmd":
        this.#cmds.set(String(message.id), message.param);
        return;
      case "feedback":
    }
  }

  /** Whether beats of a program count: of two programs that send different ones, neither would give a tempo. */
  #counts(from: string): boolean {
    const isOther = from !== this.#beatsFrom && tempoOfBeats(this.#beatsIn, nowUs()) !== undefined;
    if (isOther && this.#server?.state.peers.some((peer) => peer === this.#beatsFrom) === true) {
      this.#leftOut = { from, us: nowUs() };
      return false;
    }
    this.#beatsFrom = from;
    return true;
  }

  /** A button named after a command runs it; other buttons are only shown. */
  #press(button: string): void {
    const [name = "", ...values] = button.trim().split(/\s+/);
    const address = readAddress(`/vj/${name}`);
    if (address === undefined) return;
    const args = values.map((value) => (Number.isFinite(Number(value)) ? Number(value) : value));
    void this.#commands.run(address, args).then(({ isOk, text }) => {
      if (!isOk && this.#idleButtons.admit(performance.now())) this.#context.log.info(`the button "${button}" did nothing: ${text}`);
    });
  }

  #sendBeat(beat: number, tempo: RigTempo): void {
    const isFirst = tempo.barKnown && wayIn(tempo.metre, 0, beat) === 0;
    this.#lights?.send(beatMessage({ change: this.#isChanged, pos: beat, bpm: tempo.bpm, strength: isFirst ? 1 : 0.5 }));
    this.#isChanged = false;
  }

  #sendDrop(): void {
    this.#lights?.send(buttonMessage("drop", true));
    const timer = setTimeout(() => {
      this.#drops.delete(timer);
      this.#lights?.send(buttonMessage("drop", false));
    }, pressMs);
    this.#drops.add(timer);
  }

  #offer(): void {
    const at = nowUs();
    const incoming = tempoOfBeats(this.#beatsIn, at);
    if (this.#server !== undefined) this.#context.propose(incoming);
    const text = faultOf(this.condition());
    // Once for each fault.
    if (text !== undefined && text !== this.#reported) this.#context.log.warn(text);
    this.#reported = text;
  }
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
