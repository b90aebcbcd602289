import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { CurrentSong } from "../src/current-song.ts";
import { decodeLyrics } from "../src/sources/lyrics-file.ts";
import { choose } from "../src/sources/choose.ts";
import { OwnFiles } from "../src/sources/own-files.ts";
import { watchOwnFiles } from "../src/watch-own-files.ts";
import { fetchLyrics } from "../src/steps/fetch-lyrics.ts";
import { SongStore } from "../src/song-store.ts";

const lrc = "[00:01.00]x";
const query = { artist: "Aurora Sky", title: "Night Drive (Extended Mix)", duration: 0 };

function folder(files: Readonly<Record<string, string | Buffer>>): { dir: string; files: OwnFiles; add(name: string, text: string): void } {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const add = (name: string, text: string | Buffer): void => {
    mkdirSync(path.dirname(dir.join(name)), { recursive: true });
    writeFileSync(dir.join(name), text);
  };
  for (const [name, text] of Object.entries(files)) add(name, text);
  return { dir: dir.path, files: new OwnFiles(() => dir.path), add };
}

describe("own files", () => {
  it.each([
    "Aurora Sky - Night Drive.lrc",
    "Night Drive - Aurora Sky.lrc",
    "aurora_sky_-_night_drive.LRC",
    "01 - Aurora Sky – Night Drive (Radio Edit).lrc",
    "07. Aurora Sky - Night Drive.ttml",
    "Aurora Sky - Night Drive.en.vtt",
    "Aurora Sky - Night Drive.srt",
    "sets/2026/deep/er/The Aurora Sky - NIGHT DRIVE!.lrc",
    "Aurora Sky/Night Drive.lrc",
    "Aurora Sky/Album/03 Night Drive.lrc",
    "Aurora Sky & Somebody - Night Drive.lrc",
  ])("are found by name: %s", async (name) => {
    const { files } = folder({ [name]: lrc, "Other - Night Drive.lrc": lrc, "Aurora Sky - Day Drive.lrc": lrc });
    expect((await files.find(query)).map(({ id }) => id)).toEqual([`folder:${name}`]);
  });

  it("are found by their tags, which say more than the name", async () => {
    const { files } = folder({
      "download (7).lrc": `[ar: Aurora Sky]\n[ti:Night Drive]\n[length: 03:20.5]\n${lrc}`,
      "Aurora Sky - Night Drive.lrc": `[ar:Somebody]\n[ti:Night Drive]\n${lrc}`,
    });
    expect(await files.find(query)).toMatchObject([{ id: "folder:download (7).lrc", duration: 200.5, exact: true }]);
  });

  it("are the one of this version, or of this length, where there are several", async () => {
    const tagged = (length: string): string => `[length:${length}]\n${lrc}`;
    const { files } = folder({ "Aurora Sky - Night Drive (Radio Edit).lrc": tagged("03:20"), "Aurora Sky - Night Drive (Extended Mix).lrc": tagged("06:30") });
    const best = async (duration: number, title = query.title): Promise<string | undefined> => choose({ ...query, title, duration }, await files.find(query))?.id;
    expect(await best(200, "Night Drive")).toContain("Radio Edit");
    expect(await best(390, "Night Drive")).toContain("Extended Mix");
    expect(await best(0)).toContain("Extended Mix");
  });

  it("count only with time stamps, or when they say that nothing is sung", async () => {
    const { files } = folder({ "Aurora Sky - Night Drive.lrc": "just words" });
    expect(await files.find(query)).toEqual([]);
    expect(await folder({ "Aurora Sky - Night Drive.lrc": "at [00:01.00] it begins" }).files.find(query)).toEqual([]);
    const silent = folder({ "Aurora Sky - Night Drive.lrc": "[au: instrumental]" });
    expect(await silent.files.find(query)).toMatchObject([{ lyrics: { instrumental: true, synced: null } }]);
  });

  it("may be anything: FIFOs, links in circles, folders named so, huge and secret files", async () => {
    const { dir, files } = folder({ "Aurora Sky - Night Drive.lrc": lrc, "huge/Aurora Sky - Night Drive.lrc": "x".repeat(2_000_000) });
    execFileSync("mkfifo", [path.join(dir, "a.lrc"), path.join(dir, "Aurora Sky - Night Drive (b).lrc")]);
    symlinkSync(dir, path.join(dir, "circle"));
    symlinkSync("/dev/zero", path.join(dir, "Aurora Sky - Night Drive (zero).lrc"));
    symlinkSync("nowhere", path.join(dir, "Aurora Sky - Night Drive (gone).lrc"));
    mkdirSync(path.join(dir, "Aurora Sky - Night Drive (dir).lrc"));
    expect((await files.find(query)).map(({ id }) => id)).toEqual(["folder:Aurora Sky - Night Drive.lrc"]);
  });

  it("say when their folder is not there, and are found when it comes", async () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const files = new OwnFiles(() => dir.join("stick"));
    expect([await files.find(query), files.problem]).toEqual([[], expect.stringMatching(/cannot read lyrics_dir: ENOENT/)]);
    expect(await files.hasChanged()).toBe(false);
    mkdirSync(dir.join("stick"));
    writeFileSync(dir.join("stick/Aurora Sky - Night Drive.lrc"), lrc);
    expect(await files.hasChanged()).toBe(true);
    expect([(await files.find(query)).length, files.problem]).toEqual([1, null]);
    expect(await new OwnFiles(() => "").find(query)).toEqual([]);
  });

  it("notice what comes, changes and goes", async () => {
    const { dir, files, add } = folder({ "deep/Aurora Sky - Night Drive.lrc": lrc });
    const settle = async (): Promise<void> => {
      for (const name of [".", "deep"]) utimesSync(path.join(dir, name), 1, 1);
      await files.find(query);
    };
    await settle();
    expect(await files.hasChanged()).toBe(false);
    add("deep/Aurora Sky - Night Drive.lrc", `${lrc} longer`);
    expect(await files.hasChanged()).toBe(true);
    await settle();
    add("deep/new.lrc", lrc);
    expect(await files.hasChanged()).toBe(true);
    await settle();
    unlinkSync(path.join(dir, "deep/new.lrc"));
    expect(await files.hasChanged()).toBe(true);
  });

  it("are shown as they change, while their song plays; others change nothing", async () => {
    const { dir, files, add } = folder({});
    const shown: string[] = [];
    const store = new SongStore(path.join(dir, "store"));
    const current = new CurrentSong({
      steps: [fetchLyrics({ own: [files], sources: [], store, onProblem: () => {} })],
      board: { begin: () => {}, enter: () => {} },
      onWorked: () => {},
      onSong: ({ lyrics, origin }) => shown.push(`${origin} ${lyrics?.synced ?? ""}`),
      onProblem: () => {},
    });
    const stopped = new AbortController();
    onTestFinished(() => stopped.abort());
    watchOwnFiles({ files, current, signal: stopped.signal, everyMs: 10 });
    await current.load(query);
    add("Aurora Sky - Night Drive.lrc", "[00:01.00]one");
    await waitFor("the file", () => shown.at(-1) === "folder [00:01.00]one");
    const times = shown.length;
    add("Somebody - Else.lrc", "[00:01.00]x");
    add("Aurora Sky - Night Drive.lrc", "[00:01.00]two");
    await waitFor("its change", () => shown.at(-1) === "folder [00:01.00]two");
    expect(shown).toHaveLength(times + 1);
    unlinkSync(path.join(dir, "Aurora Sky - Night Drive.lrc"));
    await waitFor("its end", () => /^(?:null|cache) $/.test(shown.at(-1) ?? ""));
  });

  it.each([
    ["UTF-8 with a mark", Buffer.from("\uFEFF[00:01.00]é")],
    ["UTF-8 cut in a letter", Buffer.from("[00:01.00]é恋").subarray(0, -1)],
    ["UTF-16", Buffer.from("\uFEFF[00:01.00]é", "utf16le")],
    ["UTF-16 without a mark", Buffer.from("[00:01.00]é", "utf16le")],
    ["Latin-1", Buffer.from("[00:01.00]été", "latin1")],
  ])("may be encoded as %s", (_, bytes) => {
    expect(decodeLyrics(bytes, { cut: true })).toMatch(/^\uFEFF?\[00:01\.00\]é/);
  });

  it("may be Chinese of old", () => {
    expect(decodeLyrics(Buffer.from([...Buffer.from("[00:01.00]"), 0xc0, 0xcb, 0xbb, 0xa8]))).toBe("[00:01.00]浪花");
  });
});
