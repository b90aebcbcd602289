import { describe, expect, it } from "vitest";
import type { Peer } from "@vj/control";
import { SourceOutput } from "../src/index.ts";

function rig(): { output: SourceOutput<"virtualdj">; sent: string[]; forgotten: string[]; hold(): () => void } {
  const sent: string[] = [];
  const forgotten: string[] = [];
  const output = new SourceOutput("virtualdj", {
    send: (address, values) => void sent.push(`${address} ${Object.values(values).join(",")}`),
    forget: (address) => void forgotten.push(address),
  });
  const hold = (): (() => void) => {
    let release = (): void => {};
    const peer: Peer = {
      id: 1,
      connectedAt: 0,
      send: () => {},
      on: (_event, listener) => {
        release = listener;
        return () => {};
      },
    };
    void output.hold.command().run({ type: "command", cmd: "hold_output" }, peer);
    return release;
  };
  return { output, sent, forgotten, hold };
}

const track = { artist: "A", title: "T", album: "", duration: 0 };
const playing = "1,virtualdj,A,T,,0,0";
const silent = "0,virtualdj,,,,0,0";

describe("the output of a source", () => {
  it("is published under both names while nobody holds it", () => {
    const { output, sent } = rig();
    output.publishTrack(track);
    output.publishPosition(1.5, true);
    output.publishTrack(undefined);
    output.publishPosition(2, false);
    expect(sent).toEqual([
      `/playback/virtualdj/track ${playing}`,
      `/karaoke/track ${playing}`,
      "/playback/virtualdj/pos 1.5,1",
      "/karaoke/pos 1.5,1",
      `/playback/virtualdj/track ${silent}`,
      `/karaoke/track ${silent}`,
    ]);
  });

  it("reports lyrics once they are available, only where the track counts", () => {
    const { output, sent, hold } = rig();
    output.publishLyrics(true);
    output.publishTrack(track);
    output.publishLyrics(true);
    output.publishLyrics(true);
    output.publishLyrics(false);
    expect(sent.slice(2)).toEqual([`/karaoke/track ${playing.replace(/0$/, "1")}`, `/karaoke/track ${playing}`]);
    const release = hold();
    output.publishLyrics(true);
    expect(sent).toHaveLength(4);
    release();
    expect(sent.at(-1)).toBe(`/karaoke/track ${playing.replace(/0$/, "1")}`);
    output.publishTrack({ ...track, title: "Next" });
    expect(sent.at(-1)).toBe("/karaoke/track 1,virtualdj,A,Next,,0,0");
  });

  it("leaves /karaoke/ alone while it has no track", () => {
    const { output, sent, hold } = rig();
    output.publishTrack(undefined);
    hold()();
    output.publishTrack(undefined);
    expect(sent).toEqual([`/playback/virtualdj/track ${silent}`, `/playback/virtualdj/track ${silent}`]);
  });

  it("is not sent to late joiners as /karaoke/track while held", () => {
    const { output, forgotten, hold } = rig();
    output.publishTrack(track);
    expect(forgotten).toEqual([]);
    hold();
    expect(forgotten).toEqual(["/karaoke/track"]);
  });

  it("is published only under its own name while held, and under both again when the holder is gone", () => {
    const { output, sent, hold } = rig();
    output.publishTrack(track);
    const release = hold();
    sent.length = 0;
    output.publishPosition(3, true);
    output.publishTrack(undefined);
    output.publishTrack(track);
    expect(sent.filter((line) => line.startsWith("/karaoke/"))).toEqual([]);
    release();
    expect(sent.at(-1)).toBe(`/karaoke/track ${playing}`);
    output.publishPosition(4, true);
    expect(sent.at(-1)).toBe("/karaoke/pos 4,1");
  });
});
