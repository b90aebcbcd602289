import type { OscMessage } from "@vj/telemetry";
import { describe, expect, it } from "vitest";
import { PlaybackFeed } from "../src/index.ts";

function rig(): { feed: PlaybackFeed; received: string[]; track(worker: string, title: string): void; position(worker: string, at: number): void } {
  const received: string[] = [];
  const feed = new PlaybackFeed({
    busDir: "/nowhere",
    onTrack: (track) => received.push(track?.title ?? "none"),
    onPosition: (position, playing) => received.push(`${position} ${playing}`),
    onProblem: (problem) => received.push(problem),
  });
  const receive = (worker: string, address: string, args: OscMessage["args"]): void => feed.receive(worker, { address, tags: "", args });
  return {
    feed,
    received,
    track: (worker, title) => receive(worker, "/karaoke/track", [title === "" ? 0 : 1, "x", "A", title, "", 0, 0]),
    position: (worker, at) => receive(worker, "/karaoke/pos", [at, 1]),
  };
}

describe("the track that counts", () => {
  it("is that of the monitors, without now_playing", () => {
    const { received, track, position } = rig();
    track("virtualdj_monitor", "Mix");
    position("virtualdj_monitor", 1);
    track("spotify_monitor", "");
    position("spotify_monitor", 99);
    track("virtualdj_monitor", "");
    expect(received).toEqual(["Mix", "1 true", "none"]);
  });
  it("is that of now_playing alone, while it runs", () => {
    const { feed, received, track, position } = rig();
    track("virtualdj_monitor", "Mix");
    feed.follow("now_playing", true);
    track("now_playing", "Song");
    track("virtualdj_monitor", "Mix 2");
    position("virtualdj_monitor", 1);
    position("now_playing", 2);
    feed.follow("now_playing", false);
    track("virtualdj_monitor", "Mix 3");
    expect(received).toEqual(["Mix", "Song", "2 true", "Mix 3"]);
  });
  it("does not change when it is repeated", () => {
    const { received, track } = rig();
    track("virtualdj_monitor", "Mix");
    track("spotify_monitor", "Song");
    track("virtualdj_monitor", "Mix");
    expect(received).toEqual(["Mix", "Song"]);
  });
  it("must match the OSC table", () => {
    const { feed, received } = rig();
    feed.receive("now_playing", { address: "/karaoke/track", tags: "is", args: [1, "x"] });
    feed.receive("now_playing", { address: "/karaoke/pos", tags: "si", args: ["1", 1] });
    expect(received).toEqual([]);
  });
});
