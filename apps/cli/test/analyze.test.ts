import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { sectionNames } from "@vj/audio";
import { needs, spawnProcess, tempDir, tempEnvironment, writeWav } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
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

/** Runs a line of a shell in which "$vj" is the program, "$1" the first of some words. @returns what it printed, and "code" with its exit code */
async function inShell(dir: TempDir, line: string, ...words: string[]): Promise<string> {
  await using run = spawnProcess("sh", ["-c", `exec 2>&1; vj() { "$node" "$program" "$@"; }; node=$1; program=$2; shift 2; ${line}; echo "code $?"`, "sh", process.execPath, vjProgram, ...words], tempEnvironment(dir));
  await run.exited;
  return run.output();
}

it("the help explains each part of the result, and names every section", async () => {
  await using rig = new VjRig();
  const { stdout } = await rig.run("analyze", "--help");
  for (const word of ["confidence", "tempo_track", "metre", "phrases", "sections", "[start, name]", "where they begin", ...sectionNames]) expect(stdout).toContain(word);
});

describe("the picture of an analysis", () => {
  it("takes the place of nothing: not of the recording by any of its names, not of another file, not behind a link that leads nowhere", { timeout: 60_000 }, async () => {
    await using rig = new VjRig();
    const at = (name: string): string => rig.dir.join(name);
    writeWav(at("song.svg"), new Float32Array(8000), { sampleRate: 8000 });
    const sound = readFileSync(at("song.svg"));
    mkdirSync(at("folder.svg"));
    linkSync(at("song.svg"), at("hard.svg"));
    symlinkSync("song.svg", at("soft.svg"));
    symlinkSync("gone.svg", at("nowhere.svg"));
    writeFileSync(at("notes.svg"), "mine");
    for (const place of [at("song.svg"), at("hard.svg"), at("soft.svg"), `${at("folder.svg")}/../song.svg`, at("notes.svg"), at("nowhere.svg")]) {
      expect(await rig.run("analyze", at("song.svg"), "--picture", place), place).toEqual({ code: 1, stdout: "", stderr: `vj: ${place} is there already\n  nothing is overwritten: give another name with --picture, or move it away\n` });
    }
    expect(await rig.run("analyze", at("song.svg"), "--picture", at("folder.svg"))).toEqual({ code: 1, stdout: "", stderr: `vj: ${at("folder.svg")} is a folder\n  add the name of a file in it, or give another name with --picture\n` });
    expect(readFileSync(at("song.svg"))).toEqual(sound);
    expect(readFileSync(at("notes.svg"), "utf8")).toBe("mine");
    expect(existsSync(at("gone.svg"))).toBe(false);
  });

  it("needs the name of an SVG, which is checked before anything is read", { timeout: 60_000 }, async () => {
    await using rig = new VjRig();
    const refused = async (picture: string): Promise<string> => {
      const { code, stdout, stderr } = await rig.run("analyze", rig.dir.join("none.wav"), "--picture", picture);
      expect({ code, stdout }, picture).toEqual({ code: 64, stdout: "" });
      return stderr;
    };
    expect(await refused("")).toBe("vj: a file needs a name, and this one is empty\n  give another name with --picture\n");
    expect(await refused("-")).toBe("vj: --picture writes a file, not standard output\n  give the name of a new file, such as set.svg\n");
    expect(await refused("pictures/")).toBe("vj: pictures/ names a folder, not a file\n  add the name of a file, or give another name with --picture\n");
    expect(await refused("a.b/out.png")).toBe("vj: a.b/out.png does not end in .svg\n  the picture is an SVG: give a.b/out.svg, and another program turns it into PNG\n");
  });

  it("is drawn into a new file, of which nothing is left when the analysis fails; a place that cannot be is refused before it", { timeout: 60_000 }, async () => {
    await using rig = new VjRig();
    const at = (name: string): string => rig.dir.join(name);
    writeWav(at("song.wav"), new Float32Array(8000), { sampleRate: 8000 });
    writeFileSync(at("broken.wav"), "no sound");
    mkdirSync(at("pictures"));
    expect(await rig.run("analyze", at("broken.wav"), "--picture", at("pictures/a.svg"))).toMatchObject({ code: 1, stderr: expect.stringContaining("broken.wav") });
    expect(readdirSync(at("pictures"))).toEqual([]);
    expect(await rig.run("analyze", at("song.wav"), "--picture", at("pictures/a.svg"))).toEqual({ code: 0, stdout: `${at("song.wav")}: 0:01, no tempo found, 0 build-ups, 0 drops\n  silence 0:00\n`, stderr: `picture written to ${at("pictures/a.svg")}\n` });
    expect(readdirSync(at("pictures"))).toEqual(["a.svg"]);
    expect(readFileSync(at("pictures/a.svg"), "utf8")).toMatch(/^<svg .*<\/svg>\n$/s);
    // What is analysed is not looked at first: it is not there either.
    expect(await rig.run("analyze", at("none.wav"), "--picture", at("none/a.svg"))).toEqual({ code: 1, stdout: "", stderr: `vj: cannot write ${at("none/a.svg")}: the folder ${at("none")} does not exist\n  make it, or give another name with --picture\n` });
    expect(await rig.run("analyze", at("none.wav"), "--picture", at("song.wav/a.svg"))).toMatchObject({ code: 1, stderr: expect.stringContaining(`${at("song.wav")} is not a folder`) });
  });

  it("is not drawn into a folder of the system, which is not said to be missing", { timeout: 60_000, ...needs("linux") }, async () => {
    await using rig = new VjRig();
    expect(await rig.run("analyze", "none.wav", "--picture", "/proc/x.svg")).toEqual({ code: 1, stdout: "", stderr: "vj: cannot write /proc/x.svg: no file can be made in /proc\n  give another name with --picture\n" });
  });

  it("loses nothing when it cannot be written: the result is printed before", { timeout: 60_000, ...needs("linux") }, async () => {
    await using dir = tempDir();
    const [song, picture] = [dir.join("song.wav"), dir.join("song.svg")];
    writeWav(song, new Float32Array(8000), { sampleRate: 8000 });
    for (const [words, result] of [["", `${song}: 0:01, no tempo found`], ["--json", `{"file":"${song}","duration":1`]] as const) {
      const printed = await inShell(dir, `ulimit -f 1; vj analyze "$1" ${words} --picture "$2"`, song, picture);
      expect(printed.startsWith(result), printed).toBe(true);
      expect(printed).toContain(`vj: cannot write ${picture}: it is larger than a file may be there\n  raise the limit (ulimit -f), or give another name with --picture\ncode 1\n`);
    }
    expect(readdirSync(dir.path).filter((name) => /svg|^\.vj/.test(name))).toEqual([]);
  });

  it("leaves nothing behind when the analysis is killed, and goes to a folder that was made anew meanwhile", { timeout: 120_000, ...needs("linux") }, async () => {
    await using dir = tempDir();
    const song = dir.join("song.wav");
    writeWav(song, new Float32Array(30 * 60 * 8000), { sampleRate: 8000 });
    mkdirSync(dir.join("killed"));
    mkdirSync(dir.join("anew"));
    const line = 'timeout -s KILL 1.5 "$node" "$program" analyze "$1" --picture "$2/a.svg" > "$4" 2>&1; "$node" "$program" analyze "$1" --picture "$3/a.svg" & sleep 1; rm -r "$3"; mkdir "$3"; wait $!';
    expect(await inShell(dir, line, song, dir.join("killed"), dir.join("anew"), dir.join("log"))).toMatch(/picture written to .*\ncode 0\n$/);
    expect(readdirSync(dir.join("killed"))).toEqual([]);
    expect(readdirSync(dir.join("anew"))).toEqual(["a.svg"]);
  });

  it("can be read by whom the umask lets, and what a killed command left beside it is removed", { timeout: 60_000, ...needs("linux") }, async () => {
    await using dir = tempDir();
    const [song, picture, leftover] = [dir.join("song.wav"), dir.join("song.svg"), dir.join(".vj-0123456789abcdef-999999999-1")];
    writeWav(song, new Float32Array(8000), { sampleRate: 8000 });
    writeFileSync(leftover, "");
    utimesSync(leftover, 1, 1);
    expect(await inShell(dir, 'umask 027; vj analyze "$1" --picture "$2"', song, picture)).toMatch(/code 0\n$/);
    expect(statSync(picture).mode & 0o777).toBe(0o640);
    expect(existsSync(leftover)).toBe(false);
  });
});
