import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { sourceTiming } from "../src/telemetry/sources.ts";
import { after, managedWorker, manager, noon, rigAfter, running, telemetryOf } from "./rig-fixture.ts";
import type { RigEvent } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const source = (worker: string, more: Record<string, unknown> = {}) => ({ worker, health: "ok", problem: null, available: true, reason: null, track: null, is_playing: false, position: null, ...more });
const sources = {
  spotify: source("spotify_monitor", { track: { artist: "Sample Band", title: "Paper Lanterns" }, is_playing: true }),
  virtualdj: source("virtualdj_monitor", { reason: "none of the usual files exists" }),
};
const lyrics = { origin: "lrclib", synced: true, timing: "line", lines: 3, refrain_lines: 1, keyword_lines: 1 };

const rigOf = (playing: Record<string, unknown> = {}, fetcher: Record<string, unknown> = {}): ReturnType<typeof rigAfter> =>
  rigAfter([
    ...running("now_playing", { source: "spotify", pinned_source: "spotify", why: "pinned", sources, ...playing }),
    ...running("spotify_monitor", { poll_interval: 2 }),
    ...running("lyrics_fetcher", { offset: { ms: 200, scope: "song" }, lyrics, ...fetcher }),
    ...manager({ now_playing: managedWorker({}), lyrics_fetcher: managedWorker({}) }),
  ]);

const song = telemetryOf([
  ["/karaoke/track", [1, "spotify", "Sample Band", "Paper Lanterns", "Demo", 329, 1]],
  ["/karaoke/pos", [102.3, 1]],
  ["/karaoke/lyrics/reset", []],
  ["/karaoke/lyrics/line", [0, 96, "Carry me, carry me"]],
  ["/karaoke/lyrics/line", [1, 102.25, "Lanterns over water"]],
  ["/karaoke/lyrics/line", [2, 113.5, ""]],
  ["/karaoke/refrain/line", [0, 96, "Carry me, carry me"]],
  ["/karaoke/keywords/line", [0, 102.25, "LANTERNS WATER"]],
  ["/karaoke/line/active", [1]],
]);

function onNow(rig = rigOf(), telemetry = song, size: { columns?: number; rows?: number } = {}): TestSession {
  const shown = testSession(size);
  shown.know(rig, telemetry);
  shown.press("4");
  return shown;
}

describe("now playing", () => {
  it("says all of why there are no lines: what does not fit is below, and scrolls", () => {
    const { lyrics: _none, ...without } = song;
    const away = { problem: `cannot get lyrics from https://lrclib.net: ${"and so on ".repeat(12)}the end`, since: noon / 1000, retry_at: noon / 1000 + 20 };
    const shown = onNow(rigOf({}, { lyrics_away: away }), { ...without, lyrics: [] }, { columns: 40, rows: 12 });
    expect(shown.text()).toMatch(/ ↓ \d+ *$/m);
    for (let at = 0; at < 20; at += 1) shown.press("down");
    expect(shown.text()).toContain("the end");
    expect(shown.text()).not.toContain("↓");
  });

  it("shows the sources with who is live and pinned, and the offset with whose it is", () => {
    expect(onNow().text()).toMatch(/Now {2}● spotify \(pinned\) +○ virtualdj +offset \+200 ms \(song\)/);
    expect(onNow(rigOf({ pinned_source: "auto" }, { offset: { ms: 0, scope: "all" } })).text()).toMatch(/● spotify {2}○ virtualdj +offset 0 ms \(all songs\)/);
  });

  it("shows track, position, whether it plays, and how often and when the source was asked", () => {
    const text = onNow().text();
    expect(text).toMatch(/Sample Band – Paper Lanterns · Demo +1:42\.3 \/ 5:29 {2}▶ playing/);
    expect(text).toContain("asked every 2 s");
  });

  it("does not play on when positions no longer arrive, on any screen", () => {
    const later = { now: () => noon + 6_000 };
    const shown = testSession(later);
    shown.know(rigOf(), song);
    shown.press("4");
    expect(shown.text()).toMatch(/1:44\.3 \/ 5:29 {2}\? not known/);
    expect(shown.text()).toContain("! spotify: no position for 6.0 s; n takes another source");
    expect(shown.text()).not.toContain("▸");
    shown.press("1");
    expect(shown.text()).toMatch(/\? 1:44[^\n]*5:29/);
    expect(shown.text()).toContain("! no position for 6.0 s");
    const small = testSession({ ...later, columns: 40, rows: 12 });
    small.know(rigOf(), song);
    expect(small.text()).toContain("? 1:44 Sample Band – Paper Lanterns");
  });

  it("says no drift of a source that no longer answers", () => {
    const entry = (address: string, args: readonly number[], receivedAt: number) => [address, { message: { address, tags: "fi", args }, count: 1, receivedAt, rate: 2, changedFrom: undefined }] as const;
    const telemetry = { ...song, entries: new Map([...song.entries, entry("/playback/spotify/pos", [100.462, 1], noon)]) };
    expect(sourceTiming(telemetry, "spotify", noon + 5000)).toEqual({ ageMs: 5000, driftMs: undefined });
  });

  it("keeps the whole name at 40×12, and begins with a whole line of the lyrics", () => {
    const long = telemetryOf([
      ["/karaoke/track", [1, "spotify", "Sample Band", "Paper Lanterns", "Demo", 329, 1]],
      ["/karaoke/pos", [102.3, 1]],
      ...Array.from({ length: 20 }, (_, index): ["/karaoke/lyrics/line", (number | string)[]] => ["/karaoke/lyrics/line", [index, index * 5, `begin${index} with more words than a row has`]]),
      ["/karaoke/line/active", [10]],
    ]);
    const shown = onNow(rigOf(), long, { columns: 40, rows: 12 });
    expect(shown.text()).toMatch(/Sample Band – Paper Lanterns +▶ 1:42/);
    const first = shown.rows().find((row) => /begin|more words|than a/.test(row)) ?? "";
    expect(first).toContain("begin");
  });

  it("keeps what belongs to a line near to it in a wide terminal", () => {
    const row = onNow(rigOf(), song, { columns: 200, rows: 60 }).rows().find((one) => one.includes("Carry me")) ?? "";
    expect(row.trimEnd().length).toBeLessThanOrEqual(120);
    expect(row).toContain("refrain");
  });

  it("measures the answer of the source, and how far from it the published position is", () => {
    const entry = (address: string, args: readonly number[], receivedAt: number) => [address, { message: { address, tags: "fi", args }, count: 1, receivedAt, rate: 2, changedFrom: undefined }] as const;
    const telemetry = { ...song, entries: new Map([...song.entries, entry("/karaoke/pos", [100, 1], noon), entry("/playback/spotify/pos", [100.462, 1], noon + 500)]) };
    expect(sourceTiming(telemetry, "spotify", noon + 900)).toEqual({ ageMs: 400, driftMs: 38 });
    expect(onNow(rigOf(), telemetry).text()).toMatch(/last answer \d\.\d s ago · drift \+38 ms/);
    expect(sourceTiming(telemetry, "virtualdj", noon)).toBeUndefined();
  });

  it("marks the line that is sung, the refrain, keywords and instrumental parts, and says where the lyrics come from", () => {
    const text = onNow().text();
    expect(text).toMatch(/ {3}1:36\.0 {2}Carry me, carry me +refrain/);
    expect(text).toMatch(/▸ +1:42\.2 {2}Lanterns over water +LANTERNS WATER/);
    expect(text).toMatch(/1:53\.5 {2}\(instrumental\)/);
    expect(text).toContain("LRCLIB · timed by line · 3 lines · 1 refrain · m shows other versions");
  });

  it("moves the lyrics, taps, fetches and unpins by its keys", () => {
    const shown = onNow();
    shown.press("+", "-", ".", ",", "0", "t", "f", "x");
    expect(shown.wishes.map(({ worker, cmd, args }) => `${worker} ${cmd} ${JSON.stringify(args)}`)).toEqual([
      'lyrics_fetcher nudge {"ms":200}', 'lyrics_fetcher nudge {"ms":-200}', 'lyrics_fetcher nudge {"ms":50}', 'lyrics_fetcher nudge {"ms":-50}', "lyrics_fetcher reset_offset {}", "lyrics_fetcher tap_line {}",
      'lyrics_fetcher fetch_lyrics {"artist":"Sample Band","title":"Paper Lanterns"}', 'now_playing set_config {"pinned_source":"auto"}',
    ]);
  });

  it("pins a source that is picked from the list, with what each plays", () => {
    const shown = onNow();
    shown.press("n");
    expect(shown.text()).toMatch(/● spotify +pinned ▶ Sample Band – Paper Lanterns/);
    expect(shown.text()).toMatch(/○ virtualdj +none of the usual files exists/);
    shown.press("j", "return");
    expect(shown.wishes.at(-1)).toMatchObject({ worker: "now_playing", cmd: "set_config", args: { pinned_source: "virtualdj" } });
    expect(shown.text()).toContain("Lanterns over water");
  });

  it("keeps the chosen one of many versions in sight, and shows its whole name", () => {
    const candidates = Array.from({ length: 40 }, (_, index) => ({ id: `v${index}`, artist: "An artist with a very long name indeed", title: `A title of many words ${index} END${index}`, source: "lrclib", album: "", duration: 200, timing: "line", instrumental: false, lines: 9, fits: true, picked: index === 3 }));
    const rig = rigOf();
    const wish = { worker: "lyrics_fetcher", cmd: "list_candidates", args: {}, shown: {} };
    const listed = after(rig, { type: "sent", sent: { wish, phase: "accepted", message: "", issues: [], data: { artist: "A", title: "B", candidates, faults: ["LRCLIB does not answer"] } } }, noon);
    const shown = onNow(listed, song, { columns: 40, rows: 12 });
    shown.press("m");
    for (let down = 0; down < 25; down += 1) shown.press("down");
    expect(shown.text()).toContain("END25");
    expect(shown.text()).toContain("! LRCLIB does not answer");
    expect(shown.rows()).toHaveLength(11);
  });

  it("keeps the versions in sight while the lyrics are moved, until they are asked for anew", () => {
    const sent = (cmd: string, phase: "sending" | "accepted", data: unknown = null): RigEvent => ({ type: "sent", sent: { wish: { worker: "lyrics_fetcher", cmd, args: {}, shown: {} }, phase, message: "", issues: [], data } });
    const candidates = [{ id: "v1", artist: "A", title: "Picked by hand", source: "lrclib", album: "", duration: 200, timing: "line", instrumental: false, lines: 9, fits: true, picked: false }];
    const listed = after(rigOf(), sent("list_candidates", "accepted", { artist: "A", title: "B", candidates, faults: [] }), noon);
    const shown = onNow(listed, song);
    shown.press("m");
    shown.know(after(listed, sent("nudge", "accepted", { ms: 200 }), noon), song);
    expect(shown.text()).toContain("1 found");
    shown.press("return");
    expect(shown.wishes.at(-1)).toMatchObject({ cmd: "pick_lyrics", args: { candidate: "v1" } });
    shown.press("m");
    shown.know(after(listed, sent("list_candidates", "sending"), noon), song);
    expect(shown.text()).toContain("asking …");
    expect(shown.text()).not.toContain("Picked by hand");
  });

  it("says why there is no track, no lyrics or no worker, and what helps", () => {
    const nothing = telemetryOf([]);
    expect(onNow(rigOf({ source: null, pinned_source: "auto", reason: "no source has a track" }), nothing).text()).toMatch(/no source has a track[\s\S]*○ virtualdj +none of the usual files exists/);
    const bare = telemetryOf([["/karaoke/track", [1, "spotify", "A", "B", "", 0, 0]]]);
    expect(onNow(rigOf({}, { problem: "LRCLIB has no lyrics of A - B" }), bare).text()).toMatch(/No lyrics with times: LRCLIB has no lyrics of A - B; m looks for other\s+versions, f fetches again/);
    const away = rigAfter([...running("now_playing", { sources }), ...manager({})]);
    expect(onNow(away, bare).text()).toContain("lyrics_fetcher is away, so there are no lyrics: w starts it");
    expect(onNow(rigAfter(manager({})), nothing).text()).toContain("now_playing is away");
  });

  it("says when the source has stopped confirming the track, and what helps", () => {
    const shown = testSession({ now: () => noon + 40_000 });
    shown.know(rigOf(), song);
    shown.press("4");
    expect(shown.text()).toContain("! spotify: not confirmed for 40 s; n takes another source");
  });

  const long = "Paper Lanterns Over the Quiet Water (Extended Twelve Inch Night Drive Remix 2024 Remaster)";
  const longSong = telemetryOf([
    ["/karaoke/track", [1, "spotify", "The Extraordinarily Long Orchestra", long, "Demo", 329, 1]],
    ["/karaoke/pos", [102.3, 1]],
    ["/karaoke/lyrics/reset", []],
    ["/karaoke/lyrics/line", [0, 101, "A line that nobody could ever sing within a single breath although many have tried to since nineteen seventy two"]],
    ["/karaoke/lyrics/line", [1, 113.5, "The end"]],
    ["/karaoke/line/active", [0]],
  ]);
  const words = (text: string): string => text.replace(/\s+/g, " ");

  it.each([[40, 12, "A line"], [60, 20, "seventy two"], [79, 23, "seventy two"], [80, 24, "seventy two"], [120, 40, "seventy two"]] as const)("shows a long title and a long line whole at %d×%d, at once or by enter", (columns, rows, atOnce) => {
    const shown = onNow(rigOf(), longSong, { columns, rows });
    expect(shown.text()).toMatch(/▸ +1:41\.0 {2}A line that/);
    expect(words(shown.text())).toContain(atOnce);
    shown.press("return");
    let all = words(shown.text());
    shown.press("G");
    all += words(shown.text());
    for (const part of ["Twelve", "2024 Remaster)", "seventy two", "The end"]) expect(all).toContain(part);
    shown.press("escape");
    expect(shown.text()).toMatch(/▸ +1:41\.0 {2}A line that/);
  });

  it.each([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]] as const)("fits at %d×%d, with the line that is sung", (columns, rows) => {
    const shown = onNow(rigOf(), song, { columns, rows });
    expect(shown.text()).toMatch(/▸ .*Lanterns over/);
    expect(shown.text()).toContain("spotify");
    for (const row of shown.rows()) expect(stringWidth(row)).toBe(columns);
  });
});
