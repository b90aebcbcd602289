import path from "node:path";
import { sourceContract } from "@vj/playback/testing";
import type { SourceSubject } from "@vj/playback/testing";
import { needs } from "@vj/test-kit";
import { describe, it } from "vitest";
import { Desktop, OddPlayer, playing } from "./helpers/desktop.ts";

const subject: SourceSubject = {
  source: "desktop",
  worker: "desktop_monitor",
  command: [process.execPath, path.join(import.meta.dirname, "../bin/desktop-monitor.js")],
  prepare: async (_worker, env) => {
    const { address } = await Desktop.start();
    env["DBUS_SESSION_BUS_ADDRESS"] = address;
    const player = await OddPlayer.start(address, "player");
    let begunAt = 0;
    let show = { title: "", artist: [""], album: "", length: 0, id: "/track/0" };
    let plays = 0;
    const now = (): number => (performance.now() - begunAt) / 1000;
    const change = (properties: () => Record<string, unknown>): void => {
      player.properties = properties;
      player.changed();
    };
    return {
      play: ({ title, artist, album, duration }, seconds) => {
        begunAt = performance.now() - seconds * 1000;
        show = { title, artist: [artist], album, length: duration, id: `/track/${(plays += 1)}` };
        change(() => playing(show.title, { ...show, seconds: now() }));
      },
      pause: () => {
        const seconds = now();
        change(() => playing(show.title, { ...show, seconds, status: "Paused" }));
      },
      seek: (seconds) => {
        begunAt = performance.now() - seconds * 1000;
        player.seeked(seconds);
      },
      stop: () => change(() => ({})),
    };
  },
};

describe("a player of the desktop", needs("dbus-daemon"), () => {
  for (const { name, run } of sourceContract(subject)) it(name, () => run());
});
