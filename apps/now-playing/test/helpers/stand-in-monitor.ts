import { serve, socketPath } from "@vj/control";
import { playbackOsc, subscribeArgsSchema } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { OutputHold } from "@vj/playback";

/** A minimal playback monitor for `now_playing`: a source controlled by the test. */
export interface StandInMonitor {
  readonly held: boolean;
  track(title: string | undefined): void;
  position(seconds: number, playing: boolean): void;
  stop(): Promise<void>;
}

/** @param worker name of its socket */
export async function standInMonitor(source: string, busDir: string, worker = `${source}_monitor`): Promise<StandInMonitor> {
  const telemetry = createTelemetry({ table: playbackOsc(source), targets: [] });
  const hold = new OutputHold(() => {});
  const server = await serve({
    path: socketPath(worker, busDir),
    onCommand: async (command, peer) => {
      if (command.cmd === "describe") {
        const commands = { hold_output: { args: {} } };
        return { type: "response", data: { worker: source, version: "1", protocol: 1, config_schema: {}, commands, osc: playbackOsc(source) } };
      }
      if (command.cmd === "hold_output") return { type: "ack", ...(await hold.command().run(command, peer)) };
      peer.on("close", telemetry.subscribe(subscribeArgsSchema.parse(command)).end);
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
      await telemetry.close();
    },
  };
}
