import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { needs, tempDir, waitFor } from "@vj/test-kit";
import { watchFile } from "../../src/file/watch-file.ts";
import type { Look } from "../../src/file/find-file.ts";
import type { FileReading } from "../../src/file/watch-file.ts";

function watch(...candidates: string[]): FileReading[] {
  const readings: FileReading[] = [];
  onTestFinished(watchFile({ candidates, intervalMs: 10, onReading: (reading) => readings.push(reading) }));
  return readings;
}

const text = (readings: FileReading[]): string | undefined => {
  const last = readings.at(-1);
  return last?.found === true ? last.text : undefined;
};
const reason = (readings: FileReading[]): string | undefined => {
  const last = readings.at(-1);
  return last?.found === false ? last.reason : undefined;
};

/** Permissions mean nothing to root: gives up its rights until the end of the scope. */
function actAsOrdinaryUser(): Disposable {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  return { [Symbol.dispose]: () => void (isRoot && process.seteuid?.(0)) };
}

describe("a watched file", () => {
  it("may appear later, grow, be replaced, and vanish", async () => {
    await using dir = tempDir();
    const file = dir.join("later", "list.txt");
    const readings = watch(file);
    await waitFor("the absence", () => reason(readings)?.includes("does not exist"));
    mkdirSync(dir.join("later"));
    writeFileSync(file, "one");
    await waitFor("the file", () => text(readings) === "one");
    appendFileSync(file, "\ntwo");
    await waitFor("the appended line", () => text(readings) === "one\ntwo");
    writeFileSync(dir.join("new"), "three");
    renameSync(dir.join("new"), file);
    await waitFor("the replacement", () => text(readings) === "three");
    rmSync(file);
    await waitFor("the end", () => reason(readings)?.includes("does not exist"));
    expect(readings.filter(({ found }) => found)).toHaveLength(3);
  });

  it("is looked for once a second after 5 s of absence", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let looks = 0;
    const look = async (): Promise<Look> => {
      looks += 1;
      return { mark: "absent", file: undefined, reason: "" };
    };
    onTestFinished(watchFile({ candidates: ["/none"], intervalMs: 250, onReading: () => {}, look }));
    await vi.advanceTimersByTimeAsync(5000);
    expect(looks).toBeGreaterThanOrEqual(19);
    await vi.advanceTimersByTimeAsync(1000);
    looks = 0;
    await vi.advanceTimersByTimeAsync(20_000);
    expect(looks).toBeLessThanOrEqual(21);
  });

  it("is noticed when rewritten with the same size", async () => {
    await using dir = tempDir();
    const file = dir.join("a.txt");
    writeFileSync(file, "one");
    const readings = watch(file);
    for (const next of ["one", "two", "six", "ten"]) {
      writeFileSync(file, next);
      await waitFor(next, () => text(readings) === next);
    }
  });

  it("is the first candidate that exists, also when an earlier one appears", async () => {
    await using dir = tempDir();
    const [first, second] = [dir.join("first"), dir.join("second")];
    writeFileSync(second, "second");
    const readings = watch(first, second);
    await waitFor("the second", () => text(readings) === "second");
    writeFileSync(first, "first");
    await waitFor("the first", () => text(readings) === "first");
  });

  it("tells how long ago it was written, and how long it had not been looked at", async () => {
    await using dir = tempDir();
    const file = dir.join("a.txt");
    writeFileSync(file, "old");
    utimesSync(file, 1_000_000, 1_000_000);
    const readings = watch(file);
    await waitFor("the old text", () => text(readings) === "old");
    expect(readings.at(-1)).toMatchObject({ writtenAgoMs: expect.closeTo(Date.now() - 1_000_000_000, -4), unseenMs: Infinity });
    const before = performance.now();
    writeFileSync(file, "newer");
    await waitFor("the new text", () => text(readings) === "newer");
    const reading = readings.at(-1);
    if (reading?.found !== true) throw new Error("not found");
    // The clock of the disk ticks a few milliseconds coarser than ours, and the time of day counts whole ones.
    expect(reading.noticedAt - reading.writtenAgoMs).toBeGreaterThan(before - 50);
    expect(reading.noticedAt - reading.writtenAgoMs).toBeLessThan(performance.now() + 50);
    expect(reading.unseenMs).toBeLessThan(Infinity);
  });

  it("reads the end of a long history", async () => {
    await using dir = tempDir();
    const file = dir.join("a.txt");
    writeFileSync(file, `${"é".repeat(300_000)}\nlast line`);
    const readings = watch(file);
    await waitFor("the last line", () => text(readings) === "last line");
  });

  it("says that it cannot be read", needs("proc"), async () => {
    const readings = watch("/proc/self/mem");
    await waitFor("the fault", () => reason(readings)?.includes("cannot read /proc/self/mem: EIO"));
  });

  it("may be the newest playlist of a folder", async () => {
    await using dir = tempDir();
    const readings = watch(dir.path);
    await waitFor("the reason", () => reason(readings)?.includes("no .m3u history in it"));
    writeFileSync(dir.join("2026-01-30.m3u"), "friday");
    writeFileSync(dir.join("notes.txt"), "no");
    await waitFor("friday", () => text(readings) === "friday");
    writeFileSync(dir.join("2026-01-31.m3u"), "saturday");
    utimesSync(dir.join("2026-01-30.m3u"), 1_000_000, 1_000_000);
    await waitFor("saturday", () => text(readings) === "saturday");
    rmSync(dir.path, { recursive: true });
    await waitFor("the end", () => reason(readings)?.includes("does not exist"));
  });

  it("is a newer playlist of a folder once a text file before it is not written any more", async () => {
    await using dir = tempDir();
    const [file, folder] = [dir.join("now_playing.txt"), dir.join("History")];
    mkdirSync(folder);
    writeFileSync(file, "text");
    // VirtualDJ names histories by their date; other playlists do not hide them.
    for (let count = 0; count < 20; count += 1) writeFileSync(`${folder}/playlist ${count}.m3u`, "other");
    for (let count = 0; count < 20; count += 1) utimesSync(`${folder}/playlist ${count}.m3u`, 1_000_000, 1_000_000);
    writeFileSync(`${folder}/2026-01-30.m3u`, "list");
    const readings = watch(file, folder);
    await waitFor("the text file", () => text(readings) === "text");
    const hourAgo = Date.now() / 1000 - 3600;
    utimesSync(file, hourAgo, hourAgo);
    await waitFor("the playlist", () => text(readings) === "list");
    writeFileSync(file, "again");
    await waitFor("the text file again", () => text(readings) === "again");
  });

  it("is found behind candidates that cannot be used, which are said where there is nothing else", async () => {
    await using dir = tempDir();
    const [loop, folder, file] = [dir.join("loop"), dir.join("folder"), dir.join("file")];
    symlinkSync(loop, loop);
    mkdirSync(folder);
    const readings = watch(loop, folder, "/dev/null", file);
    await waitFor("the faults", () => /ELOOP.*\/dev\/null is not a file/.test(reason(readings) ?? ""));
    writeFileSync(file, "x");
    await waitFor("the file", () => text(readings) === "x");
  });

  it("is read although it changes all the time", async () => {
    await using dir = tempDir();
    const file = dir.join("a.txt");
    writeFileSync(file, "0");
    let writes = 0;
    const writer = setInterval(() => writeFileSync(file, "x".repeat((writes += 1))), 2);
    onTestFinished(() => clearInterval(writer));
    const readings = watch(file);
    await waitFor("some text", () => text(readings));
  });

  it("says that its drive does not answer, and when it does again", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const late: (string | undefined)[] = [];
    let answer: (look: Look) => void = () => {};
    const look = (): Promise<Look> => new Promise((done) => (answer = done));
    onTestFinished(watchFile({ candidates: ["/mnt/x.txt"], intervalMs: 10, onReading: () => {}, onLate: (problem) => late.push(problem), look }));
    await vi.advanceTimersByTimeAsync(2900);
    expect(late).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    answer({ mark: "absent", file: undefined, reason: "" });
    await vi.advanceTimersByTimeAsync(0);
    expect(late).toEqual([expect.stringContaining("/mnt/x.txt does not answer"), undefined]);
  });

  it("says what is in the way: missing permission", async () => {
    await using dir = tempDir();
    chmodSync(dir.path, 0o777);
    using _ordinary = actAsOrdinaryUser();
    const file = dir.join("secret");
    writeFileSync(file, "x");
    chmodSync(file, 0);
    const secret = watch(file);
    await waitFor("the fault", () => reason(secret)?.includes("EACCES"));
    chmodSync(file, 0o600);
    await waitFor("the text", () => text(secret) === "x");
  });
});
