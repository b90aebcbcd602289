import { serve, socketPath } from "@vj/control";
import { lyricsOsc, subscribeArgsSchema } from "@vj/schema";
import { createTelemetry } from "@vj/telemetry";
import { onTestFinished } from "vitest";

/** A minimal `lyrics_fetcher` for `now_playing`. */
export interface StandInLyrics {
  say(artist: string, title: string, available: boolean): void;
  stop(): Promise<void>;
}

export async function standInLyrics(busDir: string): Promise<StandInLyrics> {
  const telemetry = createTelemetry({ table: lyricsOsc, targets: [] });
  const server = await serve({
    path: socketPath("lyrics_fetcher", busDir),
    onCommand: (command, peer) => {
      peer.on("close", telemetry.subscribe(subscribeArgsSchema.parse(command)).end);
      return { type: "ack", success: true, message: null, data: null };
    },
  });
  const stop = async (): Promise<void> => {
    await server.close();
    await telemetry.close();
  };
  onTestFinished(stop);
  return { say: (artist, title, available) => telemetry.send("/lyrics/available", [artist, title, available ? 1 : 0]), stop };
}
