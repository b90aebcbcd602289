import { openRig } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { audioOsc } from "@vj/schema";
import { readArgs } from "@vj/telemetry";
import { BeatTracker } from "./beat-grid.ts";
import type { BeatGrid } from "./beat-grid.ts";

/** Listens to the beats of the audio analyzer, while they are wanted and it is there. */
export class BeatFeed implements AsyncDisposable {
  readonly #busDir: string;
  readonly #beats = new BeatTracker();
  #rig: Rig | undefined;

  constructor(busDir: string) {
    this.#busDir = busDir;
  }

  /** The beats of the last seconds, in milliseconds of the monotonic clock; undefined when there are none. */
  grid(): BeatGrid | undefined {
    return this.#beats.grid(performance.now());
  }

  /** Begins or ends to listen. */
  want(wanted: boolean): void {
    if (!wanted) void this.close();
    else if (this.#rig === undefined) {
      this.#rig = openRig({ busDir: this.#busDir, except: ["lyrics_fetcher"], states: false });
      this.#rig.listen(["/audio/beat"], (message) => {
        if (readArgs(audioOsc, "/audio/beat", message)?.beat === 1) this.#beats.add(performance.now());
      });
    }
  }

  /** Ends to listen. Resolves when its connections are closed. */
  async close(): Promise<void> {
    const rig = this.#rig;
    this.#rig = undefined;
    await rig?.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
