import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "@vj/schema";
import { WorkerProcess } from "@vj/worker/testing";
import type { ContractCheck, WorkerCommand } from "@vj/worker/testing";
import type { Track } from "../track.ts";
import { KaraokeListener, until } from "./karaoke-listener.ts";
import type { ReceivedPosition } from "./karaoke-listener.ts";

/** A source that the suite controls. */
export interface SourceDriver {
  /** Begins a track at this second. */
  play(track: Track, seconds: number): void | Promise<void>;
  /** Left out where a source cannot know of it. */
  pause?(): void | Promise<void>;
  seek?(seconds: number): void | Promise<void>;
  /** Stops playing. */
  stop(): void | Promise<void>;
}

/** The source that the suite checks. */
export interface SourceSubject extends WorkerCommand {
  /** As in `/playback/<source>/track`. */
  readonly source: string;
  /** Name of its worker. */
  readonly worker: string;
  /** Fields of a track that it cannot know: they are empty or 0. */
  readonly lacks?: readonly ("album" | "duration")[];
  /** Makes the source, before its worker starts: its files, its service, its settings, and variables for the worker in `env`. */
  prepare(worker: WorkerProcess, env: Record<string, string>): Promise<SourceDriver>;
}

/** Only waiting shows that nothing comes: longer than the interval between two positions, ms. */
const quietMs = 800;
const first: Track = { artist: "Daft Punk", title: "One More Time (Extended Mix)", album: "Discovery", duration: 320 };
const second: Track = { artist: "AC/DC", title: "Thunderstruck - Live", album: "Live", duration: 382 };
const hostile: Track = { artist: "\u001b]0;x\u0007Bic\u202eep", title: `Glue\u200b ${"あ".repeat(400)}`, album: "", duration: 200 };

/**
 * What the karaoke receiver of the original system expects of each sender, as checks for any test runner: `/karaoke/track`
 * `issssfi` before the first position, `/karaoke/pos` `fi` twice a second within a tenth of a second of the truth, jumps at once,
 * `[0, source, "", "", "", 0, 0]` at the end, nothing while another process publishes for it. Starts the worker as a real process.
 * @example
 * for (const { name, run } of sourceContract(subject)) it(name, () => run());
 */
export function sourceContract(subject: SourceSubject): ContractCheck[] {
  return [{ name: "is what the karaoke receiver expects", run: () => checkKaraokeReceiver(subject) }];
}

async function checkKaraokeReceiver(subject: SourceSubject): Promise<void> {
  const listener = await KaraokeListener.open();
  const env = { ...subject.env, VJ_OSC_TARGETS: `127.0.0.1:${listener.port}` };
  const worker = await WorkerProcess.prepare(subject.worker, { ...subject, env });
  try {
    const driver = await subject.prepare(worker, env);
    await worker.start();
    await until("its own track", () => listener.last(`/playback/${subject.source}/track`) !== undefined);
    assert.equal(listener.last("/karaoke/track"), undefined, "an idle source leaves /karaoke/ alone");
    await checkPlaying(listener, subject, driver);
    await checkMoves(listener, subject, driver);
    const holder = await worker.connect();
    assert.ok((await holder.request("hold_output")).success, "its output can be held");
    await checkHeld(listener, subject, driver);
    await holder.close();
    await until("the track once it is released", () => isTrack(listener, subject, second));
    await checkEnd(listener, subject, driver);
    assert.deepEqual(listener.faults, []);
  } finally {
    await worker.remove();
    await listener.close();
  }
}

/** The parts of a track that the source knows, as `/karaoke/track` gives it. */
function valuesOf({ source, lacks = [] }: SourceSubject, { artist, title, album, duration }: Track): unknown[] {
  return [1, source, artist, title, lacks.includes("album") ? "" : album, lacks.includes("duration") ? 0 : duration, 0];
}

function isTrack(listener: KaraokeListener, subject: SourceSubject, track: Track, address = "/karaoke/track"): boolean {
  return JSON.stringify(listener.last(address)?.args) === JSON.stringify(valuesOf(subject, track));
}

async function checkPlaying(listener: KaraokeListener, subject: SourceSubject, driver: SourceDriver): Promise<void> {
  const begunAt = performance.now();
  await driver.play(first, 30);
  await until("the first track", () => isTrack(listener, subject, first));
  listener.positions = [];
  await until("its positions", () => listener.positions.length >= 7);
  const { positions } = listener;
  const gaps = positions.slice(1).map(({ at }, index) => at - (positions[index]?.at ?? 0));
  assert.ok(median(gaps) > 350 && median(gaps) < 650, `two positions a second: every ${Math.round(median(gaps))} ms`);
  const errors = positions.map(({ seconds, at }) => Math.abs((seconds - 30) * 1000 - (at - begunAt)));
  assert.ok(median(errors) < 100, `positions are ${Math.round(median(errors))} ms off`);
  assert.ok(positions.every(({ seconds }, index) => seconds >= (positions[index - 1]?.seconds ?? 0)), "positions do not go back");
  assert.ok(positions.every(({ playing }) => playing), "it plays");
}

async function checkMoves(listener: KaraokeListener, subject: SourceSubject, driver: SourceDriver): Promise<void> {
  const last = (): ReceivedPosition | undefined => listener.positions.at(-1);
  if (driver.seek !== undefined) {
    await driver.seek(120);
    await until("the jump", () => Math.abs((last()?.seconds ?? 0) - 120) < 5);
  }
  if (driver.pause !== undefined) {
    await driver.pause();
    await until("the pause", () => last()?.playing === false);
    const { seconds } = last() ?? { seconds: 0 };
    listener.positions = [];
    await until("more positions", () => listener.positions.length >= 3);
    const [one, other] = listener.positions.slice(-2);
    assert.ok(listener.positions.every(({ playing }) => !playing), "a pause goes on");
    assert.ok(Math.abs((one?.seconds ?? 0) - (other?.seconds ?? 1)) < 0.05, "a pause stands still");
    assert.ok(Math.abs((other?.seconds ?? 0) - seconds) < 0.3, "a pause stands where it began");
  }
  await driver.play(hostile, 0);
  await until("a hostile name", () => String(listener.last("/karaoke/track")?.args[2]) === "Bicep");
  const title = String(listener.last("/karaoke/track")?.args[3]);
  assert.ok(title.startsWith("Glue ") && Buffer.byteLength(title) <= 400, "names are cleaned and bounded");
  await driver.play(second, 0);
  await until("the second track", () => isTrack(listener, subject, second));
  listener.positions = [];
  await until("its position", () => listener.positions.length >= 1);
  assert.ok((last()?.seconds ?? 1000) < 20, "a track begins anew");
}

/** While another process publishes for it, it goes on under its own address and leaves `/karaoke/` alone. */
async function checkHeld(listener: KaraokeListener, subject: SourceSubject, driver: SourceDriver): Promise<void> {
  const before = listener.tracks.length;
  await driver.play(first, 0);
  await until("the track under its own name", () => isTrack(listener, subject, first, `/playback/${subject.source}/track`));
  await driver.play(second, 0);
  await until("the next one", () => isTrack(listener, subject, second, `/playback/${subject.source}/track`));
  assert.equal(listener.tracks.length, before, "a source that is held leaves /karaoke/ alone");
}

async function checkEnd(listener: KaraokeListener, { source }: SourceSubject, driver: SourceDriver): Promise<void> {
  await driver.stop();
  await until("the end", () => JSON.stringify(listener.last("/karaoke/track")?.args) === JSON.stringify([0, source, "", "", "", 0, 0]));
  listener.positions = [];
  await delay(quietMs);
  assert.deepEqual(listener.positions, [], "without a track there are no positions");
}
