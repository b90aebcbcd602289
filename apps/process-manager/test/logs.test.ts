import { appendFileSync, closeSync, openSync, statSync, writeFileSync, writeSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { readTail } from "../src/file-tail.ts";
import { lastLines, lastWords } from "../src/last-words.ts";
import { openOutput, trimOutput } from "../src/output-file.ts";

const now = Date.parse("2026-01-01T12:00:00Z");

function query(dir: TempDir, outputStart = 0) {
  return { logFile: dir.join("a.log"), bornAt: now - 60_000, output: { file: dir.join("a.out.log"), start: outputStart } };
}

function line(level: string, message: string, ageMs = 100): string {
  return `${JSON.stringify({ time: new Date(now - ageMs).toISOString(), level, source: "a", message })}\n`;
}

it("takes the last error of the worker's own log", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("a.log"), `${line("error", "first")}${line("fatal", "no\u001b[31m device")}${line("info", "bye")}{"half`);
  writeFileSync(dir.join("a.out.log"), "noise\n");
  expect(lastWords(query(dir), now)).toBe("no device");
});

it("does not blame an error of long ago, or of the process before", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("a.log"), line("error", "an hour ago", 3_600_000) + line("error", "20 s ago", 20_000));
  expect(lastWords(query(dir), now)).toBeUndefined();
  writeFileSync(dir.join("a.log"), line("error", "the process before", 3000));
  expect(lastWords({ ...query(dir), bornAt: now - 2000 }, now)).toBeUndefined();
});

it("finds the error in what Node prints about a crash, in the output of this process only", async () => {
  await using dir = tempDir();
  const old = "Error: of the process before ä\n";
  const crash = "node:internal\n  throw err;\n  ^\n\nTypeError [ERR_X]: bad thing\n    at foo (x.js:1:1) {\n  code: 'ERR_X'\n}\n\nNode.js v20.20.2\n";
  writeFileSync(dir.join("a.out.log"), old + crash);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBe("TypeError [ERR_X]: bad thing");
  writeFileSync(dir.join("a.out.log"), `${old}ALSA lib: cannot open\n\n`);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBe("ALSA lib: cannot open");
  writeFileSync(dir.join("a.out.log"), old);
  expect(lastWords(query(dir, Buffer.byteLength(old)), now)).toBeUndefined();
});

it("shows the last lines of both files, of this process only, safe for a terminal", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("a.log"), line("info", "before it was born", 70_000) + line("info", "one") + line("warn", "two\u001b[2J"));
  writeFileSync(dir.join("a.out.log"), "old\nALSA\u0007 one\n\nALSA two\n");
  expect(lastLines(query(dir, 4))).toEqual([
    expect.stringMatching(/INFO +a +one$/),
    expect.stringMatching(/WARN +a +two/),
    expect.stringMatching(/^ALSA.* one$/),
    "ALSA two",
  ]);
  expect(lastLines(query(dir, 4)).join()).not.toMatch(/[\u001b\u0007]/);
  expect(lastLines({ logFile: dir.path, bornAt: 0 })[0]).toMatch(/cannot be read/);
});

it("says so when the log cannot be read", async () => {
  await using dir = tempDir();
  expect(lastWords({ logFile: dir.path, bornAt: 0 }, now)).toMatch(/^its log cannot be read: EISDIR/);
});

it("has nothing to say without files", async () => {
  await using dir = tempDir();
  expect(lastWords(query(dir), now)).toBeUndefined();
});

it("reads all of a file that was cut since", async () => {
  await using dir = tempDir();
  writeFileSync(dir.join("f"), "short");
  expect(readTail(dir.join("f"), 100, 5000)).toBe("short");
  expect(readTail(dir.join("f"), 2)).toBe("rt");
});

it("cuts an output file that has grown too large, under the feet of its writer", async () => {
  await using dir = tempDir();
  const file = dir.join("logs", "a.out.log");
  const { fd, size } = openOutput(file);
  expect(size).toBe(0);
  for (let index = 0; index < 500; index++) writeSync(fd, `line ${String(index).padStart(5, "0")}\n`);
  expect(trimOutput(file, 10_000, 1000)).toBe(false);
  expect(trimOutput(file, 5000, 1000)).toBe(true);
  expect(statSync(file).size).toBeLessThanOrEqual(1000);
  writeSync(fd, "after\n");
  closeSync(fd);
  const lines = readTail(file, 10_000).split("\n");
  expect(lines[0]).toMatch(/^line \d{5}$/);
  expect(lines.slice(-3)).toEqual(["line 00499", "after", ""]);

  appendFileSync(file, "x".repeat(2_000_000));
  closeSync(openSync(file, "a"));
  const again = openOutput(file);
  closeSync(again.fd);
  expect(again.size).toBeLessThanOrEqual(262_144);
});
