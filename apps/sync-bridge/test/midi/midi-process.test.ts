import { readFileSync } from "node:fs";
import path from "node:path";
import { tempDir, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished, vi } from "vitest";
import { silentClock, takeMessage, tempoIn } from "../../src/protocols/midi/clock-in.ts";
import type { ChildOptions } from "../../src/protocols/midi/child-messages.ts";
import { MidiProcess } from "../../src/protocols/midi/midi-process.ts";
import { realtime } from "../../src/protocols/midi/messages.ts";
import { nowUs } from "../../src/tempo.ts";

const fixture = (name: string): string => path.join(import.meta.dirname, "../fixtures", name);
const notes = { notes: "notes", channel: 1, beat: 36, bar: 37, drop: 38 } as const;

interface Started {
  readonly process: MidiProcess;
  /** What the port sent: microseconds and bytes. */
  sent(): { us: number; bytes: string }[];
  clock: typeof silentClock;
}

function start(options: Partial<ChildOptions>, library = fixture("fake-midi.mjs")): Started {
  const dir = tempDir();
  const log = path.join(dir.path, "sent");
  vi.stubEnv("FAKE_MIDI_LOG", log);
  vi.stubEnv("VJ_MIDI_LIBRARY", library);
  const started: Started = {
    clock: silentClock,
    sent: () => {
      try {
        return readFileSync(log, "utf8").trim().split("\n").map((line) => ({ us: Number(line.split(" ")[0]), bytes: line.split(" ").slice(1).join(" ") }));
      } catch {
        return [];
      }
    },
    process: new MidiProcess({
      options: { ...notes, ...options },
      onMessage: (message, us) => (started.clock = takeMessage(started.clock, message, us)),
      onStart: () => queueMicrotask(() => started.process.send({ line: { bpm: 240, beat: 0, atUs: nowUs(), metre: 4 } })),
    }),
  };
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await started.process.close();
    await dir[Symbol.asyncDispose]();
  });
  return started;
}

it("sends the clock to the named port, with beats as notes, and stops it at the end", async () => {
  const { process: child, sent } = start({ out: "desk" });
  await waitFor("150 clocks", () => sent().filter(({ bytes }) => bytes === "248").length > 150);
  expect(child.status?.out).toEqual({ name: "Desk:Clock 20:0" });
  const all = sent();
  const first = all.findIndex(({ bytes }) => bytes === String(realtime.start));
  expect(all[first + 1]?.bytes).toBe("248");
  expect(all.slice(first + 2, first + 4).map(({ bytes }) => bytes)).toEqual(["144,37,127", "144,36,127"]);
  child.send({ drop: true });
  await waitFor("the drop", () => sent().some(({ bytes }) => bytes === "128,38,0"));
  await child.close();
  expect(sent().at(-1)?.bytes).toBe(String(realtime.stop));
});

it("is there again after kill -9, and after it was stopped", async () => {
  const { process: child, sent } = start({ out: "desk" });
  await waitFor("a clock", () => sent().some(({ bytes }) => bytes === "248"));
  const [first = 0] = [child.pid];
  process.kill(first, "SIGKILL");
  await waitFor("another child", () => child.pid !== undefined && child.pid !== first && child.status !== undefined);
  const before = sent().length;
  await waitFor("its clocks", () => sent().length > before + 10);
  const [second = 0] = [child.pid];
  process.kill(second, "SIGSTOP");
  await waitFor("a third child", () => child.pid !== undefined && child.pid !== second && child.status !== undefined);
  expect(child.restarts).toBe(2);
});

it("receives the clock of another program", async () => {
  const started = start({ in: "" });
  await waitFor("40 clocks", () => started.clock.clocks.length >= 40);
  expect(tempoIn(started.clock, nowUs())?.bpm).toBeCloseTo(120, -0.5);
  expect(tempoIn(started.clock, nowUs())?.quantum).toBe(4);
});

it("says which ports there are when the wanted one is not", async () => {
  const { process: child } = start({ out: "keyboard" });
  await waitFor("its report", () => child.status !== undefined);
  expect(child.status?.out?.problem).toBe('there is no MIDI port "keyboard"; there are "Midi Through:Port-0 14:0", "Desk:Clock 20:0"');
});

it("says what is missing where MIDI does not work, and does not try at once again", async () => {
  const { process: child } = start({ out: "" }, "/nowhere.mjs");
  await waitFor("the fault", () => child.fault !== undefined && child.pid === undefined);
  expect(child.fault?.text).toContain("nowhere.mjs");
  expect(child.fault?.todo).not.toBe("");
  expect(child.restarts).toBe(0);
});
