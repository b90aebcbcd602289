import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { onTestFinished } from "vitest";

/** A bus directory with a log folder, removed after the test. */
export interface LogDir {
  readonly busDir: string;
  /** A path in the log folder. */
  file(name: string): string;
  write(name: string, text: string): void;
  append(name: string, text: string | Buffer): void;
}

export function logDir(): LogDir {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  mkdirSync(dir.join("logs"), { mode: 0o700 });
  const file = (name: string): string => dir.join("logs", name);
  return { busDir: dir.path, file, write: (name, text) => writeFileSync(file(name), text), append: (name, text) => appendFileSync(file(name), text) };
}

/** Lines `from` to `to` of a counting log, both included. */
export function counted(from: number, to: number): string {
  return numbers(from, to).map((number) => `line ${number}\n`).join("");
}

export function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** A line of a logger, a second after midnight for each `second`. */
export function logged(second: number, message: string, source = "a"): string {
  return `${JSON.stringify({ time: new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString(), level: "info", source, message })}\n`;
}
