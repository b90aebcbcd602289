import { describe, expect, it } from "vitest";
import { parseNowPlaying } from "../../src/file/parse-now-playing.ts";
import { nextTrack, startOfWatch } from "../../src/file/track-clock.ts";
import type { TrackClock } from "../../src/file/track-clock.ts";

/** 20 June 2025, 22:00 local time, when `performance.now()` is 10,000 s. */
const epochNow = new Date(2025, 5, 20, 22, 0).getTime();
const perfNow = 10_000_000;

interface Write {
  writtenAgoMs?: number;
  unseenMs?: number;
  path?: string;
  /** Milliseconds after 22:00. */
  at?: number;
}

function read(clock: TrackClock, text: string, { writtenAgoMs = 100, unseenMs = 250, path = "/x", at = 0 }: Write = {}): TrackClock {
  const reading = { found: true, path, text, noticedAt: perfNow + at, writtenAgoMs, unseenMs } as const;
  return nextTrack(clock, parseNowPlaying(text), reading, epochNow + at);
}

/** Title and seconds since the track began; undefined when the file has none. */
const playing = ({ named, track }: TrackClock): unknown => (named && track !== undefined ? [track.title, (perfNow - track.startedAt) / 1000] : undefined);

const atStart = { unseenMs: Infinity };
const header = "VirtualDJ History 2025/06/20\n------------------------------\n";
const hour = 3_600_000;

describe("a line", () => {
  const glue = read(startOfWatch, "Bicep - Glue");

  it("begins when it was written, also before the watch began", () => {
    expect(playing(glue)).toEqual(["Glue", 0.1]);
    expect(playing(read(startOfWatch, "Bicep - Glue", { writtenAgoMs: 90_000, ...atStart }))).toEqual(["Glue", 90]);
  });

  it("is limited by the last look where the stamp is coarse, and by the present where it is in the future", () => {
    expect(playing(read(glue, "Rone - Parade", { writtenAgoMs: 1900, at: 5000 }))).toEqual(["Parade", -4.75]);
    expect(playing(read(glue, "Rone - Parade", { writtenAgoMs: -5000, at: 5000 }))).toEqual(["Parade", -5]);
  });

  it("does not begin again when the file is touched or vanishes for a moment, but does when it follows another track", () => {
    expect(read(glue, "Bicep - Glue", { at: 9000 }).track).toBe(glue.track);
    expect(read(glue, "Bicep - Glue\r\n", { at: 9000 }).track).toBe(glue.track);
    const other = read(glue, "Rone - Parade", { at: 5000 });
    expect(playing(read(other, "Bicep - Glue", { at: 9000 }))).toEqual(["Glue", -8.9]);
    expect(playing(read(read(glue, "", { at: 5000 }), "Bicep - Glue", { at: 9000 }))).toEqual(["Glue", -8.9]);
  });

  it("of a copy that kept its old time does not replace a younger one", () => {
    expect(read(glue, "Rone - Parade", { writtenAgoMs: 40 * hour, at: 9000 }).track).toBe(glue.track);
  });

  it("ends with an empty file", () => {
    expect(playing(read(glue, ""))).toBeUndefined();
  });
});

describe("a history", () => {
  const old = `${header}19:32 : Old Artist - Old Song\n`;
  const oldAtStart = read(startOfWatch, old, { writtenAgoMs: 48 * hour, ...atStart });
  const live = read(oldAtStart, `${old}22:00 : Bicep - Glue\n`);

  it("has a new track when one entry is added at its end, at the time of writing", () => {
    expect(playing(live)).toEqual(["Glue", 0.1]);
    expect(playing(read(live, `${old}22:00 : Bicep - Glue\n22:05 : Bicep - Glue\n`, { at: 300_000 }))).toEqual(["Glue", -299.9]);
  });

  it("counts that entry as new also under an old date, with the header of a session, or after the first look at an empty file", () => {
    const oldDate = old.replace("2025/06/20", "2023/01/02");
    const clock = read(startOfWatch, oldDate, { writtenAgoMs: 48 * hour, ...atStart });
    expect(playing(read(clock, `${oldDate}22:00 : Bicep - Glue`))).toEqual(["Glue", 0.1]);
    expect(playing(read(clock, `${oldDate}\n${header}22:00 : Bicep - Glue`))).toEqual(["Glue", 0.1]);
    expect(playing(read(read(startOfWatch, "", atStart), `${header}22:00 : Bicep - Glue`))).toEqual(["Glue", 0.1]);
  });

  it.each<[string, (text: string) => string]>([
    ["touched", (text) => text],
    ["given the header of a new session", (text) => `${text}VirtualDJ History 2025/06/22\n------\n`],
    ["given line ends of another system", (text) => text.replaceAll("\n", "\r\n")],
  ])("does not make its last track begin again when it is %s", (_, change) => {
    expect(playing(read(oldAtStart, change(old)))).toEqual(["Old Song", 48 * 3600]);
    expect(read(live, change(`${old}22:00 : Bicep - Glue\n`), { at: 9000 }).track).toBe(live.track);
  });

  it("of another night does not become live when it is put in its place, at once or at the start", () => {
    const other = "VirtualDJ History 2025/06/19\n-----\n23:50 : A - One\n00:10 : B - Two\n";
    // Played at 00:10 of the 20th, to the minute.
    const age = 21 * 3600 + 50 * 60 - 60;
    expect(playing(read(oldAtStart, other))).toEqual(["Two", age]);
    expect(playing(read(startOfWatch, other))).toEqual(["Two", age]);
    expect(playing(read(startOfWatch, other, atStart))).toEqual(["Two", age]);
    expect(read(live, other, { at: 9000 }).track).toBe(live.track);
  });

  it("has no track while its newest entry has no title, and the next one is new", () => {
    const list = "#EXTM3U\n#EXTVDJ:<time>21:59</time><title>One</title>\nnetsearch://1\n";
    const untitled = `${list}#EXTVDJ:<time>22:03</time>\nnetsearch://2\n`;
    const one = read(read(startOfWatch, "#EXTM3U\n", atStart), list);
    const none = read(one, untitled, { at: 200_000 });
    expect([playing(one), playing(none), playing(read(none, untitled, { at: 300_000 }))]).toEqual([["One", 0.1], undefined, undefined]);
    expect(playing(read(none, `${untitled}#EXTVDJ:<time>22:06</time><title>Three</title>\nnetsearch://3\n`, { at: 400_000 }))).toEqual(["Three", -399.9]);
  });

  it("put back to an older state and forth again changes nothing", () => {
    const back = read(live, old, { at: 5000 });
    expect(back.track).toBe(live.track);
    expect(read(back, `${old}22:00 : Bicep - Glue\n`, { at: 9000 }).track).toBe(live.track);
  });

  it("that grew by many entries while it was synchronised is as old as its date", () => {
    const grown = `${old}19:40 : A - One\n19:45 : B - Two\n`;
    expect(playing(read(oldAtStart, grown))).toEqual(["Two", 2 * 3600 + 15 * 60 - 60]);
    expect(playing(read(oldAtStart, `${old}21:50 : A - One\n22:00 : B - Two\n`))).toEqual(["Two", 0.1]);
  });

  it("touched before the start does not make a track younger than its entry", () => {
    expect(playing(read(startOfWatch, `${header}21:50 : A - One\n`, { writtenAgoMs: 1000, ...atStart }))).toEqual(["One", 540]);
    expect(playing(read(startOfWatch, `${header}21:59 : A - One\n`, { writtenAgoMs: 1000, ...atStart }))).toEqual(["One", 1]);
  });

  it("longer than the part that is read still shows its last entry", () => {
    const lines = Array.from({ length: 50 }, (_, index) => `21:${index + 10} : A - Song ${index}`);
    const clock = read(startOfWatch, lines.slice(0, 40).join("\n"), { writtenAgoMs: 48 * hour, ...atStart });
    expect(playing(read(clock, lines.slice(10, 41).join("\n")))).toEqual(["Song 40", 0.1]);
  });
});
