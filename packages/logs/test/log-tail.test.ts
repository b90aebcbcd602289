import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { LogFile } from "../src/log-file.ts";
import { longestLine } from "../src/line-splitter.ts";
import { longestBacklog } from "../src/log-part.ts";
import type { LogStart } from "../src/log-parts.ts";
import { LogTail, lookBytes } from "../src/log-tail.ts";
import { counted, logDir, numbers } from "./log-dir.ts";
import type { LogDir } from "./log-dir.ts";

const all: LogStart = { bytes: Infinity };

function open(dir: LogDir, start: LogStart = all): LogTail {
  const tail = new LogTail(dir.busDir, "a.log", start);
  onTestFinished(() => tail.close());
  return tail;
}

const texts = (tail: LogTail, most?: number): string[] => tail.look(most).texts.map(({ text }) => text);

/** Looks until nothing more is available. */
function drain(tail: LogTail): string[] {
  const found: string[] = [];
  for (;;) {
    const look = tail.look();
    found.push(...look.texts.map(({ text }) => text));
    if (!look.more) return found;
  }
}

function rotate(dir: LogDir): void {
  for (const [from, to] of [[".2", ".3"], [".1", ".2"], ["", ".1"]]) {
    try {
      renameSync(dir.file(`a.log${from}`), dir.file(`a.log${to}`));
    } catch {
      // Not all lines are there yet.
    }
  }
}

describe("rotation", () => {
  it("loses no unread line of the old file", () => {
    const dir = logDir();
    const tail = open(dir);
    dir.write("a.log", "before\n");
    expect(texts(tail)).toEqual(["before"]);
    dir.append("a.log", counted(1, 5));
    rotate(dir);
    dir.write("a.log", counted(6, 10));
    expect(texts(tail)).toEqual(numbers(1, 10).map((n) => `line ${n}`));
    expect(texts(tail)).toEqual([]);
  });

  it.each([1, 2, 3, 4])("loses nothing when it happens %i times between two looks", (times) => {
    const dir = logDir();
    const tail = open(dir);
    dir.write("a.log", counted(0, 0));
    tail.look();
    for (let turn = 0; turn < times; turn += 1) {
      dir.append("a.log", counted(turn * 2 + 1, turn * 2 + 1));
      rotate(dir);
      dir.write("a.log", counted(turn * 2 + 2, turn * 2 + 2));
    }
    const found = texts(tail);
    const lines = numbers(1, times * 2).map((n) => `line ${n}`);
    // After the fourth rotation it cannot know whether there was a fifth.
    expect(found.filter((text) => text.startsWith("line"))).toEqual(lines);
    expect(found.some((text) => /rotated too often/.test(text))).toBe(times === 4);
  });

  it("reports a file that was deleted before it was read", () => {
    const dir = logDir();
    const tail = open(dir);
    dir.write("a.log", counted(0, 0));
    tail.look();
    for (const n of numbers(1, 6)) {
      rotate(dir);
      dir.write("a.log", counted(n, n));
    }
    expect(texts(tail)).toEqual(["a.log was rotated too often since the last look: lines may be missing here", "line 3", "line 4", "line 5", "line 6"]);
  });

  it("does not read older files again when the log was deleted", () => {
    const dir = logDir();
    dir.write("a.log.1", counted(1, 3));
    utimesSync(dir.file("a.log.1"), 1, 1);
    dir.write("a.log", counted(4, 6));
    const tail = open(dir);
    expect(texts(tail)).toHaveLength(6);
    rmSync(dir.file("a.log"));
    expect(texts(tail)).toEqual([]);
    dir.write("a.log", counted(7, 8));
    expect(texts(tail)).toEqual(["line 7", "line 8"]);
  });

  it("ends a line that its writer never completed", () => {
    const dir = logDir();
    dir.write("a.log", "whole\nhalf");
    const tail = open(dir);
    expect(texts(tail)).toEqual(["whole"]);
    rotate(dir);
    dir.write("a.log", "next\n");
    expect(texts(tail)).toEqual(["half", "next"]);
  });

  it("by a fast writer loses nothing for a reader in small steps", async () => {
    const dir = logDir();
    const file = new LogFile(dir.busDir, "a.log", { fileBytes: 2000, oldFiles: 3, checkMs: 0 });
    const tail = open(dir);
    const found: string[] = [];
    for (const n of numbers(1, 3000)) {
      file.write(`line ${n}\n`);
      if (n % 97 === 0) found.push(...texts(tail, 1024));
    }
    await file.close();
    found.push(...drain(tail));
    expect(found).toEqual(numbers(1, 3000).map((n) => `line ${n}`));
  });
});

describe("bursts", () => {
  it("are read whole", () => {
    const dir = logDir();
    dir.write("a.log", "");
    const tail = open(dir);
    tail.look();
    dir.append("a.log", numbers(1, 400).map((n) => `line ${n} ${"x".repeat(200)}\n`).join(""));
    expect(texts(tail)).toHaveLength(400);
  });

  it("cost a bounded time per look: the next looks read the rest", () => {
    const dir = logDir();
    const tail = open(dir);
    dir.write("a.log", `${"x".repeat(99)}\n`.repeat(10_000));
    const look = tail.look();
    expect(look.more).toBe(true);
    expect(look.texts).toHaveLength(Math.floor(lookBytes / 100));
    expect(look.texts.length + drain(tail).length).toBe(10_000);
  });

  it("that cannot be read in time are skipped, which is reported", () => {
    const dir = logDir();
    dir.write("a.log", "one\n");
    const tail = open(dir);
    tail.look();
    truncateSync(dir.file("a.log"), longestBacklog * 1000);
    dir.append("a.log", "\nlast\n");
    const found = drain(tail);
    expect(found[0]).toMatch(/^skipped \d+ bytes of a\.log: too many at once$/);
    expect(found.at(-1)).toBe("last");
  });
});

describe("lines", () => {
  it("are held back until they are complete, also in the middle of a character", () => {
    const dir = logDir();
    dir.write("a.log", "");
    const tail = open(dir);
    const found: string[] = [];
    for (const byte of Buffer.from("naïve 恋\n\n \nnext\n")) {
      dir.append("a.log", Buffer.from([byte]));
      found.push(...texts(tail));
    }
    expect(found).toEqual(["naïve 恋", "next"]);
  });

  it("that are too long are skipped, which is reported", () => {
    const dir = logDir();
    dir.write("a.log", `${"x".repeat(longestLine)}\n${"y".repeat(3 * longestLine)}\nnext\n`);
    const found = drain(open(dir));
    expect(found[0]).toHaveLength(longestLine);
    expect(found.slice(1)).toEqual([`a line of ${3 * longestLine} bytes was left out: ${longestLine} are shown at most`, "next"]);
  });
});

describe("files", () => {
  it("that are emptied are read from their new beginning, also when they are longer again", () => {
    const dir = logDir();
    dir.write("a.log", "one and more\ntwo and more\nha");
    const tail = open(dir);
    tail.look();
    dir.write("a.log", "three\n");
    expect(texts(tail)).toEqual(["a.log was emptied: unread lines are lost", "three"]);
    dir.write("a.log", counted(1, 10));
    expect(texts(tail).slice(1)).toEqual(numbers(1, 10).map((n) => `line ${n}`));
  });

  it("that come later are read from their beginning, whatever the history", () => {
    const dir = logDir();
    const tail = open(dir, { bytes: 0 });
    expect(texts(tail)).toEqual([]);
    dir.write("a.log", counted(1, 2));
    expect(texts(tail)).toEqual(["line 1", "line 2"]);
  });

  it("are read from near their end at first, in whole lines, through the rotated ones", () => {
    const dir = logDir();
    dir.write("a.log.1", counted(1, 5));
    dir.write("a.log", counted(6, 8));
    expect(texts(open(dir, { bytes: 0 }))).toEqual([]);
    expect(texts(open(dir, { bytes: 14 }))).toEqual(["line 7", "line 8"]);
    expect(texts(open(dir, { bytes: 15 }))).toEqual(["line 7", "line 8"]);
    expect(texts(open(dir, { bytes: 30 }))).toEqual(["line 5", "line 6", "line 7", "line 8"]);
    expect(texts(open(dir))).toHaveLength(8);
  });

  it.each(["link", "FIFO", "folder"])("replaced by a %s are refused at once, and read again when they are files", (kind) => {
    const dir = logDir();
    dir.write("secret", "secret\n");
    dir.write("a.log", "one\n");
    const tail = open(dir);
    expect(texts(tail)).toEqual(["one"]);
    dir.append("a.log", "two\n");
    rotate(dir);
    if (kind === "link") symlinkSync(dir.file("secret"), dir.file("a.log"));
    if (kind === "FIFO") execFileSync("mkfifo", [dir.file("a.log")]);
    if (kind === "folder") mkdirSync(dir.file("a.log"));
    const look = tail.look();
    expect(look.texts.map(({ text }) => text)).toEqual(["two"]);
    expect(look.fault).toMatch(/a symbolic link|a FIFO|a directory/);
    rmSync(dir.file("a.log"), { recursive: true });
    dir.write("a.log", "three\n");
    expect(texts(tail)).toEqual(["three"]);
  });
});
