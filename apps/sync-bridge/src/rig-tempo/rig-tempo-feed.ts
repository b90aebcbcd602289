import { PlaybackFeed, isSameTrack } from "@vj/playback";
import type { Track } from "@vj/playback";
import type { Rig } from "@vj/rig";
import { audioOsc, createListeners } from "@vj/schema";
import { readOsc } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { nowUs } from "../tempo.ts";
import type { RigTempo } from "../tempo.ts";
import { noEstimate, withBar, withMove, withPacket } from "./estimate.ts";
import type { Estimate } from "./estimate.ts";
import type { JumpReason, RigTempoEvents, RigTempoOut } from "./rig-tempo-out.ts";

const addresses = ["/audio/tempo", "/audio/phase", "/audio/structure"];

/** Follows the rig's tempo and tracks on the bus. */
export class RigTempoFeed implements RigTempoOut, AsyncDisposable {
  readonly #listeners = createListeners<RigTempoEvents>();
  readonly #playback: PlaybackFeed;
  readonly #stop: () => void;
  #estimate: Estimate = noEstimate;
  #drop = 0;
  #track: Track | undefined;

  /** @param onProblem called with problems for a person */
  constructor(rig: Rig, busDir: string, onProblem: (problem: string) => void) {
    this.#stop = rig.listen(addresses, (message) => this.#receive(message));
    this.#playback = new PlaybackFeed({ busDir, onTrack: (track) => this.#onTrack(track), onPosition: () => {}, onProblem });
    this.#playback.open();
  }

  get current(): RigTempo | undefined {
    return this.#estimate.tempo;
  }

  on<E extends keyof RigTempoEvents>(event: E, listener: (...args: RigTempoEvents[E]) => void): () => void {
    return this.#listeners.on(event, listener);
  }

  async close(): Promise<void> {
    this.#stop();
    await this.#playback.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #receive(message: OscMessage): void {
    const reading = readOsc(audioOsc, message);
    const before = this.#estimate;
    if (reading?.address === "/audio/tempo") {
      const { tempo, beats, phase, tempo_by: by } = reading.args;
      this.#estimate = withPacket(before, { bpm: tempo, beats, phase, by }, nowUs());
    } else if (reading?.address === "/audio/phase") {
      this.#estimate = withBar(before, { metre: 4, beatInBar: reading.args.beat_in_bar });
    } else if (reading?.address === "/audio/structure") {
      if (reading.args.drop === 1 && this.#drop === 0) this.#jump("drop");
      this.#drop = reading.args.drop;
    }
    if (this.#estimate.tempo !== before.tempo) this.#listeners.emit("tempo", this.#estimate.tempo);
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
