import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { messagesFrom, openRecording, recordedTable } from "@vj/recording";
import { decode } from "@vj/telemetry";
import { deferred, needs, tempDir, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { expect, it, onTestFinished, vi } from "vitest";
import { BusRecording, partNames, recordingName } from "../src/index.ts";
import type { BusRecordingOptions } from "../src/index.ts";
import { Part } from "../src/part.ts";
import { Lamp } from "./lamp.ts";

interface Setting {
  dir: TempDir;
  lamp: Lamp;
  recording: BusRecording;
  problems: string[];
  /** Lets the lamp shine until so many more messages are in a file. */
  shine(messages: number): Promise<void>;
}

function testDir(): TempDir {
  const dir = tempDir();
  onTestFinished(() => dir[Symbol.asyncDispose]());
  return dir;
}

async function record(options: Partial<BusRecordingOptions> = {}, dir = testDir()): Promise<Setting> {
  const lamp = new Lamp(dir);
  await lamp.start();
  onTestFinished(() => lamp.stop());
  const problems: string[] = [];
  const recording = new BusRecording({ busDir: dir.join("bus"), except: [], file: dir.join("a.mcap"), makeFolders: false, leaveOut: [], splitMs: 1e9, version: "1", onProblem: (problem) => problems.push(problem), ...options });
  await recording.open();
  onTestFinished(() => recording.close());
  await waitFor("the state of the lamp", () => recording.stats().messages >= 1 || recording.stats().file === undefined);
  const shine = async (messages: number): Promise<void> => {
    const wanted = recording.stats().messages + messages;
    await waitFor(`${messages} more messages`, () => {
      lamp.shine();
      return recording.stats().messages >= wanted;
    });
  };
  return { dir, lamp, recording, problems, shine };
}

/** What is in a file: addresses with their arguments. */
async function contents(file: string): Promise<string[]> {
  await using recording = await openRecording(file);
  const lines: string[] = [];
  for await (const messages of messagesFrom(recording, 0n)) {
    for (const { channel, data } of messages) {
      const decoded = decode(data);
      lines.push(`${channel.topic} ${channel.encoding === "osc" && decoded.ok ? (decoded.messages[0]?.args.join(" ") ?? "") : Buffer.from(data).toString()}`);
    }
  }
  return lines;
}

const levels = (lines: readonly string[]): number[] => lines.filter((line) => line.startsWith("/lamp/level")).map((line) => Number(line.split(" ")[2]));

it("holds every message from the first on, in order, with what the worker describes, and the log", async () => {
  const { dir, lamp, recording } = await record();
  const last = Array.from({ length: 500 }, () => lamp.shine()).at(-1);
  await waitFor("all", () => recording.stats().messages >= 501);
  writeFileSync(dir.join("bus/logs/lamp.log"), `${JSON.stringify({ time: new Date().toISOString(), level: "warn", source: "lamp", message: "too bright" })}\n`, { flag: "a" });
  await waitFor("the log line", () => recording.stats().messages >= 502);
  await recording.close();
  const lines = await contents(dir.join("a.mcap"));
  expect(lines[0]).toBe("/lamp/on 1");
  expect(levels(lines)).toEqual(Array.from({ length: 500 }, (_, index) => index));
  expect(last).toBe(499);
  expect(lines.filter((line) => line.startsWith("/vj/log")).join()).toContain("too bright");
  await using file = await openRecording(dir.join("a.mcap"));
  expect(file.cut).toBe(false);
  expect(recordedTable(file.metadata)["/lamp/level"]).toMatchObject({ kind: "stream", args: [{ name: "level" }, { name: "count" }] });
  expect(recording.stats()).toMatchObject({ files: 1, lost: 0, fault: undefined });
});

it("writes when a packet comes, where a busy machine does not come to its timers", async () => {
  vi.useFakeTimers({ toFake: ["setInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const dir = testDir();
  const lamp = new Lamp(dir);
  await lamp.start();
  onTestFinished(() => lamp.stop());
  const recording = new BusRecording({ busDir: dir.join("bus"), except: [], file: dir.join("a.mcap"), makeFolders: false, leaveOut: [], splitMs: 1e9, version: "1", onProblem: () => {} });
  await recording.open();
  onTestFinished(() => recording.close());
  await waitFor("levels in the file", () => {
    lamp.shine();
    return recording.stats().messages > 5;
  });
});

it("goes on while the end of the file before takes its time", async () => {
  const gate = deferred<void>();
  const end = vi.spyOn(Part.prototype, "end").mockImplementationOnce(async function (this: Part) {
    await gate.promise;
    await this.abandon();
  });
  onTestFinished(() => end.mockRestore());
  const { recording, shine } = await record({ splitMs: 500 });
  await waitFor("the next file", async () => {
    await shine(1);
    return end.mock.calls.length > 0;
  });
  // These are messages in files, of which the first one still ends.
  await shine(5);
  await shine(5);
  gate.resolve();
  await recording.close();
  expect(recording.stats()).toMatchObject({ lost: 0, fault: undefined });
});

it("keeps the first 4,000 characters of a log line", async () => {
  const { dir, recording } = await record();
  writeFileSync(dir.join("bus/logs/lamp.log"), `${JSON.stringify({ time: new Date().toISOString(), level: "warn", source: "lamp", message: "x".repeat(9000) })}\n`, { flag: "a" });
  await waitFor("the log line", () => recording.stats().messages >= 2);
  await recording.close();
  const line = (await contents(dir.join("a.mcap"))).find((one) => one.includes("xxx"));
  expect(/x+/.exec(line?.replace(/^.*"message":"/, "") ?? "")?.[0]).toHaveLength(4000);
});

it("leaves out what the patterns say", async () => {
  const { dir, lamp, recording, shine } = await record({ leaveOut: ["/karaoke/*", "/vj/log"] });
  lamp.note("a song that nobody may know");
  await shine(3);
  await recording.close();
  const lines = await contents(dir.join("a.mcap"));
  expect(levels(lines).length).toBeGreaterThanOrEqual(3);
  expect(lines.filter((line) => !line.startsWith("/lamp/"))).toEqual([]);
});

it("goes on in further files, each of which begins with the states", async () => {
  const { dir, recording, shine } = await record({ splitMs: 700 });
  await waitFor("three files", async () => {
    await shine(1);
    return recording.stats().files >= 3;
  });
  await recording.close();
  const files = readdirSync(dir.path).filter((name) => name.endsWith(".mcap")).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  expect(files.slice(0, 3).sort()).toEqual(["a-2.mcap", "a-3.mcap", "a.mcap"]);
  const all = await Promise.all(["a.mcap", "a-2.mcap", "a-3.mcap"].map((name) => contents(dir.join(name))));
  for (const lines of all) expect(lines[0]).toBe("/lamp/on 1");
  const numbers = all.flatMap(levels);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index));
});

it("tells that the folder is gone, and goes on in a new file when it is back", async () => {
  const dir = testDir();
  mkdirSync(dir.join("stick"));
  mkdirSync(dir.join("stick/night"));
  const { recording, problems, shine } = await record({ file: dir.join("stick/night/a.mcap") }, dir);
  await shine(3);
  renameSync(dir.join("stick"), dir.join("away"));
  await waitFor("the fault", () => recording.stats().fault?.includes("ENOENT"));
  expect(problems.join("\n")).toContain("was deleted or moved");
  mkdirSync(dir.join("stick"));
  await waitFor("the next file", () => recording.stats().fault === undefined && recording.stats().file !== undefined);
  await shine(3);
  await recording.close();
  expect(levels(await contents(dir.join("stick/night/a-2.mcap"))).length).toBeGreaterThanOrEqual(3);
  expect(levels(await contents(dir.join("away/night/a.mcap"))).length).toBeGreaterThanOrEqual(3);
});

it("tells that the disk is full, and goes on when there is room", needs("mount"), async () => {
  const dir = testDir();
  mkdirSync(dir.join("disk"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=128k", "tmpfs", dir.join("disk")]);
  onTestFinished(() => void execFileSync("umount", ["-l", dir.join("disk")]));
  const { recording, shine } = await record({ file: dir.join("disk/a.mcap") }, dir);
  await shine(3);
  const fill = Buffer.alloc(4096);
  for (let full = false; !full; ) {
    try {
      writeFileSync(dir.join("disk/filler"), fill, { flag: "a" });
    } catch {
      full = true;
    }
  }
  const { lost } = recording.stats();
  await waitFor("the fault", () => {
    shine(0).catch(() => {});
    return recording.stats().fault?.includes("ENOSPC");
  });
  expect(recording.stats().lost).toBeGreaterThan(lost);
  rmSync(dir.join("disk/filler"));
  await shine(3);
  await waitFor("the end of the fault", () => recording.stats().fault === undefined);
  await recording.close();
  const numbers = levels(await contents(dir.join("disk/a.mcap")));
  expect(numbers.length).toBeGreaterThanOrEqual(6);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
});

it("goes on in its file where the next one cannot begin, and writes all the while", async () => {
  const dir = testDir();
  // With the number of the next part the name is too long for a file.
  const file = dir.join(`${"a".repeat(250)}.mcap`);
  const { recording, problems, shine } = await record({ file, splitMs: 300 }, dir);
  await waitFor("the fault of the next file", () => problems.some((problem) => /^the next file cannot begin, so .* goes on: ENAMETOOLONG/.test(problem)));
  await shine(5);
  await shine(5);
  expect(recording.stats()).toMatchObject({ file, files: 1, fault: undefined, lost: 0 });
  expect(problems.filter((problem) => problem.startsWith("the next file"))).toHaveLength(1);
  await recording.close();
  const numbers = levels(await contents(file));
  expect(numbers.length).toBeGreaterThanOrEqual(10);
  expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index));
});

it("leaves no empty files on a disk that is full when it begins", needs("mount"), async () => {
  const dir = testDir();
  mkdirSync(dir.join("disk"));
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", dir.join("disk")]);
  onTestFinished(() => void execFileSync("umount", ["-l", dir.join("disk")]));
  writeFileSync(dir.join("disk/filler"), Buffer.alloc(65_536));
  const { recording, shine } = await record({ file: dir.join("disk/a.mcap") }, dir);
  expect(recording.stats().fault).toContain("ENOSPC");
  expect(readdirSync(dir.join("disk"))).toEqual(["filler"]);
  rmSync(dir.join("disk/filler"));
  await waitFor("the end of the fault", () => recording.stats().fault === undefined);
  await shine(3);
  expect(readdirSync(dir.join("disk"))).toEqual(["a.mcap"]);
});

it("is named by its time, and never writes over a file", async () => {
  await using dir = tempDir();
  expect(recordingName(new Date(2026, 0, 2, 3, 4, 5))).toBe("vj-2026-01-02-030405.mcap");
  writeFileSync(dir.join("b-2.mcap"), "mine");
  const next = partNames(dir.join("b.mcap"));
  expect([next(), next(), next()]).toEqual(["b.mcap", "b-3.mcap", "b-4.mcap"].map((name) => dir.join(name)));
});
