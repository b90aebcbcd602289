import { describe, expect, it } from "vitest";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { heartbeat, managedWorker, manager, noon, rigAfter, running, show } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";

const flow = { name: "sketch", host: "127.0.0.1", port: 9000, phase: "open", sent: 5, refused: 0, errors: 0, dropped: 0 };
const firstStart = rigAfter([
  ...running("audio_analyzer", { source: { kind: "demo", name: "demo signal", demo: true, verdict: "ok", chosen_by: "fallback" }, telemetry: { targets: [{ ...flow, listening: false }] } }),
  ...manager({ audio_analyzer: managedWorker({}) }),
]);

describe("the first start", () => {
  it("names three steps with their keys, and ends when most are done", () => {
    const session = testSession();
    session.know(firstStart, emptyTelemetry);
    expect(session.text()).toContain("First steps");
    expect(session.text()).toMatch(/○ sound +3, then d chooses an input/);
    expect(session.text()).toMatch(/○ target +8, then n adds a receiver/);
    expect(session.text()).toMatch(/○ tracks +4 shows what each source needs/);
    session.know(show.rig, show.telemetry);
    expect(session.text()).not.toContain("First steps");
  });

  it("fits in one row where there are few", () => {
    const session = testSession({ columns: 60, rows: 14 });
    session.know(firstStart, emptyTelemetry);
    expect(session.rows()).toHaveLength(13);
    expect(session.text()).toContain("First steps: 3 d sound · 8 n target · 4 tracks");
  });
});

it("the overview at 80×24 has every element: track, sound, workers, targets, the last warning, keys", () => {
  const session = testSession();
  const targets = [{ ...flow, name: "sketch", sent: 9, refused: 0, listening: true }];
  session.know(rigAfter([
    ...running("audio_analyzer", { source: { kind: "device", name: "BlackHole 2ch", demo: false, verdict: "ok" }, telemetry: { targets } }),
    heartbeat("audio_analyzer", { fps: 60, latency_ms: { p95: 9 }, cpu_percent: 7 }),
    ...manager({ audio_analyzer: managedWorker({}), virtualdj_monitor: managedWorker({ state: "backoff", running: false, next_restart_at: noon / 1000 + 4, detail: "restart 3 after: exit code 1" }), osc_debugger: managedWorker({ state: "stopped", running: false, stopped_by_request: true }) }),
    { type: "logs", entries: [{ at: noon, level: "warn", source: "virtualdj_monitor", text: "file not readable", line: "" }] },
  ]), show.telemetry);
  for (const element of [
    /Now playing ─ spotify ─/, /Sample Band – Paper Lanterns/, /Demo +▶ 1:42 ━+─+ 5:29/, /▸ Lanterns over water/, /Counting all the lights/, /mood calm/,
    /Audio ─ BlackHole 2ch · ok ─/, /sub █+▏?·+ +0\.62/, /bas █+.*0\.48/, /mid █+.*0\.27/, /hi +█+.*0\.11/, /● beat +76\.9 bpm +conf 0\.91/,
    /✓ audio_analyzer +running +60\.0 fps +p95 9 ms +cpu 7%.*up 01:00:00/, /⟳ virtualdj_monitor restart in 4 s +restart 3 after: exit code 1/, /○ osc_debugger +stopped +by you/,
    /sketch 127\.0\.0\.1:9000.* 0 err/, /warn +virtualdj_monitor +file not readable/, /w start all.*s start\/stop.*q quit \(workers run on\)/,
  ]) expect(session.text()).toMatch(element);
});

it("shows all workers before the log gets more than its least, beside what the manager reports and the first steps", () => {
  const names = Array.from({ length: 9 }, (_, index) => `worker_${index + 1}`);
  const session = testSession({ columns: 120, rows: 40 });
  session.know(rigAfter([
    ...names.flatMap((name) => running(name, {})),
    ...manager(Object.fromEntries(names.map((name) => [name, managedWorker({})]))),
    ...running("process_manager", { warnings: ["another rig sends to 127.0.0.1:9000 too"] }),
    { type: "logs", entries: Array.from({ length: 30 }, (_, index) => ({ at: noon, level: "info" as const, source: "worker_1", text: `line ${index}`, line: "" })) },
  ]), emptyTelemetry);
  for (const shown of [...names, "another rig sends", "First steps", "line 29"]) expect(session.text()).toContain(shown);
  expect(session.text()).not.toContain("more workers");
});

it("shows whose tempo it is where the analysis does not find it, and that a person holds it", () => {
  const textWith = (tempoBy: string, locked: boolean): string => {
    const session = testSession();
    session.know(rigAfter([...running("audio_analyzer", { source: { kind: "device", name: "x", verdict: "ok" }, tempo: { locked } }), heartbeat("audio_analyzer", { tempo_by: tempoBy })]), show.telemetry);
    return session.text();
  };
  expect(textWith("link", false)).toMatch(/bpm +by Link +│/);
  expect(textWith("tap", true)).toMatch(/bpm +locked +│/);
  expect(textWith("analysis", false)).toMatch(/bpm +conf 0\.91 +│/);
});

describe("the panels of the overview", () => {
  it("are chosen by tab and opened by enter", () => {
    const session = testSession();
    const opened = (...keys: string[]): string => {
      session.press("1", ...keys, "return");
      return session.session.ui.screen;
    };
    expect(opened()).toBe("workers");
    expect(opened("tab")).toBe("now");
    expect(opened("tab")).toBe("audio");
    expect(opened("tab")).toBe("targets");
    expect(opened("tab")).toBe("logs");
    expect(opened("tab")).toBe("workers");
    expect(opened("shift+tab")).toBe("logs");
  });

  it.each([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40]] as const)("say how many workers are left out at %d×%d, and where they are", (columns, rows) => {
    const session = testSession({ columns, rows });
    const names = Array.from({ length: 30 }, (_, index) => `worker_${String(index).padStart(2, "0")}`);
    session.know(rigAfter([...manager(Object.fromEntries(names.map((name) => [name, managedWorker({})])))]), emptyTelemetry);
    const shown = session.rows().filter((row) => row.includes("worker_")).length;
    const left = Number(/\+(\d+) more[^:]*:[^2]* 2/.exec(session.text())?.[1]);
    expect(shown + left).toBe(30);
    session.know(rigAfter([...manager(Object.fromEntries(names.slice(0, 2).map((name) => [name, managedWorker({})])))]), emptyTelemetry);
    expect(session.text()).not.toMatch(/\+\d+ more/);
  });

  it("give the rows to the workers where there are few, and one to all that is said of the rig", () => {
    const session = testSession({ columns: 40, rows: 12 });
    const names = ["one", "two", "three", "four", "five"];
    const warnings = ["another rig sends to 127.0.0.1:9 too", "the disk is nearly full", "third"];
    session.know(rigAfter([...running("process_manager", { warnings }), ...manager(Object.fromEntries(names.map((name) => [name, managedWorker({})]))).slice(-1)]), emptyTelemetry);
    for (const name of names) expect(session.text()).toMatch(new RegExp(`[✓○!⟳] ${name} `));
    expect(session.text()).toMatch(/another rig.* \+2: !/);
    session.press("!");
    expect(session.text()).toContain("the disk is nearly full");
  });

  it("say who is pinned, and how the song feels, where that is known", () => {
    const session = testSession();
    const meaning = (mood: string) => running("lyrics_fetcher", { meaning: { mood, energy: 0.42, valence: -0.21, categories: {} } });
    const sources = (pinned: string) => running("now_playing", { source: "spotify", pinned_source: pinned, sources: { spotify: { worker: "spotify_monitor" } } });
    session.know(rigAfter([...sources("spotify"), ...meaning("calm")]), show.telemetry);
    expect(session.text()).toContain("Now playing ─ spotify (pinned) ─");
    expect(session.text()).toContain("mood calm  energy 0.42  valence -0.21");
    // What is known is of another song.
    session.know(rigAfter([...sources("auto"), ...meaning("angry")]), show.telemetry);
    expect(session.text()).toContain("Now playing ─ spotify ─");
    expect(session.text()).not.toContain("valence");
  });

  it("say how many targets are left out, and where they are", () => {
    const session = testSession();
    const targets = Array.from({ length: 12 }, (_, index) => ({ ...flow, name: `wall_${index}`, port: 7000 + index }));
    session.know(rigAfter(running("audio_analyzer", { telemetry: { targets } })));
    expect(session.text()).toMatch(/\+\d+ more rows: 8/);
  });
});
