import { existsSync } from "node:fs";
import path from "node:path";
import { needs, spawnProcess, tempDir, tempEnvironment, writeWav } from "@vj/test-kit";
import { expect, it } from "vitest";

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
