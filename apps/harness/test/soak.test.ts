import path from "node:path";
import { needs, spawnNode } from "@vj/test-kit";
import { expect, it } from "vitest";
import { compressAudio, compressBus } from "../src/compressed.ts";

const program = path.join(import.meta.dirname, "..", "dist", "soak-main.js");

it("a minute of work, compressed: no frame is missing or out of range, and every ping is answered", { timeout: 180_000, ...needs("proc") }, async () => {
  const soak = spawnNode([program, "--compressed", "1m"], {});
  expect(await soak.exited).toEqual({ code: 0, signal: null });
  expect(soak.output()).toMatch(/bus: 0\.02 h, \d+ heartbeats, 60 pings, 1 reconnects/);
  expect(soak.output()).toMatch(/audio: 0\.02 h, 3600 frames, 0 frames of drift, 0 frames out of range/);
  expect(soak.output()).toMatch(/memory -?\d+\.\d+ ± .* MB per hour of music/);
});

it("a compressed run ends when it is cancelled, and reports what was done until then", needs("proc"), async () => {
  const printed: string[] = [];
  const print = (line: string): void => void printed.push(line);
  const signal = AbortSignal.abort();
  expect(await compressAudio(60, { print, signal })).toEqual(["audio: ended before anything was measured"]);
  expect(await compressBus(60, { print, signal })).toEqual(["bus: ended before anything was measured"]);
  const cancelled = new AbortController();
  const progress = (done: number): void => {
    // Memory is measured once in ten minutes of an hour, so a part of these is left out of the report.
    if (done > 12 / 60) cancelled.abort();
  };
  const [report] = await compressBus(60, { print, progress, signal: cancelled.signal });
  expect(report).toMatch(/^bus: 0\.17 h, \d+ heartbeats, 7\d\d pings/);
  expect(printed).toEqual(["bus: 0.17 h of 1 h"]);
});
