import path from "node:path";
import { describe, expect, it } from "vitest";
import { median } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { setUp } from "./helpers/set-up.ts";
import { json, playback, song, status } from "./helpers/stand-in-spotify.ts";

/** What a listener got of a track: seconds, and how far that is from the truth of the server, ms. */
interface ReceivedPosition {
  readonly title: string;
  readonly seconds: number;
  readonly playing: number;
  readonly errorMs: number;
}

/** Plays tracks of a length one after the other; the truth that positions are measured against. */
class Turntable {
  /** When the first began, ms of `performance.now()`. */
  startedAt = performance.now();
  readonly lengthMs: number;

  constructor(lengthMs: number) {
    this.lengthMs = lengthMs;
  }

  at(now: number): { title: string; ms: number } {
    const played = now - this.startedAt;
    const index = Math.floor(played / this.lengthMs);
    return { title: `Track ${index}`, ms: played - index * this.lengthMs };
  }

  answer(now: number): Record<string, unknown> {
    const { title, ms } = this.at(now);
    return playback({ progress_ms: Math.round(ms), item: song({ uri: `spotify:track:${title}`, name: title, duration_ms: this.lengthMs }) });
  }
}

describe("the position that a listener gets", () => {
  it("is that of Spotify: between questions, at changes of track, also when answers take long; a seek and a pause come at once", { timeout: 60_000 }, async () => {
    const table = new Turntable(6000);
    const received: ReceivedPosition[] = [];
    let title = "";
    const { spotify, until, signIn } = await setUp({
      onMessage: ({ address, args }, at) => {
        if (address === "/karaoke/track") title = String(args[3]);
        if (address !== "/karaoke/pos") return;
        const truth = table.at(at);
        if (truth.title === title) received.push({ title, seconds: Number(args[0]), playing: Number(args[1]), errorMs: Math.abs(Number(args[0]) * 1000 - truth.ms) });
      },
    });
    // The state is read at some moment of the way, which nobody tells.
    let count = 0;
    spotify.player = (response, request) => {
      const [before, after] = [[10, 20], [150, 10], [10, 150], [80, 80]][count++ % 4] ?? [0, 0];
      setTimeout(() => {
        const answer = json(table.answer(performance.now()));
        setTimeout(() => answer(response, request), after);
      }, before);
    };
    signIn();
    await waitFor("three tracks", () => new Set(received.map((one) => one.title)).size >= 3 && received.length >= 24);
    const changes = received.filter((one, index) => one.title !== received[index - 1]?.title).slice(1);
    // Half of them: a busy machine delivers some late.
    expect(median(received.map(({ errorMs }) => errorMs))).toBeLessThan(100);
    // There are two or three changes: one that is delivered late counts for half.
    expect(median(changes.map(({ errorMs }) => errorMs))).toBeLessThan(250);
    const back = received.filter(({ title: name, seconds }, index) => received[index - 1]?.title === name && seconds < (received[index - 1]?.seconds ?? 0));
    expect(back).toEqual([]);
    table.startedAt = performance.now() - 1000 * table.lengthMs - 2000;
    await waitFor("the seek", () => title === "Track 1000" && (received.at(-1)?.errorMs ?? 1000) < 100);
    spotify.player = json({ ...table.answer(table.startedAt + 3000), is_playing: false });
    await until({ state: "paused", position: 3 });
    await waitFor("the pause", () => received.at(-1)?.playing === 0 || title === "Track 0");
  });

  it("ends with the track, also when Spotify asked for a pause of hours", async () => {
    const { spotify, until, signIn, osc } = await setUp();
    spotify.player = json(playback({ progress_ms: 245_500 }));
    signIn();
    await until({ state: "playing" });
    spotify.player = status(429, { "retry-after": "7200" });
    expect(await until({ state: "rate_limited" })).toMatchObject({ is_playing: true, condition: { level: "degraded" } });
    await until({ last_track: null });
    await waitFor("the end", () => osc.latest("/karaoke/track")?.message.args[0] === 0);
    expect(spotify.questions.length).toBeLessThan(5);
  });

  it("is asked for at once after the machine slept; a limit that ended meanwhile is over", async () => {
    const sleep = path.join(import.meta.dirname, "helpers/sleep-on-signal.mjs");
    const { spotify, until, signIn, state } = await setUp({ env: { NODE_OPTIONS: `--import ${sleep}` }, config: { poll_interval: 60 } });
    let progress = 30_000;
    spotify.player = (response, request) => json(playback({ progress_ms: progress, device: { name: "Booth" } }))(response, request);
    signIn(Date.now() + 100 * 3_600_000);
    // Two fast questions, and the next one a minute later.
    await waitFor("the third question", () => spotify.questions.length === 3);
    await until({ state: "playing" });
    progress = 200_000;
    const pid = Number((await state())["pid"]);
    // An hour passes in which the process does not live.
    process.kill(pid, "SIGUSR2");
    await waitFor("a question", () => spotify.questions.length === 4);
    const now = await until({ is_playing: true });
    expect(Number(now["position"])).toBeGreaterThan(199);
    spotify.player = status(429, { "retry-after": "3000" });
    process.kill(pid, "SIGUSR2");
    await until({ state: "rate_limited" });
    const asked = spotify.questions.length;
    spotify.player = json(playback());
    process.kill(pid, "SIGUSR2");
    await waitFor("the end of the limit", () => spotify.questions.length > asked);
  });
});
