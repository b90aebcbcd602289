import { serve, socketPath } from "@vj/control";
import { SourceOutput } from "@vj/playback";
import { playbackOsc, subscribeArgsSchema, trackOsc } from "@vj/schema";
import type { OscTable } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";

/**
 * A whole playback monitor in this process: it publishes under its own name, and under `/karaoke/` while nobody holds its
 * output.
 */
export interface StandInSource {
  readonly name: string;
  readonly held: boolean;
  /** The title that is playing. */
  readonly title: string;
  play(title: string): void;
  stop(): Promise<void>;
}

/** @param port port of its target */
export async function standInSource(source: string, busDir: string, port: number): Promise<StandInSource> {
  const osc: OscTable = { ...trackOsc, ...playbackOsc(source) };
  const telemetry = createTelemetry({ table: osc, targets: [{ name: "listener", host: "127.0.0.1", port, enabled: true }] });
  const output = new SourceOutput(source, telemetry);
  const server = await serve({
    path: socketPath(`${source}_monitor`, busDir),
    onCommand: async (command, peer) => {
      if (command.cmd === "describe") {
        const commands = { hold_output: { args: {} } };
        return { type: "response", data: { worker: source, version: "1", protocol: 1, config_schema: {}, commands, osc } };
      }
      if (command.cmd === "hold_output") return { type: "ack", ...(await output.hold.command().run(command, peer)) };
      peer.on("close", telemetry.subscribe(subscribeArgsSchema.parse(command)).end);
      return { type: "ack", success: true, message: null, data: null };
    },
  });
  let title = "";
  return {
    name: source,
    get held() {
      return output.hold.held;
    },
    get title() {
      return title;
    },
    play: (next) => {
      title = next;
      output.publishTrack({ artist: "Artist", title, album: "", duration: 0 });
      output.publishPosition(0, true);
    },
    stop: async () => {
      await server.close();
      await telemetry.close();
    },
  };
}
