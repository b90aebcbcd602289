import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { needs, spawnProcess, tempDir, tempEnvironment, writeWav } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { VjRig } from "./vj-rig.ts";

const vjProgram = path.resolve(import.meta.dirname, "../bin/vj.js");

it("a long analysis ends when nobody reads its result any more", { timeout: 300_000, ...needs("linux", "gnuTail") }, async () => {
  await using dir = tempDir();
  const [file, picture] = [dir.join("long.wav"), dir.join("long.svg")];
  writeWav(file, new Float32Array(30 * 60 * 8000), { sampleRate: 8000 });
  const line = '{ "$0" "$1" analyze "$2" --picture "$3"; echo "code $?" >&2; } | true';
  await using run = spawnProcess("sh", ["-c", line, process.execPath, vjProgram, file, picture], tempEnvironment(dir));
  await run.exited;
  expect(run.output()).toMatch(/^(?:\d+ % .*\n)*code 0\n$/);
  expect(existsSync(picture)).toBe(false);
});

describe("the picture of an analysis", () => {
  it("takes the place of nothing: not of the recording by any of its names, not of another file, not behind a link that leads nowhere", { timeout: 60_000 }, async () => {
    await using rig = new VjRig();
    const at = (name: string): string => rig.dir.join(name);
    writeWav(at("song.wav"), new Float32Array(8000), { sampleRate: 8000 });
    const sound = readFileSync(at("song.wav"));
    mkdirSync(at("folder"));
    linkSync(at("song.wav"), at("hard.wav"));
    symlinkSync("song.wav", at("soft.wav"));
    symlinkSync("gone.svg", at("nowhere.svg"));
    writeFileSync(at("notes.txt"), "mine");
    for (const place of [at("song.wav"), at("hard.wav"), at("soft.wav"), `${at("folder")}/../song.wav`, at("folder"), at("notes.txt"), at("nowhere.svg")]) {
      expect(await rig.run("analyze", at("song.wav"), "--picture", place), place).toEqual({ code: 1, stdout: "", stderr: `vj: ${place} is there already\n  nothing is overwritten: give another name with --picture, or move it away\n` });
    }
    expect(readFileSync(at("song.wav"))).toEqual(sound);
    expect(readFileSync(at("notes.txt"), "utf8")).toBe("mine");
    expect(existsSync(at("gone.svg"))).toBe(false);
  });

  it("is drawn into a new file, of which nothing is left when the analysis fails; a place that cannot be is refused before it", { timeout: 60_000 }, async () => {
    await using rig = new VjRig();
    const at = (name: string): string => rig.dir.join(name);
    writeWav(at("song.wav"), new Float32Array(8000), { sampleRate: 8000 });
    writeFileSync(at("broken.wav"), "no sound");
    mkdirSync(at("pictures"));
    expect(await rig.run("analyze", at("broken.wav"), "--picture", at("pictures/a.svg"))).toMatchObject({ code: 1, stderr: expect.stringContaining("broken.wav") });
    expect(readdirSync(at("pictures"))).toEqual([]);
    expect(await rig.run("analyze", at("song.wav"), "--picture", at("pictures/a.svg"))).toMatchObject({ code: 0 });
    expect(readdirSync(at("pictures"))).toEqual(["a.svg"]);
    expect(readFileSync(at("pictures/a.svg"), "utf8")).toMatch(/^<svg .*<\/svg>\n$/s);
    // What is analysed is not looked at first: it is not there either.
    expect(await rig.run("analyze", at("none.wav"), "--picture", at("none/a.svg"))).toEqual({ code: 1, stdout: "", stderr: `vj: the folder ${at("none")} does not exist\n  make it, or give another name with --picture\n` });
    expect(await rig.run("analyze", at("none.wav"), "--picture", at("song.wav/a.svg"))).toMatchObject({ code: 1, stderr: expect.stringContaining(`${at("song.wav")} is not a folder`) });
  });
});
