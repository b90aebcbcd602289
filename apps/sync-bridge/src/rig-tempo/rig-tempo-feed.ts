import { PlaybackFeed, isSameTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import type { Rig } from "@vj/rig";
import { audioOsc, createListeners, tempoBy } from "@vj/schema";
import { readOsc } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { nowUs } from "../tempo.ts";
import type { RigTempo } from "../tempo.ts";
import { noEstimate, withBar, withMove, withPacket, withSilence } from "./estimate.ts";
import type { Estimate } from "./estimate.ts";
import { isMovedByHand } from "./moved-by-hand.ts";
import type { JumpReason, RigTempoEvents, RigTempoOut } from "./rig-tempo-out.ts";

/** Without packets for this long, the analyzer counts as gone. */
const silenceUs = 1_500_000;
const lookMs = 250;
const addresses = ["/audio/tempo", "/audio/bar", "/audio/structure"];

/** Follows the rig's tempo and tracks on the bus. */
export class RigTempoFeed implements RigTempoOut, AsyncDisposable {
  readonly #listeners = createListeners<RigTempoEvents>();
  readonly #playback: PlaybackFeed;
  readonly #stop: () => void;
  readonly #timer: NodeJS.Timeout;
  #estimate: Estimate = noEstimate;
  #packetUs = 0;
  #drop = 0;
  #track: Track | undefined;

  /** @param onProblem called with problems for a person */
  constructor(rig: Rig, busDir: string, onProblem: (problem: string) => void) {
    this.#stop = rig.listen(addresses, (message) => this.#receive(message));
    this.#playback = new PlaybackFeed({ busDir, onTrack: (track) => this.#onTrack(track), onPosition: () => {}, onProblem });
    this.#playback.open();
    this.#timer = setInterval(() => {
      if (nowUs() - this.#packetUs > silenceUs) this.#take(withSilence(this.#estimate));
    }, lookMs);
  }

  get current(): RigTempo | undefined {
    return this.#estimate.tempo;
  }

  on<E extends keyof RigTempoEvents>(event: E, listener: (...args: RigTempoEvents[E]) => void): () => void {
    return this.#listeners.on(event, listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#stop();
    await this.#playback.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #receive(message: OscMessage): void {
    const reading = readOsc(audioOsc, message);
    if (reading?.address === "/audio/tempo") {
      const { tempo, beats, phase, tempo_by: by } = reading.args;
      this.#packetUs = nowUs();
      if (by === tempoBy.tap && this.#estimate.by !== tempoBy.tap) this.#jump("resync");
      const before = this.#estimate.tempo;
      this.#take(withPacket(this.#estimate, { bpm: tempo, beats, phase, by }, this.#packetUs));
      if (isMovedByHand(before, this.#estimate.tempo, this.#packetUs)) this.#jump("resync");
    } else if (reading?.address === "/audio/bar") {
      const { metre, beat_in_bar: beatInBar, confidence } = reading.args;
      this.#estimate = withBar(this.#estimate, { metre, beatInBar, confidence });
    } else if (reading?.address === "/audio/structure") {
      if (reading.args.drop === 1 && this.#drop === 0) this.#jump("drop");
      this.#drop = reading.args.drop;
    }
  }

  #take(estimate: Estimate): void {
    const { tempo } = this.#estimate;
    this.#estimate = estimate;
    if (estimate.tempo !== tempo) this.#listeners.emit("tempo", estimate.tempo);
  }

  #jump(reason: JumpReason): void {
    this.#estimate = withMove(this.#estimate, nowUs());
    this.#listeners.emit("jump", reason);
  }

  #onTrack(track: Track | undefined): void {
    if (track !== undefined && !isSameTrack(track, this.#track)) this.#jump("track");
    this.#track = track;
  }
}
