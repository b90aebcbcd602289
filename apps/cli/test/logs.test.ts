import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { LogFollower } from "../src/logs/follow-logs.ts";
import { listLogFiles } from "../src/logs/log-files.ts";
import { LogTail } from "../src/logs/log-tail.ts";
import { mergeLines } from "../src/logs/merge-lines.ts";

const at = (second: number, message: string): string => JSON.stringify({ time: `2026-01-01T00:00:0${second}.000Z`, message });

describe("LogTail", () => {
  it("gives each whole line once, and holds back a half-written one", async () => {
    await using dir = tempDir();
    const file = dir.join("a.log");
    const tail = new LogTail(file);
    expect(tail.read()).toEqual([]);
    writeFileSync(file, "one\ntw");
    expect(tail.read()).toEqual(["one"]);
    expect(tail.read()).toEqual([]);
    appendFileSync(file, "o\nthree\n");
    expect(tail.read()).toEqual(["two", "three"]);
    tail.close();
  });

  it("does not tear a character that is written in two steps", async () => {
    await using dir = tempDir();
    const file = dir.join("a.log");
    const bytes = Buffer.from("naïve 恋\n");
    const tail = new LogTail(file);
    const seen: string[] = [];
    for (const byte of bytes) {
      appendFileSync(file, Buffer.from([byte]));
      seen.push(...tail.read());
    }
    expect(seen).toEqual(["naïve 恋"]);
    tail.close();
  });

  it("reads the rest of a rotated file, then its successor", async () => {
    await using dir = tempDir();
    const file = dir.join("a.log");
    writeFileSync(file, "one\n");
    const tail = new LogTail(file);
    tail.read();
    appendFileSync(file, "two\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "three\n");
    expect(tail.read()).toEqual(["two", "three"]);
    tail.close();
  });

  it("goes on with a file that vanishes and comes back, or is emptied", async () => {
    await using dir = tempDir();
    const file = dir.join("a.log");
    writeFileSync(file, "one\n");
    const tail = new LogTail(file);
    tail.read();
    rmSync(file);
    expect(tail.read()).toEqual([]);
    writeFileSync(file, "two two\n");
    expect(tail.read()).toEqual(["two two"]);
    truncateSync(file);
    expect(tail.read()).toEqual([]);
    appendFileSync(file, "three\n");
    expect(tail.read()).toEqual(["three"]);
    tail.close();
  });
});

describe("mergeLines", () => {
  it("orders by time; a line without one stays behind its predecessor", () => {
    const a = [at(1, "a1"), "    at crash (x.js:1)", at(5, "a5")];
    const b = [at(2, "b2"), at(3, "b3")];
    expect(mergeLines([a, b])).toEqual([a[0], a[1], b[0], b[1], a[2]]);
  });

  it("keeps the order of one file at equal times", () => {
    const lines = [at(1, "z"), at(1, "y"), at(1, "x")];
    expect(mergeLines([lines])).toEqual(lines);
  });
});

it("lists log files in use, without rotated ones and raw output", async () => {
  await using dir = tempDir();
  expect(listLogFiles(dir.join("none"))).toEqual([]);
  mkdirSync(dir.join("logs"));
  for (const name of ["lamp.log", "lamp.log.1", "lamp.out.log", "build.log"]) writeFileSync(dir.join("logs", name), "");
  expect(listLogFiles(dir.path)).toEqual([dir.join("logs", "build.log"), dir.join("logs", "lamp.log")]);
  expect(listLogFiles(dir.path, "lamp")).toEqual([dir.join("logs", "lamp.log")]);
});

it("LogFollower passes on new lines of files that appear later, until it is told to end", async () => {
  await using dir = tempDir();
  mkdirSync(dir.join("logs"));
  const end = new AbortController();
  const lines: string[] = [];
  const follower = new LogFollower(dir.path);
  const following = follower.follow(end.signal, (line) => {
    lines.push(line);
    if (lines.length === 1) writeFileSync(dir.join("logs", "b.log"), `${at(2, "b")}\n`);
    if (lines.length === 2) end.abort();
  });
  writeFileSync(dir.join("logs", "a.log"), `${at(1, "a")}\n`);
  await following;
  expect(lines).toEqual([at(1, "a"), at(2, "b")]);
  follower.close();
});

describe("logs that others could have put there", () => {
  it("are refused with their directory", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("bus", "logs"), { recursive: true, mode: 0o700 });
    writeFileSync(dir.join("bus", "logs", "a.log"), `${at(1, "a")}\n`);
    expect(new LogFollower(dir.join("bus")).read()).toEqual([at(1, "a")]);
    chmodSync(dir.join("bus"), 0o777);
    expect(() => new LogFollower(dir.join("bus")).read()).toThrow(/refusing the bus directory .* open to other users/);
    chmodSync(dir.join("bus"), 0o700);
    renameSync(dir.join("bus", "logs"), dir.join("elsewhere"));
    symlinkSync(dir.join("elsewhere"), dir.join("bus", "logs"));
    expect(() => new LogFollower(dir.join("bus")).read()).toThrow(/refusing the log directory .* symbolic link/);
  });

  it("hide no others when they are no files: a link, a FIFO, a directory, one of endless size", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("logs"));
    writeFileSync(dir.join("secret"), "secret\n");
    symlinkSync(dir.join("secret"), dir.join("logs", "link.log"));
    execFileSync("mkfifo", [dir.join("logs", "fifo.log")]);
    mkdirSync(dir.join("logs", "folder.log"));
    execFileSync("truncate", ["-s", "1T", dir.join("logs", "sparse.log")]);
    writeFileSync(dir.join("logs", "a.log"), `${at(1, "a")}\n`);
    const follower = new LogFollower(dir.path);
    const lines = follower.read();
    expect(lines).toContain(at(1, "a"));
    expect(lines.join("\n")).not.toContain("secret\n");
    for (const odd of ["link", "fifo", "folder"]) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^cannot read .*${odd}\\.log`)));
    expect(lines).toContainEqual(expect.stringMatching(/bytes of .*sparse\.log passed over/));
    expect(follower.read()).toEqual([]);
    follower.close();
  });
});
