import { describe, expect, it } from "vitest";
import { spectrumBins } from "@vj/schema";
import type { Description } from "@vj/schema";
import type { RigState } from "../src/rig/rig-state.ts";
import type { TelemetrySnapshot } from "../src/telemetry/snapshot.ts";
import { createSoundMemory } from "../src/telemetry/sound-memory.ts";
import { after, heartbeat, noon, rigAfter, running, telemetryOf } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const command = { description: "", args: { type: "object", properties: {} } };

function analyzer({ config = {}, source = {}, commands = [], tempo = {} }: { config?: Record<string, unknown>; source?: Record<string, unknown>; commands?: string[]; tempo?: Record<string, unknown> } = {}): RigState {
  const description: Description = {
    ...{ worker: "audio_analyzer", version: "1", protocol: 1, description: "", osc: {} },
    config_schema: { type: "object", properties: { enable_bpm: { type: "boolean" }, auto_gain: { type: "boolean" }, audio_source: { type: "string" } } },
    commands: Object.fromEntries(["benchmark", "meter_devices", ...commands].map((name) => [name, command])),
  };
  return rigAfter([
    ...running("audio_analyzer", {
      config: { enable_bpm: true, enable_essentia: true, enable_pitch: false, enable_structure: true, enable_spectrum: true, auto_gain: true, audio_source: "auto", ...config },
      source: { kind: "device", name: "BlackHole 2ch", verdict: "ok", verdict_sec: 60, chosen_by: "pattern", sample_rate: 48_000, channels: 2, gain_db: 8.2, ...source },
      stats: { dropped_frames: 3, latency_ms: { p50: 6, p95: 9, p99: 11, max: 14 } },
      tempo,
    }),
    heartbeat("audio_analyzer", { fps: 60 }),
    { type: "description", name: "audio_analyzer", description },
  ]);
}

const sound = telemetryOf([
  ["/audio/levels", [0.62, 0.48, 0.31, 0.27, 0.18, 0.14, 0.09, 0.44]],
  ["/audio/spectrum", Array.from({ length: spectrumBins }, (_, bin) => bin / spectrumBins)],
  ["/audio/beat", [1, 0.3]],
  ["/audio/bpm", [128, 0.93]],
  ["/audio/tempo", [127.98, 512, 0.2, 2]],
  ["/audio/phase", [0.7, 0.6, 3]],
  ["/audio/onset", [0.9, 0, 0.4]],
  ["/audio/pitch", [110.2, 0.71]],
  ["/audio/structure", [1, 1, -0.08, 0.5]],
]);

function audio(rig: RigState, { columns = 80, rows = 24, now = () => noon, telemetry = sound }: { columns?: number; rows?: number; now?: () => number; telemetry?: TelemetrySnapshot } = {}): TestSession {
  const session = testSession({ columns, rows, now });
  session.know(rig, telemetry);
  session.press("3");
  return session;
}

describe("the audio screen", () => {
  it("shows every element of the sound at 80×24", () => {
    const text = audio(analyzer()).text();
    expect(text).toMatch(/Audio {2}BlackHole 2ch \(auto: name match\) {2}48 kHz · stereo +✓ sound/);
    expect(text).toMatch(/ sub {3}20–60 +█+.?·+ {2}0\.62 \u2800+ /);
    expect(text).toMatch(/ rms +█+.?·+ {2}0\.44/);
    expect(text).toMatch(/beat ● {3}bar ▮▮▮▯ {2}phase 0\.7/);
    expect(text).toMatch(/kick ● {3}snare ○ {3}hat ●/);
    expect(text).toMatch(/bpm 127\.98 {2}conf 0\.93/);
    expect(text).toMatch(/tempo by tap {2}beats 512/);
    expect(text).toMatch(/pitch 110\.2 Hz {2}conf 0\.71/);
    expect(text).toMatch(/build-up ● {2}drop ●/);
    expect(text).toMatch(/trend -0\.08 {2}bright 0\.50/);
    expect(text).toMatch(/spectrum ▁+▂+/);
    expect(text).toMatch(/fps 60\.0 {2}latency p50 6\.0 p95 9\.0 max 14\.0 ms {2}drops 3 {2}gain auto \+8\.2 dB/);
    expect(text).toMatch(/e ● tone {2}t ● tempo {2}o ○ pitch {2}u ● structure {2}f ● spectrum {2}i ● gain/);
    expect(text.split("\n").at(-1)).toMatch(/d inputs.*b benchmark|b benchmark/);
  });

  it("says of what has not come yet only then that it is off when it is switched off", () => {
    const first = { telemetry: telemetryOf([["/audio/levels", [0.62, 0.48, 0.31, 0.27, 0.18, 0.14, 0.09, 0.44]]]) };
    const text = audio(analyzer({ config: { enable_spectrum: false } }), first).text();
    for (const shown of ["bar –", "tempo –", "pitch off", "structure –", "spectrum off"]) expect(text).toContain(shown);
    const other = audio(analyzer({ config: { enable_bpm: false, enable_pitch: true, enable_structure: false } }), first).text();
    for (const shown of ["bar off", "tempo off", "pitch –", "structure off", "spectrum –"]) expect(other).toContain(shown);
  });

  it("holds lamps long enough to be seen, and lets them go", () => {
    let now = noon;
    const session = audio(analyzer(), { now: () => now });
    now = noon + 150;
    expect(session.text()).toMatch(/beat ●.*\n.*kick ●/);
    now = noon + 400;
    expect(session.text()).toMatch(/beat ○.*\n.*kick ○ {3}snare ○ {3}hat ○/);
    expect(session.text()).toContain("drop ●");
  });

  it("moves the history by whole cells of two fifths of a second, so that it is not written in every picture", () => {
    const memory = createSoundMemory();
    const open = [0, 200, 399, 400, 600].map((after) => {
      memory.take({ address: "/audio/levels", tags: "ffffffff", args: Array.from({ length: 8 }, () => 0.5) }, noon + after);
      const { levels, open: unfinished } = memory.get();
      return levels.length - unfinished;
    });
    expect(open).toEqual([0, 0, 0, 2, 2]);
  });

  it("shows the history of each band", () => {
    const memory = createSoundMemory();
    const levels = (bass: number): (number | string)[] => [0, bass, 0, 0, 0, 0, 0, bass];
    for (let column = 0; column < 20; column += 1) memory.take({ address: "/audio/levels", tags: "ffffffff", args: levels(column < 10 ? 0 : 1) }, noon + column * 200);
    const rows = audio(analyzer(), { columns: 120, rows: 40, telemetry: { ...sound, sound: memory.get() } }).rows();
    expect(rows.find((row) => row.includes("60–250"))).toMatch(/0\.48 \u2800+⣿{4}/);
    expect(rows.find((row) => row.includes("20–60"))).not.toContain("⣿");
  });

  it.each([
    [{ verdict: "silent", verdict_sec: 12, hint: "nothing playing?" }, /silent for 12 s/, /! nothing playing\?/],
    [{ verdict: "exact_zeros", hint: `macOS denies the microphone: ${"open the settings ".repeat(6)}END` }, /exact zeros/, /END/],
    [{ verdict: "device_gone", waiting_for: "Mixer" }, /device gone/, /waiting for Mixer/],
    [{ verdict: "no_callbacks", verdict_sec: 3 }, /no callbacks for 3\.0 s/, /the device sends nothing: is the right one chosen\?/],
  ])("says what is wrong with the sound, all of it: %o", (source, state, advice) => {
    for (const [columns, rows] of [[80, 24], [60, 20], [120, 40]] as const) {
      const text = audio(analyzer({ source }), { columns, rows }).text();
      expect(text).toMatch(state);
      expect(text).toMatch(advice);
    }
  });

  it("shows the tempo in the smallest terminal, and the rest below", () => {
    const session = audio(analyzer(), { columns: 40, rows: 12 });
    expect(session.text()).toContain("128.0");
    expect(session.text()).not.toContain("drops");
    session.press("G");
    expect(session.text()).toContain("t ● tempo");
  });

  it("switches features on at once, and off after a question", () => {
    const session = audio(analyzer());
    session.press("o");
    expect(session.wishes.at(-1)?.args).toEqual({ enable_pitch: true });
    session.press("t");
    expect(session.text()).toContain("Switch tempo off?");
    session.press("t");
    expect(session.wishes).toHaveLength(1);
    session.press("t", "y");
    expect(session.wishes.at(-1)).toMatchObject({ cmd: "set_config", args: { enable_bpm: false } });
  });

  it("asks before a feature ends, also from the form and the palette", () => {
    const session = audio(analyzer());
    session.press("2", "return", "e", "return", " ", "down", " ", "return");
    expect(session.text()).toContain("Switch tempo, gain off?");
    session.press("n", ...":".split(""));
    expect(session.wishes).toEqual([]);
    session.press("y");
    expect(session.wishes).toEqual([]);
    session.press("escape", "escape", ":", ..."set audio_analyzer enable_bpm off".split(""), "return");
    expect(session.text()).toContain("Switch tempo off?");
    session.press("y");
    expect(session.wishes.at(-1)).toMatchObject({ cmd: "set_config", args: { enable_bpm: false } });
  });

  it("asks nothing where a form leaves the sound as it is", () => {
    const session = audio(analyzer({ config: { enable_bpm: false } }));
    session.press("2", "return", "e", " ", "return");
    expect(session.wishes.at(-1)?.args).toEqual({ enable_bpm: true });
  });

  it("shows a feature as it is about to be", () => {
    const args = { enable_bpm: false };
    const rig = after(analyzer(), { type: "sent", sent: { wish: { worker: "audio_analyzer", cmd: "set_config", args, shown: args }, phase: "sending", message: "", issues: [], data: null } }, noon);
    expect(audio(rig).text()).toContain("t ○ tempo");
  });

  it("corrects the tempo by hand where the analyzer can", () => {
    const without = audio(analyzer());
    without.press(" ", "[", "]", ">", "<", "n", "m", "x");
    expect(without.wishes).toEqual([]);
    expect(without.text()).not.toContain("space tap");
    const session = audio(analyzer({ commands: ["tap", "nudge", "double", "halve", "resync", "lock", "auto"] }), { rows: 40 });
    expect(session.text()).toContain("tempo space tap  [ ] 10 ms  > double  < half  n beat 1  m lock  x let go");
    session.press(" ", "[", "]", ">", "<", "n", "m", "x");
    expect(session.wishes.map(({ cmd, args }) => [cmd, args])).toEqual([
      ["tap", {}],
      ["nudge", { ms: -10 }],
      ["nudge", { ms: 10 }],
      ["double", {}],
      ["halve", {}],
      ["resync", {}],
      ["lock", { on: true }],
      ["auto", {}],
    ]);
  });

  it("says when a beat was tapped, where the analyzer wants to know", () => {
    const args = { type: "object", properties: { at_us: { type: "number" } } };
    const rig = analyzer({ commands: ["tap"] });
    const entry = rig.workers["audio_analyzer"];
    const description = entry?.description;
    if (entry === undefined || description === undefined) throw new Error("the analyzer is described");
    const session = audio({ ...rig, workers: { audio_analyzer: { ...entry, description: { ...description, commands: { ...description.commands, tap: { description: "", args } } } } } });
    session.press(" ");
    expect(session.wishes.at(-1)).toMatchObject({ cmd: "tap", args: { at_us: 5_000_000 } });
  });

  it.each([[40, 12], [60, 20], [79, 23]] as const)("cuts nothing of how well it works and of what is on, when it is scrolled: %i×%i", (columns, rows) => {
    const session = audio(analyzer({ tempo: { locked: true } }), { columns, rows });
    let seen = "";
    for (let at = 0; at < 30; at += 1) {
      seen += session.text();
      session.press("down");
    }
    for (const shown of ["fps 60.0", "latency p50 6.0 p95 9.0 max 14.0 ms", "drops 3", "gain auto +8.2 dB", "e ● tone", "o ○ pitch", "f ● spectrum", "i ● gain", "tempo locked"]) expect(seen).toContain(shown);
  });

  it("shows that the tempo is locked, and unlocks it", () => {
    const rig = rigAfter([...running("audio_analyzer", { config: { enable_bpm: true }, source: { name: "x", verdict: "ok" }, tempo: { locked: true } })]);
    expect(audio(rig).text()).toContain("tempo locked");
  });

  it("measures the analyzer, and shows the result for a while", () => {
    let now = noon;
    const session = audio(analyzer(), { now: () => now });
    session.press("b");
    const wish = session.wishes.at(-1);
    expect(wish).toMatchObject({ cmd: "benchmark", args: { seconds: 10 } });
    const sent = { wish: wish ?? { worker: "", cmd: "", args: {}, shown: {} }, message: "", issues: [], data: null };
    const sending = after(analyzer(), { type: "sent", sent: { ...sent, phase: "sending" } }, noon);
    now = noon + 4000;
    session.know(sending);
    expect(session.text()).toContain("measuring, 6 s left");
    const latency = { p50: 5.1, p95: 8.2, p99: 9.3, max: 12.4 };
    const data = { verdict: "excellent", fps: 60, dropped_frames: 1, latency_ms: latency, stages: { analysis_ms: latency, publishing_ms: { p95: 0.4 } } };
    session.know(after(sending, { type: "sent", sent: { ...sent, phase: "accepted", data } }, noon));
    expect(session.text()).toMatch(/benchmark excellent p50 5\.1 p95 8\.2 p99 9\.3 max 12\.4 ms/);
    expect(session.text()).toMatch(/analysis p95 8\.2 {2}publishing p95 0\.4 ms/);
    now = noon + 200_000;
    session.know(after(sending, { type: "sent", sent: { ...sent, phase: "accepted", data } }, noon));
    expect(session.text()).not.toContain("excellent");
  });
});

describe("the inputs", () => {
  const input = (name: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
    ...{ source: `device:${name}`, name, hostApi: "ALSA", channels: 2, isDefault: false, loopback: false, playing: false, peak: null, problem: "" },
    ...more,
  });
  const wish = { worker: "audio_analyzer", cmd: "meter_devices", args: {}, shown: {} };
  const reply = (inputs: readonly Record<string, unknown>[]): RigState => {
    return after(analyzer(), { type: "sent", sent: { wish, phase: "accepted", message: "", issues: [], data: { inputs } } }, noon);
  };

  it("are measured again and again while they are shown, one question at a time", () => {
    let now = noon;
    const session = audio(analyzer(), { now: () => now });
    session.rows();
    expect(session.wishes).toEqual([]);
    session.press("d");
    session.rows();
    expect(session.wishes).toEqual([{ ...wish, quiet: true }]);
    session.know(after(analyzer(), { type: "sent", sent: { wish, phase: "sending", message: "", issues: [], data: null } }, noon));
    session.rows();
    expect(session.wishes).toHaveLength(1);
    expect(session.text()).toContain("listening to every input …");
    session.know(reply([]));
    now = noon + 500;
    session.rows();
    expect(session.wishes).toHaveLength(1);
    now = noon + 1000;
    session.rows();
    expect(session.wishes).toHaveLength(2);
    session.press("escape");
    now = noon + 9000;
    session.rows();
    expect(session.wishes).toHaveLength(2);
  });

  it("are listed with their loudness; loopback inputs and the one that plays are marked", () => {
    const session = audio(reply([
      input("Monitor of Speakers", { loopback: true, peak: 0.5 }),
      input("Line", { isDefault: true, playing: true }),
      input("Webcam", { peak: 0 }),
      input("Mixer", { problem: "it is in use" }),
    ]), { columns: 100 });
    session.press("d");
    const text = session.text();
    expect(text).toMatch(/Monitor of Speakers +█+.?·* +-6 dB {2}ALSA, loopback/);
    expect(text).toMatch(/✓ Line +plays now +ALSA, default/);
    expect(text).toMatch(/Webcam +only zeros/);
    expect(text).toMatch(/Mixer +it is in use/);
    expect(text).toMatch(/✓ auto +the best loopback input/);
    expect(text).toContain("demo");
  });

  it("are taken after a question", () => {
    const session = audio(reply([input("Monitor of Speakers", { peak: 0.5 }), input("Line")]));
    session.press("d", "G", "return");
    expect(session.text()).toContain("Take the sound from device:Line instead of auto?");
    const before = session.wishes.length;
    session.press("y");
    expect(session.wishes.slice(before)).toMatchObject([{ cmd: "set_config", args: { audio_source: "device:Line" } }]);
  });

  it("are not asked for while a form is open, whose outcome an answer would hide", () => {
    const session = audio(analyzer());
    session.press("d");
    session.rows();
    const asked = session.wishes.length;
    expect(asked).toBeGreaterThan(0);
    session.press(":", ...`settings audio_analyzer`.split(""), "return");
    session.rows();
    session.rows();
    expect(session.wishes).toHaveLength(asked);
    session.press("escape");
    session.rows();
    expect(session.wishes.length).toBeGreaterThan(asked);
  });

  it("cannot be measured while the analyzer is away", () => {
    const session = audio(rigAfter([]));
    session.press("d");
    expect(session.text()).toContain("audio_analyzer is away");
    expect(session.wishes).toEqual([]);
  });
});
