import { appendFileSync, renameSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { LogFileReader, readLimit } from "../src/log-file-reader.ts";

interface Open {
  file: string;
  reader: LogFileReader;
  append(text: string): void;
  lines(): string[];
}

function open(before?: string, historyBytes = 1000): Open {
  const dir = tempDir();
  const file = dir.join("a.log");
  if (before !== undefined) writeFileSync(file, before);
  const reader = new LogFileReader(file, historyBytes);
  onTestFinished(() => {
    reader.close();
    dir.remove();
  });
  return { file, reader, append: (text) => appendFileSync(file, text), lines: () => reader.read().lines };
}

describe("LogFileReader", () => {
  it("gives each line once, when it is complete", () => {
    const { append, lines } = open("one\ntwo\n");
    expect(lines()).toEqual(["one", "two"]);
    expect(lines()).toEqual([]);
    append("thr");
    expect(lines()).toEqual([]);
    append("ee\nfour\nfi");
    expect(lines()).toEqual(["three", "four"]);
  });

  it("does not split characters that are written in two goes", () => {
    const { append, lines, file } = open("");
    const bytes = Buffer.from("grün\n");
    appendFileSync(file, bytes.subarray(0, 3));
    expect(lines()).toEqual([]);
    appendFileSync(file, bytes.subarray(3));
    append("");
    expect(lines()).toEqual(["grün"]);
  });

  it("begins with the newest of a long file, at the start of a line", () => {
    const text = Array.from({ length: 1000 }, (_, n) => `line ${n}\n`).join("");
    const { lines } = open(text, 30);
    expect(lines()).toEqual(["line 997", "line 998", "line 999"]);
    expect(open(text, 0).lines()).toEqual([]);
  });

  it("waits for a file that is yet to be made", () => {
    const { append, lines } = open();
    expect(lines()).toEqual([]);
    append("first\n");
    expect(lines()).toEqual(["first"]);
  });

  it("finishes a rotated file before the new one", () => {
    const { file, append, lines } = open("one\n");
    lines();
    append("two\n");
    renameSync(file, `${file}.1`);
    writeFileSync(file, "three\n");
    expect(lines()).toEqual(["two", "three"]);
    append("four\n");
    expect(lines()).toEqual(["four"]);
  });

  it("begins again in a file that was cut, and in one that was deleted and made anew", () => {
    const { file, append, lines } = open("a long first line\n");
    lines();
    truncateSync(file);
    append("cut\n");
    expect(lines()).toEqual(["cut"]);
    rmSync(file);
    expect(lines()).toEqual([]);
    writeFileSync(file, "anew\n");
    expect(lines()).toEqual(["anew"]);
  });

  it("passes over what is too much for one go, and says how much", () => {
    const { append, reader } = open("");
    reader.read();
    const line = `${"x".repeat(99)}\n`;
    append(line.repeat(5000));
    const { lines, skippedBytes } = reader.read();
    expect(lines).toHaveLength(Math.floor(readLimit / 100));
    expect(skippedBytes + lines.length * 100).toBe(500_000);
    append("next\n");
    expect(reader.read()).toEqual({ lines: ["next"], skippedBytes: 0 });
  });

  it("passes over a line without end", () => {
    const { append, reader } = open("");
    reader.read();
    append("x".repeat(readLimit));
    expect(reader.read()).toEqual({ lines: [], skippedBytes: readLimit });
    append("x".repeat(3 * readLimit));
    expect(reader.read()).toEqual({ lines: [], skippedBytes: 3 * readLimit });
    append("\nnext\n");
    expect(reader.read().lines).toEqual(["", "next"]);
  });
});
