import { writeFileSync } from "node:fs";
import path from "node:path";
import { sourceContract } from "@vj/playback/testing";
import type { SourceSubject } from "@vj/playback/testing";
import { describe, it } from "vitest";
import { command, env } from "./helpers/set-up.ts";
import { StandInSpotify, json, playback, song, status } from "./helpers/stand-in-spotify.ts";

const subject: SourceSubject = {
  source: "spotify",
  worker: "spotify_monitor",
  command,
  env,
  prepare: async (worker) => {
    const spotify = await StandInSpotify.start();
    const settings = { client_id: "my-app", accounts_url: spotify.url, api_url: spotify.url, poll_interval: 1 };
    writeFileSync(path.join(worker.configDir, "spotify_monitor.json"), JSON.stringify(settings), { mode: 0o600 });
    let [begunAt, id] = [0, 0];
    let item: unknown;
    const plays = (moving: boolean): void => {
      const stoppedAt = performance.now();
      spotify.player = (response, request) =>
        json(playback({ item, is_playing: moving, progress_ms: Math.round((moving ? performance.now() : stoppedAt) - begunAt) }))(response, request);
    };
    return {
      play: ({ artist, title, album, duration }, seconds) => {
        begunAt = performance.now() - seconds * 1000;
        item = song({ uri: `spotify:track:${(id += 1)}`, name: title, artists: [{ name: artist }], album: { name: album }, duration_ms: duration * 1000 });
        plays(true);
        // Where nothing played Spotify is asked once in a while only; a sign-in is noticed at once.
        if (id === 1) writeFileSync(path.join(worker.configDir, "spotify_token.json"), JSON.stringify(spotify.token()), { mode: 0o600 });
      },
      pause: () => plays(false),
      seek: (seconds) => void (begunAt = performance.now() - seconds * 1000),
      stop: () => void (spotify.player = status(204)),
    };
  },
};

describe("Spotify", () => {
  for (const { name, run } of sourceContract(subject)) it(name, () => run());
});
