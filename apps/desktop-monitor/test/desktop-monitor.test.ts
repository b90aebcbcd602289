import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createReceiver } from "@vj/telemetry";
import { needs, waitFor } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { mprisPath, playerInterface } from "../src/mpris.ts";
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

interface Rig {
  readonly tracks: string[];
  state(): Promise<Record<string, unknown>>;
  until(what: string, holds: (state: Record<string, unknown>) => boolean): Promise<Record<string, unknown>>;
  set(changes: Record<string, unknown>): Promise<unknown>;
}

async function rig(address: string): Promise<Rig> {
  const tracks: string[] = [];
  const receiver = await createReceiver({
    port: 0,
    onMessage: ({ address: to, args }) => {
      if (to === "/karaoke/track") tracks.push(args.join("|"));
    },
  });
  onTestFinished(() => receiver.close());
  const env = { VJ_OSC_TARGETS: `127.0.0.1:${receiver.port}`, DBUS_SESSION_BUS_ADDRESS: address };
  const worker = await WorkerProcess.prepare("desktop_monitor", { command, env });
  onTestFinished(() => worker.remove());
  const client = await worker.start();
  const state = async (): Promise<Record<string, unknown>> => (await client.request("get_state", {}, { timeoutMs: 15_000 })).data ?? {};
  return {
    tracks,
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
    const { state, until } = await rig("");
    await until("why", ({ reason }) => String(reason).includes("DBUS_SESSION_BUS_ADDRESS"));
    expect(await state()).toMatchObject({ available: false, player: null, last_track: null, condition: { level: "ok" } });
  });

  it("finds one that starts later, and again after its end", needs("dbus-daemon"), async () => {
    const desktop = Desktop.prepare();
    const { until } = await rig(desktop.address);
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
  it("is followed: track, position, pause, seek, end", async () => {
    const { address } = await Desktop.start();
    const { tracks, until } = await rig(address);
    await until("the desktop", ({ available }) => available === true);
    startMpv(address, "Bicep - Glue");
    await until("its track", ({ player, is_playing }) => player === "mpv" && is_playing === true);
    await waitFor("the track", () => tracks.some((track) => track.startsWith("1|desktop|Bicep|Glue||60")));
    const bus = await SessionBus.open({ onSignal: () => {}, onLost: () => {} }, address);
    onTestFinished(() => bus.close());
    const tell = (member: string, signature = "", body: unknown[] = []): Promise<unknown> =>
      bus.call({ destination: "org.mpris.MediaPlayer2.mpv", path: mprisPath, interface: playerInterface, member, signature, body });
    await tell("Seek", "x", [30_000_000n]);
    await until("the seek", ({ position }) => Number(position) > 29);
    await tell("Pause");
    await until("the pause", ({ is_playing }) => is_playing === false);
    await tell("Play");
    await until("the end of the pause", ({ is_playing }) => is_playing === true);
    await tell("Stop");
    await until("the end", ({ last_track }) => last_track === null);
  });
});

describe("players of all kinds", needs("dbus-daemon"), () => {
  it("count by priority and by who plays; those to be ignored never do", async () => {
    const { address } = await Desktop.start();
    const { until, set } = await rig(address);
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
    const { until, tracks } = await rig(address);
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
});
