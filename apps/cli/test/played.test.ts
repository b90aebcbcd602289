import { mkdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseSince } from "../src/commands/played.ts";
import { VjRig } from "./vj-rig.ts";

const now = new Date(2026, 10, 26, 1, 30).getTime();

describe("a point in time", () => {
  it.each([
    ["90m", now - 5_400_000],
    ["12h", now - 43_200_000],
    ["7d", now - 604_800_000],
    ["01:00", now - 1_800_000],
    // This time has not come today, so it is yesterday's.
    ["22:00", now - 12_600_000],
    // A date, and a time without a zone, are those of this machine.
    ["2026-11-25", new Date(2026, 10, 25).getTime()],
    ["2026-11-25 20:30", new Date(2026, 10, 25, 20, 30).getTime()],
    ["2026-11-25T20:30:15", new Date(2026, 10, 25, 20, 30, 15).getTime()],
    ["2026-11-25T20:30Z", Date.UTC(2026, 10, 25, 20, 30)],
    ["2026-11-25 20:30+01:00", Date.UTC(2026, 10, 25, 19, 30)],
    ["2026-11-25T20:30:00.5-0530", Date.UTC(2026, 10, 26, 2, 0, 0, 500)],
  ])("%s", (text, expected) => {
    expect(parseSince(text, now)).toBe(expected);
  });

  it.each(["soon", "25:00", "10:61", "5x", "-5h", "", "5", "2026", "2026-13-01", "2026-02-30", "2026-11-25 25:00", "2026-11-25T20:30+99:99", "Nov 25", "9".repeat(1000)])("is not %j", (text) => {
    expect(() => parseSince(text, now)).toThrow(/is not a time/);
  });
});

describe("vj played", () => {
  it("lists the night without a running rig, as text and as JSON", async () => {
    await using rig = new VjRig();
    expect(await rig.run("played")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^nothing was shown since \d{4}-\d\d-\d\d \d\d:\d\d; vj played --all/) });
    mkdirSync(rig.dir.join("data"), { mode: 0o700 });
    const line = (hoursAgo: number, title: string): string =>
      JSON.stringify({ at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString(), source: "spotify", artist: "A\u001b[2J", title, album: "", duration: 0 });
    writeFileSync(rig.dir.join("data/played.jsonl"), `${line(30, "Old")}\n${line(1, "New")}\nhalf`, { mode: 0o600 });
    const plain = await rig.run("played");
    expect(plain.stdout).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d {2}A - New \(spotify\)\n$/);
    const { stdout } = await rig.run("played", "--all", "--json");
    expect(stdout.trim().split("\n").map((text): unknown => JSON.parse(text))).toMatchObject([{ title: "Old" }, { title: "New" }]);
    expect(await rig.run("played", "--since", "soon")).toMatchObject({ code: 64, stderr: expect.stringContaining("20:30") });
  });
});
