import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { nearestNames } from "@vj/schema";
import { tempDir, writeWav } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { checkSource } from "../src/capture/check-source.ts";
import { formatSourceSpec, parseSourceSpec } from "../src/capture/source-spec.ts";
import { stereoTone } from "./helpers/tones.ts";

const check = (text: string) => checkSource(parseSourceSpec(text), text);

describe("a requested source", () => {
  it("is accepted when it exists, a relative path as an absolute one", async () => {
    await using dir = tempDir();
    writeWav(dir.join("song.wav"), stereoTone(440, 1), { channels: 2 });
    const relative = path.relative(process.cwd(), dir.join("song.wav"));
    const absolute = { ok: true, text: `file:${dir.join("song.wav")}` };
    expect(await check(absolute.text)).toEqual(absolute);
    expect(await check(`file:${relative}`)).toEqual(absolute);
    expect(await check(`command:${process.execPath} -e "1"`)).toMatchObject({ ok: true });
    expect(await check("command:cat /dev/null")).toEqual({ ok: true, text: "command:cat /dev/null" });
    for (const text of ["auto", "demo", "none", "device:Not There"]) expect(await check(text)).toEqual({ ok: true, text });
  });

  it("is refused when it is missing, with the nearest names", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("music"));
    writeWav(dir.join("music", "song.wav"), stereoTone(440, 1), { channels: 2 });
    writeFileSync(dir.join("music", "notes.txt"), "no music");
    writeFileSync(dir.join("music", "tool"), "#!/bin/sh\n");
    chmodSync(dir.join("music", "tool"), 0o644);
    symlinkSync("nowhere.wav", dir.join("music", "moved.wav"));
    const reasons = {
      [`file:${dir.join("music", "sogn.wav")}`]: `does not exist; nearest: ${dir.join("music", "song.wav")}`,
      [`file:${dir.join("music", "moved.wav")}`]: "is a link to nowhere.wav, which does not exist",
      [`file:${dir.join("musik", "song.wav")}`]: `nearest: ${dir.join("music")}`,
      [`file:${dir.join("music", "notes.txt")}`]: "notes.txt",
      [`file:${dir.join("music")}`]: "is a folder",
      "command:nodee --version": 'there is no program "nodee"; nearest: node',
      [`command:${dir.join("music", "tool")}`]: "may not be executed",
      [`command:${dir.join("music")}`]: "is not a program",
      "command:~/no/such/program": "there is no program /",
    };
    for (const [text, reason] of Object.entries(reasons)) {
      expect(await check(text), text).toEqual({ ok: false, reason: expect.stringContaining(reason) });
    }
  });

  it("can be saved and read again, whatever its words are", () => {
    const words = ["/a b/c", "it's", "", "plain-1", String.raw`back\slash`, '"'] as const;
    expect(parseSourceSpec(formatSourceSpec({ kind: "command", words }))).toEqual({ kind: "command", words });
  });
});

describe("nearest names", () => {
  it("are those that differ least, and none when all differ much", () => {
    expect(nearestNames("sogn.wav", ["song.wav", "other.wav", "sign.wav"])).toEqual(["sign.wav", "song.wav"]);
    expect(nearestNames("par", ["parec", "cp"])).toEqual(["parec"]);
    expect(nearestNames("x".repeat(10_000), ["y"])).toEqual([]);
  });
});
