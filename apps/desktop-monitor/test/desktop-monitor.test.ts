import path from "node:path";
import dbus from "@particle/dbus-next";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { needs, waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { mprisPath, playerInterface, propertiesInterface, secondsOf } from "../src/mpris.ts";
import { SessionBus } from "../src/session-bus.ts";
import { Desktop, OddPlayer, playing, startMpv } from "./helpers/desktop.ts";

const command = [process.execPath, path.join(import.meta.dirname, "../bin/desktop-monitor.js")] as const;

describe("as a worker", () => {
  const subject = {
    name: "desktop_monitor",
    command,
    env: { DBUS_SESSION_BUS_ADDRESS: "" },
    validConfig: { players: ["vlc"] },
    invalidConfig: { players: [""] },
  };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface DesktopSetup {
  readonly tracks: string[];
  /** Every `/karaoke/pos`: seconds, whether it plays, and when it came, ms of `performance.now()`. */
  readonly positions: (readonly [seconds: number, playing: number, at: number])[];
  state(): Promise<Record<string, unknown>>;
  until(what: string, holds: (state: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  set(changes: Record<string, unknown>): Promise<unknown>;
}

async function setUp(address: string): Promise<DesktopSetup> {
  const tracks: string[] = [];
  const positions: [number, number, number][] = [];
  const receiver = await createReceiver();
  receiver.on("message", ({ address: to, args }) => {
    if (to === "/karaoke/track") tracks.push(args.join("|"));
    if (to === "/karaoke/pos") positions.push([Number(args[0]), Number(args[1]), performance.now()]);
  });
  onTestFinished(() => receiver.close());
  const env = { VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, DBUS_SESSION_BUS_ADDRESS: address };
  const worker = await WorkerProcess.prepare("desktop_monitor", { command, env });
  onTestFinished(() => worker.remove());
  const client = await worker.start();
  const state = async (): Promise<Record<string, unknown>> => (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {};
  return {
    tracks,
    positions,
    state,
    until: (what, holds) =>
      waitFor(what, async () => {
        const now = await state();
        return holds(now) ? now : undefined;
      }),
    set: (changes) => client.request("set_config", changes, { timeoutMs: 15_000 }),
  };
}

describe("without a desktop", () => {
  it("is well, and says what is missing", async () => {
    const { state, until } = await setUp("");
    await until("why", ({ reason }) => String(reason).includes("DBUS_SESSION_BUS_ADDRESS"));
    expect(await state()).toMatchObject({ available: false, player: null, last_track: null, condition: { level: "ok" } });
  });

  it("finds one that starts later, and again after its end", needs("dbus-daemon"), async () => {
    const desktop = Desktop.prepare();
    const { until } = await setUp(desktop.address);
    await until("why", ({ reason }) => String(reason).includes("cannot be reached"));
    await desktop.start();
    const player = await OddPlayer.start(desktop.address, "one");
    player.properties = playing("Song");
    await until("its track", ({ player: name, is_playing }) => name === "one" && is_playing === true);
    await desktop.stop();
    await until("its end", ({ last_track, available }) => last_track === null && available === false);
    await desktop.start();
    await until("the desktop", ({ available }) => available === true);
  });
});

describe("a real player", needs("dbus-daemon", "mprisPlayer"), () => {
  it("is followed: track, position to a tenth of a second, pause, seek, speed, end", async () => {
    const { address } = await Desktop.start();
    const { tracks, positions, until } = await setUp(address);
    await until("the desktop", ({ available }) => available === true);
    startMpv(address, "Bicep - Glue");
    await until("its track", ({ player, is_playing }) => player === "mpv" && is_playing === true);
    await waitFor("the track", () => tracks.some((track) => track.startsWith("1|desktop|Bicep|Glue||60")));
    const bus = await SessionBus.open({ onSignal: () => {}, onUnreadable: () => {}, onLost: () => {} }, address);
    onTestFinished(() => bus.close());
    const control = (member: string, signature = "", body: unknown[] = []): Promise<unknown> =>
      bus.call({ destination: "org.mpris.MediaPlayer2.mpv", path: mprisPath, interface: playerInterface, member, signature, body });
    const position = async (): Promise<number> => {
      const [value] = await bus.call({ destination: "org.mpris.MediaPlayer2.mpv", path: mprisPath, interface: propertiesInterface, member: "Get", signature: "ss", body: [playerInterface, "Position"] });
      return secondsOf(value) ?? Number.NaN;
    };
    /** How far the last position that a listener got is from what the player says now, ms. */
    const errorNow = async (rate: number): Promise<number> => {
      const askedAt = performance.now();
      const truth = await position();
      const [seconds = 0, , at = 0] = positions.at(-1) ?? [];
      return Math.abs(truth - seconds - (((askedAt + performance.now()) / 2 - at) / 1000) * rate) * 1000;
    };
    await waitFor("the position", async () => positions.length >= 4 && (await errorNow(1)) < 100);
    await control("Seek", "x", [30_000_000n]);
    await until("the seek", (now) => Number(now["position"]) > 29);
    await waitFor("the position after it", async () => (await errorNow(1)) < 100);
    await bus.call({ destination: "org.mpris.MediaPlayer2.mpv", path: mprisPath, interface: propertiesInterface, member: "Set", signature: "ssv", body: [playerInterface, "Rate", new dbus.Variant("d", 1.5)] });
    await waitFor("the speed", async () => (await errorNow(1.5)) < 100 && (positions.at(-1)?.[0] ?? 0) > 32);
    await control("Pause");
    await until("the pause", ({ is_playing }) => is_playing === false);
    await control("Play");
    await until("the end of the pause", ({ is_playing }) => is_playing === true);
    await control("Stop");
    await until("the end", ({ last_track }) => last_track === null);
  });
});

describe("players of all kinds", needs("dbus-daemon"), () => {
  it("count by priority and by who plays; those to be ignored never do", async () => {
    const { address } = await Desktop.start();
    const { until, set } = await setUp(address);
    const [vlc, firefox, proxy] = [await OddPlayer.start(address, "vlc.instance1"), await OddPlayer.start(address, "firefox"), await OddPlayer.start(address, "playerctld")];
    proxy.properties = playing("Proxy");
    firefox.properties = playing("Video");
    await until("the one that plays", ({ player }) => player === "firefox");
    vlc.properties = playing("Song");
    vlc.changed();
    await set({ players: ["vlc"] });
    await until("the one that goes first", ({ player }) => player === "vlc");
    vlc.properties = playing("Song", { status: "Paused" });
    vlc.changed();
    await until("the one that still plays", ({ player }) => player === "firefox");
    await set({ ignore: ["firefox"] });
    expect(await until("none but the others", ({ player }) => player !== "firefox")).toMatchObject({ players: expect.objectContaining({ "org.mpris.MediaPlayer2.firefox": "playing" }) });
  });

  it("are followed although one hangs, one floods, and one leaves in the middle", async () => {
    const { address } = await Desktop.start();
    const { until, tracks } = await setUp(address);
    const [hung, odd, good] = [await OddPlayer.start(address, "hung"), await OddPlayer.start(address, "odd"), await OddPlayer.start(address, "good")];
    hung.properties = undefined;
    odd.properties = { PlaybackStatus: playing("x")["PlaybackStatus"], Metadata: playing("x")["Rate"] };
    good.properties = playing("Song", { length: 0 });
    await until("the good one", ({ player, is_playing }) => player === "good" && is_playing === true);
    for (let count = 0; count < 2000; count += 1) odd.changed();
    // A position of 0 for ever: the clock tells it.
    await until("its position", ({ position }) => Number(position) > 2.5);
    good.seeked(100);
    await until("the seek", ({ position }) => Number(position) >= 100);
    expect(hung.asked).toBeLessThan(20);
    good.quit();
    await until("no track", ({ last_track }) => last_track === null);
    await waitFor("no voice", () => tracks.at(-1)?.startsWith("0|desktop"));
  });

  it("are followed when there are 200 of them, and one of them storms", async () => {
    const { address } = await Desktop.start();
    const { until, positions } = await setUp(address);
    const players = await Promise.all(Array.from({ length: 200 }, (_, index) => OddPlayer.start(address, `p${index}`)));
    const last = players.at(-1);
    if (last === undefined) throw new Error("no player");
    last.properties = playing("Song");
    last.changed();
    await until("the one that plays", ({ player, is_playing }) => player === "p199" && is_playing === true);
    const before = positions.length;
    const startedAt = performance.now();
    for (let count = 1; count <= 5000; count += 1) last.seeked(count / 50);
    await until("the last seek", ({ position }) => Number(position) >= 100);
    const [sent, tookMs] = [positions.length - before, performance.now() - startedAt];
    expect(sent).toBeLessThan(60 + tookMs / 15);
  });

  it("may name a track by its file before its tags: that name is never shown, and stays without its ending where no tags come", async () => {
    const { address } = await Desktop.start();
    const { until, tracks } = await setUp(address);
    const player = await OddPlayer.start(address, "mpv");
    const say = (title: string, artist: string[], id: string): void => {
      player.properties = playing(title, { artist, id });
      player.changed();
    };
    say("Before", ["Artist"], "/1");
    await until("the first track", ({ last_track }) => JSON.stringify(last_track).includes("Before"));
    say("s-Bicep - Glue.flac", [], "/2");
    const asked = player.asked;
    await waitFor("the file to be seen", () => player.asked > asked);
    say("Glue", ["Bicep"], "/2");
    await until("the track", ({ last_track }) => JSON.stringify(last_track).includes('"Glue"'));
    say("Artist X - Untagged.opus", [], "/3");
    await until("the untagged one", ({ last_track }) => JSON.stringify(last_track).includes("Untagged"));
    await waitFor("all of them", () => tracks.at(-1)?.includes("Untagged"));
    expect(tracks.map((track) => track.split("|").slice(2, 4))).toEqual([["Artist", "Before"], ["Bicep", "Glue"], ["Artist X", "Untagged"]]);
  });

  it("may send what the library cannot read: that message is left out, the process lives on", async () => {
    const { address } = await Desktop.start();
    const { until, state } = await setUp(address);
    const player = await OddPlayer.start(address, "odd");
    player.properties = playing("Before");
    player.changed();
    const { pid } = await until("its track", ({ player: name }) => name === "odd");
    for (let count = 0; count < 20; count += 1) player.unreadable();
    player.properties = playing("After");
    player.changed();
    await until("the next track", ({ last_track }) => JSON.stringify(last_track).includes("After"));
    expect((await state())["pid"]).toBe(pid);
  });

  it("may go backwards or stand still", async () => {
    const { address } = await Desktop.start();
    const { until } = await setUp(address);
    const player = await OddPlayer.start(address, "tape");
    player.properties = { ...playing("Song", { seconds: 50 }), Rate: new dbus.Variant("d", -1) };
    await until("backwards", ({ position, is_playing }) => position === 50 && is_playing === false);
    player.properties = { ...playing("Song", { seconds: 49 }), Rate: new dbus.Variant("d", -1) };
    await until("further back", ({ position, is_playing }) => position === 49 && is_playing === false);
    player.properties = { ...playing("Song", { seconds: 49 }), Rate: new dbus.Variant("d", 0) };
    player.changed();
    await until("standing", ({ position, is_playing }) => position === 49 && is_playing === false);
    player.properties = playing("Song", { seconds: 49 });
    player.changed();
    await until("forwards", ({ is_playing }) => is_playing === true);
  });
});
