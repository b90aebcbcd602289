import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, renameSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { needs, smallDisk, spawnNode, tempDir, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { lastLines, lastWords } from "../src/last-words.ts";
import { openOutput } from "../src/output-file.ts";

const now = Date.parse("2026-01-01T12:00:00Z");

function query(dir: TempDir, outputStart = 0) {
  return { busDir: dir.path, name: "a", bornAt: now - 60_000, output: { size: outputStart, inode: inodeOf(dir.join("logs", "a.out.log")) } };
}

/** A bus directory with a log folder. */
function busDir(): TempDir {
  const dir = tempDir();
  mkdirSync(dir.join("logs"));
  return dir;
}

function line(level: string, message: string, ageMs = 100): string {
  return `${JSON.stringify({ time: new Date(now - ageMs).toISOString(), level, source: "a", message })}\n`;
}

it("finds the last error of the worker's own log", async () => {
  await using dir = busDir();
  writeFileSync(dir.join("logs", "a.log"), `${line("error", "first")}${line("fatal", "no\u001b[31m device")}${line("info", "bye")}{"half`);
  writeFileSync(dir.join("logs", "a.out.log"), "noise\n");
  expect(lastWords(query(dir), now)).toBe("no device");
});

it("finds the last error also when the log was rotated right after it", async () => {
  await using dir = busDir();
  writeFileSync(dir.join("logs", "a.log.1"), line("fatal", "no device"));
  writeFileSync(dir.join("logs", "a.log"), line("info", "bye"));
  expect(lastWords(query(dir), now)).toBe("no device");
});

it("ignores an error of long ago, or of the previous process", async () => {
  await using dir = busDir();
  writeFileSync(dir.join("logs", "a.log"), line("error", "an hour ago", 3_600_000) + line("error", "20 s ago", 20_000));
  expect(lastWords(query(dir), now)).toBeUndefined();
  writeFileSync(dir.join("logs", "a.log"), line("error", "the process before", 3000));
  expect(lastWords({ ...query(dir), bornAt: now - 2000 }, now)).toBeUndefined();
});

it("names a full disk when nothing could be recorded", needs("mount"), async () => {
  await using dir = tempDir();
  using disk = smallDisk(dir.join("bus"));
  mkdirSync(dir.join("bus/logs"), { mode: 0o700 });
  const asked = { busDir: dir.join("bus"), name: "a", bornAt: 0 };
  expect(lastWords(asked, now)).toBeUndefined();
  disk.fill();
  expect(lastWords(asked, now)).toBe(`the disk of ${dir.join("bus")} is full; make room there`);
});

it("finds the error in Node's crash output, of this process only", async () => {
  await using dir = busDir();
  const old = "Error: of the process before ä\n";
  const crash = "node:internal\n  throw err;\n  ^\n\nTypeError [ERR_X]: bad thing\n    at foo (x.js:1:1) {\n  code: 'ERR_X'\n}\n\nNode.js v20.20.2\n";
  writeFileSync(dir.join("logs", "a.out.log"), old + crash);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBe("TypeError [ERR_X]: bad thing");
  writeFileSync(dir.join("logs", "a.out.log"), `${old}ALSA lib: cannot open\n\n`);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBe("ALSA lib: cannot open");
  writeFileSync(dir.join("logs", "a.out.log"), old);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBeUndefined();
});

it("shows the last lines of both files, of this process only, safe for a terminal", async () => {
  await using dir = busDir();
  writeFileSync(dir.join("logs", "a.log"), line("info", "before it was born", 70_000) + line("info", "one") + line("warn", "two\u001b[2J"));
  writeFileSync(dir.join("logs", "a.out.log"), "old\nALSA\u0007 one\n\nALSA two\n");
  expect(lastLines(query(dir, 4))).toEqual([
    expect.stringMatching(/INFO +a +one$/),
    expect.stringMatching(/WARN +a +two/),
    expect.stringMatching(/^ALSA.* one$/),
    "ALSA two",
  ]);
  expect(lastLines(query(dir, 4)).join()).not.toMatch(/[\u001b\u0007]/);
  mkdirSync(dir.join("logs", "b.log"));
  expect(lastLines({ ...query(dir), name: "b" })[0]).toMatch(/cannot be read/);
});

it("reports a log that cannot be read", async () => {
  await using dir = busDir();
  mkdirSync(dir.join("logs", "a.log"));
  expect(lastWords(query(dir), now)).toMatch(/^its log cannot be read: .* is a directory/);
});

it("finds nothing without files", async () => {
  await using dir = busDir();
  expect(lastWords(query(dir), now)).toBeUndefined();
});

it("finds output from before and after a rotation", async () => {
  await using dir = busDir();
  const file = dir.join("logs", "a.out.log");
  writeFileSync(file, "of the process before\nError: first\n");
  const output = { size: 22, inode: inodeOf(file) };
  renameSync(file, `${file}.1`);
  writeFileSync(file, "later\n");
  expect(lastLines({ ...query(dir), output })).toEqual(["Error: first", "later"]);
});

/** Prints endlessly, in blocks, and counts them in a file. */
const flood = (progress: string) => `
const fs = require("node:fs");
const block = Buffer.alloc(65536, "x".repeat(63) + "\\n");
for (let i = 1; ; i++) { fs.writeSync(1, block); if (i % 50 === 0) fs.writeFileSync(${JSON.stringify(progress)}, String(i)); }`;

it("limits the output of a flooding process at every moment, and the process goes on when its starter is gone", async () => {
  await using dir = tempDir();
  const [file, progress] = [dir.join("logs", "a.out.log"), dir.join("progress")];
  writeFileSync(progress, "0");
  const starter = `
    const { openOutput } = await import(${JSON.stringify(new URL("../dist/output-file.js", import.meta.url).href)});
    const { spawn } = await import("node:child_process");
    const output = openOutput(${JSON.stringify(dir.path)}, "a");
    const child = spawn(process.execPath, ["-e", ${JSON.stringify(flood(progress))}], { detached: true, stdio: ["ignore", output.target, output.target] });
    output.release();
    console.log("flood", child.pid);`;
  await using started = spawnNode(["--input-type=module", "-e", starter]);
  const pid = Number((await started.printed(/flood (\d+)/))[1]);
  try {
    const blocks = (): number => Number(readFileSync(progress, "utf8"));
    let largest = 0;
    const passed = (count: number): Promise<boolean> =>
      waitFor(`${count} blocks`, () => {
        largest = Math.max(largest, sizeOf(file) + sizeOf(`${file}.1`));
        return blocks() >= count;
      });
    await passed(200);
    await started.kill();
    // 64 MiB more than it printed while its starter lived.
    await passed(blocks() + 1000);
    expect(largest).toBeGreaterThan(0);
    expect(largest).toBeLessThan(4 * 1_048_576);
    // It also goes on when the files are gone, and a new one is created.
    renameSync(dir.join("logs"), dir.join("moved"));
    await passed(blocks() + 100);
    mkdirSync(dir.join("logs"));
    await waitFor("a new file", () => sizeOf(file) > 0);
  } finally {
    process.kill(pid, "SIGKILL");
  }
});

it("keeps the very last line, and appends to an existing file", async () => {
  await using dir = tempDir();
  const file = dir.join("logs", "a.out.log");
  for (const word of ["one", "two"]) {
    const output = openOutput(dir.path, "a");
    expect(output.problem).toBeUndefined();
    const child = spawn("/bin/sh", ["-c", `echo ${word}; echo error ${word} >&2; kill -9 $$`], { stdio: ["ignore", output.target, output.target] });
    output.release();
    await once(child, "exit");
    await output.finished(20_000);
    expect(lastLines({ ...query(dir), output: output.mark })).toEqual([word, `error ${word}`]);
  }
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("never follows a link, and opens no FIFO", async () => {
  await using dir = tempDir();
  const [file, victim] = [dir.join("logs", "a.out.log"), dir.join("victim")];
  mkdirSync(dir.join("logs"));
  writeFileSync(victim, "precious");
  symlinkSync(victim, file);
  spawnSync("mkfifo", [`${file}.1`]);
  const output = openOutput(dir.path, "a");
  const child = spawn("/bin/sh", ["-c", "echo printed"], { stdio: ["ignore", output.target, output.target] });
  output.release();
  await once(child, "exit");
  await output.finished(20_000);
  expect(readFileSync(victim, "utf8")).toBe("precious");
  expect(readFileSync(file, "utf8")).toBe("printed\n");
});

it("starts the process also where its output cannot be kept, and reports why", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("logs"), "a file in the way");
  const output = openOutput(dir.path, "a");
  expect(output.problem).toMatch(/logs: it is not a directory/);
  const child = spawn("/bin/sh", ["-c", "echo printed"], { stdio: ["ignore", output.target, output.target] });
  expect(await once(child, "exit")).toEqual([0, null]);
});

function inodeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? 0;
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
