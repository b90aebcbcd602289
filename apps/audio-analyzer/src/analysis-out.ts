import type { AudioFrame } from "@vj/audio";
import type { OscReading, audioOsc } from "@vj/schema";
import type { Telemetry } from "@vj/telemetry";
import type { AudioSource } from "./capture/audio-source.ts";
import type { AudioConfig } from "./config.ts";
import { createEchoGuard, portRefusal } from "./echo-guard.ts";
import { createFrameRate } from "./frame-rate.ts";
import type { FrameRate } from "./frame-rate.ts";
import { createPublisher } from "./publish.ts";
import { createRelay } from "./relay.ts";
import { createSwitchedStates } from "./switched-states.ts";

type Analysis = OscReading<typeof audioOsc>;

/** What leaves the analyzer: its own frames, or, while the source is `osc:`, the messages of another analyzer. */
export interface AnalysisOut {
  /** Sends a frame of our own, unless another analyzer's messages are sent. */
  frame(frame: AudioFrame, source: AudioSource | undefined): void;
  /** Passes on a message of another analyzer. `now` in milliseconds of a steady clock. @returns false when it is one of our own */
  message(message: Analysis, now: number): boolean;
  /** Call it after a change of settings. */
  look(): void;
  /** Why the port of the source is not used: this worker would receive its own messages; undefined where it is. */
  echo(now: number): string | undefined;
  /** The same for any port. */
  portRefusal(port: number): string | undefined;
  /** Messages of another analyzer are sent instead of our own frames. */
  readonly relaying: boolean;
  /** Of the newest frame. */
  readonly tempoBy: AudioFrame["tempoBy"];
  /** Of what was sent. */
  readonly rate: FrameRate;
}

export function createAnalysisOut(telemetry: Telemetry<typeof audioOsc>, config: () => AudioConfig): AnalysisOut {
  const rate = createFrameRate();
  const states = createSwitchedStates(telemetry, config);
  const relay = createRelay(
    {
      send(address, values) {
        telemetry.send(address, values);
        if (address === "/audio/levels") rate.count(performance.now());
      },
    },
    states,
    config,
  );
  const echo = createEchoGuard(() => config().audio_source, () => telemetry.stats().targets);
  const newPublisher = (): ((frame: AudioFrame) => void) => createPublisher((address, values) => telemetry.send(address, values), states, config);
  let publish = newPublisher();
  let relaying = false;
  let tempoBy: AudioFrame["tempoBy"] = "none";
  return {
    get relaying() {
      return relaying;
    },
    get tempoBy() {
      return tempoBy;
    },
    rate,
    echo,
    portRefusal: (port) => portRefusal(port, telemetry.stats().targets),
    frame(frame, source) {
      const wasRelaying = relaying;
      relaying = source?.kind === "osc" && source.status().phase === "open" && echo(performance.now()) === undefined;
      // Its last published states are outdated: send them again.
      if (wasRelaying && !relaying) {
        relay.end();
        publish = newPublisher();
      }
      if (relaying) {
        relay.flush(performance.now());
        return;
      }
      tempoBy = frame.tempoBy;
      publish(frame);
      rate.count(performance.now());
    },
    message(message, now) {
      if (echo(now) !== undefined) return false;
      // Our own states are outdated, and not every analyzer sends them.
      if (!relaying) states.end();
      relaying = true;
      relay.take(message, now);
      return true;
    },
    look() {
      states.look();
      relay.look();
    },
  };
}
