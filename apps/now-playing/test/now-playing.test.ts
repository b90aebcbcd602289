import { mkdirSync, rmdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { standInLyrics } from "./helpers/stand-in-lyrics.ts";
import { standInMonitor } from "./helpers/stand-in-monitor.ts";
import type { StandInMonitor } from "./helpers/stand-in-monitor.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/now-playing.js")] as const;

describe("as a worker", () => {
  const subject = {
    name: "now_playing",
    command,
    validConfig: { pinned_source: "virtualdj" },
    invalidConfig: { pinned_source: "no source at all" },
  };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface NowPlayingSetup {
  /** Every `/karaoke/track` so far: its arguments as text. */
  tracks: string[];
  /** Every `/karaoke/pos` so far. */
  positions: unknown[][];
  worker: WorkerProcess;
  monitor(source: string): Promise<StandInMonitor>;
  request(cmd: string, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
}

async function setUp(): Promise<NowPlayingSetup> {
  const tracks: string[] = [];
  const positions: unknown[][] = [];
  const receiver = await createReceiver();
  receiver.on("message", ({ address, args }) => {
    if (address === "/karaoke/track") tracks.push(args.join("|"));
    if (address === "/karaoke/pos") positions.push([...args]);
  });
  onTestFinished(() => receiver.close());
  const env = { VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}` };
  const worker = await WorkerProcess.prepare("now_playing", { command, env });
  onTestFinished(() => worker.remove());
  const client = await worker.start();
  return {
    tracks,
    positions,
    worker,
    monitor: async (source) => {
      const monitor = await standInMonitor(source, worker.busDir);
      onTestFinished(() => monitor.stop());
      await waitFor(`${source} to be held`, () => monitor.held);
      return monitor;
    },
    request: async (cmd, args) => (await client.request(cmd, args, { timeoutMs: 15_000 })).data ?? {},
  };
}

describe("the source that counts", () => {
  it("is the first by priority, and the other one when the first stops", async () => {
    const { tracks, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    const virtualdj = await monitor("virtualdj");
    spotify.track("Song");
    spotify.position(10, true);
    await waitFor("the first track", () => tracks.at(-1) === "1|spotify|Artist|Song||0|0");
    virtualdj.track("Mix");
    virtualdj.position(0, true);
    await waitFor("the swap", () => tracks.at(-1) === "1|virtualdj|Artist|Mix||0|0");
    expect(await request("get_state")).toMatchObject({
      source: "virtualdj",
      why: "plays, and goes first by priority",
      track: { title: "Mix" },
      sources: { spotify: { health: "ok", problem: null, track: { title: "Song" }, is_playing: true } },
    });
    virtualdj.track(undefined);
    await waitFor("the swap back", () => tracks.at(-1) === "1|spotify|Artist|Song||0|0");
    spotify.track(undefined);
    await waitFor("the end", () => tracks.at(-1) === "0|spotify||||0|0");
  });

  it("may be an unknown one, whatever the name of its worker, and is pinned by its name", async () => {
    const { tracks, worker, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("Song");
    spotify.position(0, true);
    await waitFor("the known one", () => tracks.at(-1)?.includes("Song"));
    const stranger = await standInMonitor("gramophone", worker.busDir, "test_cellar");
    onTestFinished(() => stranger.stop());
    await waitFor("the hold", () => stranger.held);
    stranger.track("Shellac");
    await waitFor("its track", async () => JSON.stringify(await request("get_state")).includes("Shellac"));
    await request("set_config", { pinned_source: "gramophone" });
    await waitFor("the pinned one", () => tracks.at(-1) === "1|gramophone|Artist|Shellac||0|0");
    expect(await request("get_state")).toMatchObject({ sources: { gramophone: { worker: "test_cellar", health: "ok" }, spotify: { health: "ok" } } });
  });

  it("comes from another worker once the one that published it is away", async () => {
    const { tracks, worker, monitor, request } = await setUp();
    const monitorOfAll = await monitor("virtualdj");
    monitorOfAll.track("Live");
    monitorOfAll.position(0, true);
    await waitFor("the monitor's track", () => tracks.at(-1)?.includes("Live"));
    await monitorOfAll.stop();
    await waitFor("its end", async () => JSON.stringify(await request("get_state")).includes("is not running"));
    const replay = await standInMonitor("virtualdj", worker.busDir, "replay");
    onTestFinished(() => replay.stop());
    await waitFor("the hold", () => replay.held);
    replay.track("Recorded");
    replay.position(0, true);
    await waitFor("the other worker's track", () => tracks.at(-1)?.includes("Recorded"));
    expect(await request("get_state")).toMatchObject({ sources: { virtualdj: { worker: "replay", health: "ok" } } });
  });

  it("has lyrics as long as the lyrics worker reports them", async () => {
    const { tracks, worker, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("Song");
    await waitFor("the track", () => tracks.at(-1) === "1|spotify|Artist|Song||0|0");
    const lyrics = await standInLyrics(worker.busDir);
    lyrics.say("Artist", "Other song", true);
    lyrics.say("Artist", "Song", true);
    await waitFor("its lyrics", () => tracks.at(-1) === "1|spotify|Artist|Song||0|1");
    expect(await request("get_state")).toMatchObject({ track: { has_lyrics: true }, sources: { spotify: { track: { has_lyrics: true } } } });
    await lyrics.stop();
    await waitFor("their loss", () => tracks.at(-1) === "1|spotify|Artist|Song||0|0");
    const flags = tracks.filter((track) => track.includes("Song")).map((track) => track.slice(-1));
    expect(flags.filter((flag, index) => flag !== flags[index - 1])).toEqual(["0", "1", "0"]);
  });

  it("is the pinned one until it is unpinned", async () => {
    const { tracks, monitor, request } = await setUp();
    const [spotify, virtualdj] = [await monitor("spotify"), await monitor("virtualdj")];
    virtualdj.track("Mix");
    virtualdj.position(0, true);
    spotify.track("Song");
    spotify.position(0, true);
    await waitFor("the first by priority", () => tracks.at(-1)?.includes("Mix"));
    await request("set_config", { pinned_source: "spotify" });
    await waitFor("the pinned one", () => tracks.at(-1)?.includes("Song"));
    expect(await request("get_state")).toMatchObject({ source: "spotify", why: "pinned", pinned_source: "spotify" });
    virtualdj.track("Next mix");
    spotify.track(undefined);
    await waitFor("why nothing is shown", async () => (await request("get_state"))["reason"] === "pinned to spotify, which has no track");
    spotify.track("Song");
    spotify.position(0, true);
    await waitFor("the pinned one again", async () => (await request("get_state"))["reason"] === null);
    await request("set_config", { pinned_source: "auto" });
    await waitFor("the first again", () => tracks.at(-1)?.includes("Next mix"));
    await request("set_config", { priority: ["spotify"] });
    await waitFor("another first", () => tracks.at(-1)?.includes("Song"));
  });

  it("leaves out skipped tracks, delays the others, and keeps a history", async () => {
    const { tracks, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    await request("set_config", { skip: ["*jingle*"], delay_sec: 1 });
    spotify.track("The Jingle");
    spotify.position(30, true);
    await waitFor("why", async () => String((await request("get_state"))["not_shown"]).includes("*jingle*"));
    const hidden = 'not shown: matches the pattern "*jingle*"';
    expect(await request("get_state")).toMatchObject({ reason: hidden, condition: { level: "ok", text: hidden } });
    spotify.track("Song");
    spotify.position(0, true);
    await waitFor("the delay", async () => String((await request("get_state"))["not_shown"]).includes("less than 1 s"));
    await waitFor("the song", () => tracks.at(-1)?.includes("Song"));
    expect(tracks.filter((track) => track.includes("Jingle"))).toEqual([]);
    const played = await waitFor("its line", async () => [(await request("get_history"))["tracks"]].flat().length > 0 && (await request("get_history"))["tracks"]);
    expect(played).toMatchObject([{ source: "spotify", artist: "Artist", title: "Song" }]);
    expect(await request("get_history", { since: new Date(Date.now() + 60_000).toISOString() })).toEqual({ tracks: [] });
  });

  it("that flaps does not fill the history, which goes on where it can be written again", async () => {
    const { tracks, worker, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    const count = async (): Promise<number> => [(await request("get_history"))["tracks"]].flat().length;
    const file = path.join(worker.dir, "data", "played.jsonl");
    mkdirSync(file, { recursive: true });
    spotify.track("Song");
    spotify.position(0, true);
    await waitFor("the fault", async () => JSON.stringify((await request("get_state"))["condition"]).includes("not kept"));
    rmdirSync(file);
    await waitFor("the same track, kept later", async () => (await count()) === 1);
    for (let track = 1; track <= 200; track += 1) {
      spotify.track(`Song ${track}`);
      spotify.position(0, true);
    }
    await waitFor("the last one", () => tracks.at(-1)?.includes("Song 200"));
    spotify.position(1, true);
    await waitFor("its line", async () => JSON.stringify(await request("get_history")).includes("Song 200"));
    expect(await count()).toBe(2);
  });

  it("has its position published by the clock, also while its monitor is silent", async () => {
    const { positions, monitor } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("Song");
    spotify.position(100, true);
    await waitFor("positions", () => positions.filter(([seconds]) => Number(seconds) > 100).length >= 3);
    const moving = positions.map(([seconds]) => Number(seconds)).filter((seconds) => seconds >= 100);
    expect(moving).toEqual([...moving].sort((a, b) => a - b));
    spotify.position(50, false);
    await waitFor("the pause", () => positions.filter(([seconds, playing]) => seconds === 50 && playing === 0).length >= 2);
  });

  it("survives a monitor that restarts: nothing is published, the hold is taken again", async () => {
    const { tracks, monitor, request } = await setUp();
    const first = await monitor("virtualdj");
    first.track("Mix");
    first.position(30, true);
    await waitFor("the track", () => tracks.at(-1)?.includes("Mix"));
    await first.stop();
    await waitFor("the loss", async () => JSON.stringify(await request("get_state")).includes('"health":"away"'));
    const second = await monitor("virtualdj");
    second.track("Mix");
    second.position(31, true);
    await waitFor("good health", async () => {
      const state = JSON.stringify((await request("get_state"))["sources"]);
      return state.includes('"health":"ok","problem":null');
    });
    expect(new Set(tracks.filter((track) => !track.startsWith("0||")))).toEqual(new Set(["1|virtualdj|Artist|Mix||0|0"]));
  });

  it("gives way within two seconds when its monitor dies", async () => {
    const { tracks, monitor } = await setUp();
    const [spotify, virtualdj] = [await monitor("spotify"), await monitor("virtualdj")];
    spotify.track("Song");
    spotify.position(10, true);
    virtualdj.track("Mix");
    virtualdj.position(0, true);
    await waitFor("the first by priority", () => tracks.at(-1)?.includes("Mix"));
    const diedAt = performance.now();
    await virtualdj.stop();
    await waitFor("the other one", () => tracks.at(-1)?.includes("Song"));
    // 1.5 s, and what a busy machine adds.
    expect(performance.now() - diedAt).toBeGreaterThan(1400);
    expect(performance.now() - diedAt).toBeLessThan(3000);
  });

  it("has a jump of its position published at once, and a storm of jumps bounded", async () => {
    const { tracks, positions, monitor } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("Song");
    spotify.position(10, true);
    await waitFor("the track", () => tracks.at(-1)?.includes("Song"));
    await waitFor("its position", () => positions.length > 0);
    const before = positions.length;
    const startedAt = performance.now();
    for (let count = 0; count < 1000; count += 1) spotify.position(count % 2 === 0 ? 100 : 200, true);
    await waitFor("the end of the storm", () => positions.length > before + 1);
    // A source repeats its position: what it sends over UDP just after such a storm may be lost.
    await waitFor("the last jump", () => {
      spotify.position(77, true);
      return Math.abs(Number(positions.at(-1)?.[0]) - 78) < 2;
    });
    expect(positions.length - before).toBeLessThan(5 + (performance.now() - startedAt) / 40);
  });

  it("begins a track where its source says it is, not at 0", async () => {
    const { tracks, positions, monitor } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("One");
    spotify.position(40, true);
    await waitFor("the first track", () => tracks.at(-1)?.includes("One"));
    await waitFor("its position", () => positions.length > 0);
    for (let count = 1; count <= 5; count += 1) {
      spotify.track(`Next ${count}`);
      spotify.position(100 * count, true);
      await waitFor("the next track", () => tracks.at(-1)?.includes(`Next ${count}`));
      await waitFor("its position", () => Math.floor(Number(positions.at(-1)?.[0]) / 100) === count);
    }
    expect(positions.filter(([seconds]) => Number(seconds) < 40)).toEqual([]);
    // Without a position of its own it has begun just now.
    spotify.track("Last");
    await waitFor("a supposed position", () => Number(positions.at(-1)?.[0]) < 10);
  });

  it("has names that are safe to show, whatever its monitor sends", async () => {
    const { tracks, monitor, request } = await setUp();
    const spotify = await monitor("spotify");
    spotify.track("\u001b]0;pwned\u0007Son\u202eg\u200b\u0000");
    await waitFor("the track", () => tracks.at(-1) === "1|spotify|Artist|Song||0|0");
    expect(JSON.stringify(await request("get_state"))).not.toMatch(/\\u001b|\u202e/);
  });

  it("is said to be missing while it is pinned and away", async () => {
    const { monitor, request } = await setUp();
    const condition = async (): Promise<string> => JSON.stringify((await request("get_state"))["condition"]);
    await request("set_config", { pinned_source: "gramophone" });
    await waitFor("the fault", async () => /degraded.*no worker publishes it yet.*pinned_source=auto/.test(await condition()));
    const gramophone = await monitor("gramophone");
    await waitFor("good health", async () => (await condition()).includes('"level":"ok"'));
    await gramophone.stop();
    await waitFor("the loss", async () => /degraded.*gramophone_monitor is not running/.test(await condition()));
    await request("set_config", { pinned_source: "auto" });
    await waitFor("good health again", async () => (await condition()).includes('"level":"ok"'));
  });

  it("lets the monitors speak for themselves when it dies", async () => {
    const { worker, monitor } = await setUp();
    const [spotify, virtualdj] = [await monitor("spotify"), await monitor("virtualdj")];
    await worker.kill("SIGKILL");
    await waitFor("the release", () => !spotify.held && !virtualdj.held);
  });

  it("publishes that there is no track when no monitor runs", async () => {
    const { tracks, request } = await setUp();
    await waitFor("no track", () => tracks.at(-1) === "0|||||0|0");
    expect(await request("get_state")).toMatchObject({
      source: null,
      why: "no source has a track",
      sources: {},
    });
  });
});
