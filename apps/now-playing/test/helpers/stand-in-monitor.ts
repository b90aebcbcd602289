import { serve, socketPath } from "@vj/control";
import { playbackOsc, subscribeArgsSchema } from "@vj/schema";
import type { PlaybackSource } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { OutputHold } from "@vj/worker";

/** What `now_playing` sees of a playback monitor: a source that the test plays. */
export interface StandInMonitor {
  readonly held: boolean;
  track(title: string | undefined): void;
  position(seconds: number, playing: boolean): void;
  stop(): Promise<void>;
}

export async function standInMonitor(source: PlaybackSource, busDir: string): Promise<StandInMonitor> {
  const telemetry = createTelemetry({ table: playbackOsc(source), targets: [] });
  const hold = new OutputHold(() => {});
  const server = await serve({
    path: socketPath(`${source}_monitor`, busDir),
    onCommand: async (command, peer) => {
      if (command.cmd === "hold_output") return { type: "ack", ...(await hold.command().run(command, peer)) };
      peer.onClose(telemetry.subscribe(subscribeArgsSchema.parse(command)).end);
      return { type: "ack", success: true, message: null, data: null };
    },
  });
  return {
    get held() {
      return hold.held;
    },
    track: (title) =>
      telemetry.send(
        `/playback/${source}/track`,
        title === undefined ? [0, source, "", "", "", 0, 0] : [1, source, "Artist", title, "", 0, 0],
      ),
    position: (seconds, playing) => telemetry.send(`/playback/${source}/pos`, [seconds, playing ? 1 : 0]),
    stop: async () => {
      await server.close();
      telemetry.close();
    },
  };
}
