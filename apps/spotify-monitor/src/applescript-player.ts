import { execFile } from "node:child_process";
import { cleanTrack } from "@vj/playback";
import { parseJson } from "@vj/schema";
import { z } from "zod";
import type { PlayerAnswer } from "./player-answer.ts";
import type { Ask } from "./web-player.ts";

const timeoutMs = 1500;
const longestAnswer = 65_536;

/** JavaScript for Automation. Does not start Spotify when it does not run. */
const script = `(() => {
  const spotify = Application("Spotify");
  if (!spotify.running()) return "null";
  const track = spotify.currentTrack;
  return JSON.stringify({
    state: spotify.playerState(), position: spotify.playerPosition(), id: track.id(), name: track.name(),
    artist: track.artist(), album: track.album(), duration: track.duration(),
  });
})()`;

const answerSchema = z.object({
  state: z.string(),
  /** Seconds. */
  position: z.number().catch(0),
  id: z.string().max(2000).catch(""),
  name: z.string().max(10_000).catch(""),
  artist: z.string().max(10_000).catch(""),
  album: z.string().max(10_000).catch(""),
  /** Milliseconds. */
  duration: z.number().catch(0),
});

/** The Spotify program of this Mac as a player: no account and no network. Untried on a real Mac. */
export function createAppleScriptPlayer(): Ask {
  return (signal) =>
    new Promise((resolve) => {
      const askedAt = performance.now();
      const options = { timeout: timeoutMs, maxBuffer: longestAnswer, signal, killSignal: "SIGKILL" } as const;
      execFile("osascript", ["-l", "JavaScript", "-e", script], options, (error, stdout) => {
        resolve({ answer: error === null ? readScriptAnswer(stdout) : faultOf(error), askedAt, answeredAt: performance.now() });
      });
    });
}

/** Reads what the script prints. */
export function readScriptAnswer(stdout: string): PlayerAnswer {
  const text = stdout.trim();
  if (text === "null") return { kind: "nothing" };
  const { data } = answerSchema.safeParse(parseJson(text));
  if (data === undefined) return { kind: "fault", code: "unexpected", text: "the Spotify program gave no playback state" };
  if (data.state === "stopped") return { kind: "nothing" };
  return {
    kind: "player",
    track: cleanTrack({ artists: [data.artist], title: data.name, album: data.album, duration: data.duration / 1000 }),
    note: data.id.startsWith("spotify:ad") ? "an advertisement plays" : undefined,
    id: data.id,
    seconds: Math.max(0, data.position),
    playing: data.state === "playing",
    device: "this machine",
  };
}

function faultOf(error: Error & { killed?: boolean | undefined; code?: unknown }): PlayerAnswer {
  if (error.killed === true) return { kind: "fault", code: "slow", text: `the Spotify program did not answer within ${timeoutMs / 1000} s` };
  const denied = "the Spotify program cannot be asked; allow it in System Settings, Privacy & Security, Automation";
  return { kind: "fault", code: "unexpected", text: error.code === "ENOENT" ? "there is no osascript on this machine" : denied };
}
