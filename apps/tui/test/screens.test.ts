import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Description } from "@vj/schema";
import { emptyRig } from "../src/rig/rig-state.ts";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { after, heartbeat, managedWorker, manager, noon, rigAfter, running, show, telemetryOf } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";

const sizes = [[120, 40], [120, 36], [80, 24], [79, 23], [60, 20], [40, 12], [32, 8], [10, 3], [200, 60], [500, 12], [40, 200]] as const;
const places = [["1"], ["2"], ["2", "j", "return"], ["3"], ["4"], ["4", "m"], ["6"], ["7"], ["?"], ["Q"], ["6", "/"], ["8"], ["8", "n"], ["8", "n", "return"]] as const;

describe("a list that does not end at the foot of the screen", () => {
  it("says how many rows are below, until its end is in sight", () => {
    const session = testSession({ columns: 60, rows: 16 });
    session.press("?");
    const below = Number(/ ↓ (\d+) *\n/.exec(session.text())?.[1]);
    expect(below).toBeGreaterThan(5);
    session.press("down");
    expect(session.text()).toContain(` ↓ ${below - 1}`);
    session.press("G");
    expect(session.text()).not.toMatch(/ ↓ \d/);
  });

  it("shows as many workers as there is room for in the smallest terminal, and how many more there are", () => {
    const names = Array.from({ length: 12 }, (_, index) => `worker_${String(index).padStart(2, "0")}`);
    const session = testSession({ columns: 40, rows: 12 });
    session.know(rigAfter([...names.flatMap((name) => running(name)), ...manager(Object.fromEntries(names.map((name) => [name, managedWorker({})])))]));
    session.press("2");
    expect(session.rows().filter((row) => row.includes("worker_"))).toHaveLength(8);
    expect(session.text()).toMatch(/worker_07 +running +\+4 ↑↓/);
    session.press("pagedown");
    session.press("pagedown");
    expect(session.text()).toContain("worker_11");
  });
});

describe("every screen in every size", () => {
  const cases = sizes.flatMap(([columns, rows]) => places.map((keys) => [`${columns}×${rows} ${keys.join(" ")}`, columns, rows, keys] as const));

  it.each(cases)("has one row fewer than the terminal, each as wide as it: %s", (_name, columns, rows, keys) => {
    for (const rig of [show.rig, emptyRig]) {
      const { press, rows: drawn, know } = testSession({ columns, rows });
      know(rig, rig === emptyRig ? emptyTelemetry : show.telemetry);
      press(...keys);
      expect(drawn().length).toBeLessThanOrEqual(rows - 1);
      for (const row of drawn()) expect(stringWidth(row)).toBe(columns);
    }
  });
});

describe("the overview at sizes between the drawn ones", () => {
  const at = (columns: number, rows: number): string => testSession({ columns, rows }).text();

  it("has no cliff at 79 columns or 23 rows", () => {
    for (const [columns, rows] of [[79, 24], [80, 23], [79, 23], [72, 22]] as const) {
      const text = at(columns, rows);
      for (const part of ["┌ Now playing ─ spotify", "┌ Audio ─ demo signal", "sub ██", "60.0 fps", "resolume 127.0.0.1:7000"]) expect(text, `${columns}×${rows}`).toContain(part);
    }
  });

  it("keeps width and height apart: few rows keep the columns, few columns keep the rows", () => {
    expect(at(120, 14)).toMatch(/running .*60\.0 fps  p95 9 ms/);
    expect(at(44, 40).split("\n").filter((row) => /^[✓!○⟳] \w/.test(row))).toHaveLength(5);
  });

  it("uses the room of a large terminal", () => {
    const rows = testSession({ columns: 200, rows: 60 }).rows();
    expect(rows.join("\n")).toContain("rms ██");
    expect(rows.some((row) => row.includes("┌ Workers") && row.includes("┌ Log"))).toBe(true);
    // Thicker bars, and the chosen worker below the others.
    expect(rows.find((_, index) => rows[index - 1]?.includes(" sub █"))).toMatch(/ {4}█+/);
    expect(rows.join("\n")).toContain("── audio_analyzer, enter shows all ─");
  });
});

describe("what is wrong with the rig", () => {
  const lost = rigAfter([
    ...running("audio_analyzer", { source: { kind: "device", name: "BlackHole 2ch", verdict: "device_gone", hint: "waiting for BlackHole" } }),
    ...manager({ audio_analyzer: managedWorker({}), lyrics_fetcher: managedWorker({ state: "failed", running: false, detail: "exit code 1" }) }),
  ]);
  const screensAndSizes = ["1", "2", "3", "4", "6", "7", "?"].flatMap((key) => ([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]] as const).map((size) => [key, ...size] as const));

  it.each(screensAndSizes)("stands on every screen at every size: %s at %i×%i", (key, columns, rows) => {
    const { know, press, rows: drawn } = testSession({ columns, rows });
    know(lost, show.telemetry);
    press(key);
    const [, first = "", second = ""] = drawn();
    expect(first).toMatch(/^ ! sound: device gone( \(\+1\))?  waiti/);
    expect(rows < 20 || second.startsWith(" ! lyrics_fetcher failed")).toBe(true);
  });

  it("takes no row while all is well", () => {
    const { know, rows } = testSession();
    know(rigAfter([...running("hello"), ...manager({ hello: managedWorker({}) })]));
    expect(rows()[1]).toContain("┌ Now playing");
  });

  it("stands in a terminal too small for a screen", () => {
    const { know, text } = testSession({ columns: 39, rows: 11 });
    know(lost, show.telemetry);
    expect(text()).toContain("need 40×12");
    expect(text()).toContain("sound: device gone");
  });
});

it("nothing blinks in calm: the lamp of the beat is never lit, on any screen", () => {
  const { press, text } = testSession({ calm: true, columns: 120, rows: 40 });
  for (const key of ["1", "3"]) {
    press(key);
    expect(text()).toContain("76.9");
    expect(text()).not.toMatch(/● (beat|kick|snare|hat)/);
  }
});

describe("the overview", () => {
  it("shows sound, track, workers and targets at 80×24", () => {
    const text = testSession().text();
    expect(text).toContain("Now playing ─ spotify");
    expect(text).toContain("Sample Band – Paper Lanterns");
    expect(text).toContain("▶ 1:42 ━━━━━");
    expect(text).toContain("▸ Lanterns over water");
    expect(text).toContain("mood calm");
    expect(text).toContain("Audio ─ demo signal · ok");
    expect(text).toContain("sub ███████████▏······  0.62");
    expect(text).toContain("● beat  76.9 bpm  conf 0.91");
    expect(text).toMatch(/✓ audio_analyzer +running +60\.0 fps +p95 9 ms +cpu 7% +81 MB +up 01:00:00/);
    expect(text).toMatch(/! lyrics_fetcher +failed +since [\d:]+; next try in 43 s/);
    expect(text).toMatch(/⟳ virtualdj_monitor +restart in 4 s +restart 3 after: exit code 1/);
    expect(text).toMatch(/○ osc_debugger +stopped +switched off/);
    expect(text).toContain("✓ resolume 127.0.0.1:7000");
    expect(text).toContain("LRCLIB 504");
    expect(text).toContain("w start all  s start/stop  r restart  enter details  q quit (workers run on)");
  });

  it("keeps the figures of a slow worker apart", () => {
    const slow = testSession();
    slow.know(after(show.rig, heartbeat("audio_analyzer", { fps: 60, latency_ms: { p95: 114 }, cpu_percent: 7, rss_mb: 81 }), noon));
    expect(slow.text()).toMatch(/60\.0 fps +p95 0\.1 s +cpu 7%/);
  });

  it("shows what is missing", () => {
    const empty = testSession();
    empty.know(emptyRig, emptyTelemetry);
    expect(empty.text()).toContain("No process manager.  w starts one, or run `vj up`");
    expect(empty.text()).toContain("No track");
    expect(empty.text()).toContain("audio_analyzer stopped");
    expect(empty.text()).toContain("w starts the analyzer");
    expect(empty.text()).toContain("No worker, so nothing is sent");
  });

  it.each(['not shown: matches the pattern "*jingle*"', "pinned to spotify, which has no track"])("says why no track is shown, without advice on lyrics: %s", (reason) => {
    const { know, text, press } = testSession();
    know(rigAfter(running("now_playing", { reason })), emptyTelemetry);
    expect(text()).toContain(reason);
    expect(text()).not.toContain("No track");
    press("4");
    expect(text()).toContain(reason);
    expect(text()).not.toMatch(/no track\b(?<!which has no track)|m looks for/);
  });

  it("reports missing levels instead of showing old ones", () => {
    const late = testSession({ now: () => noon + 5000 });
    expect(late.text()).toContain("No levels");
    expect(late.text()).toContain("the analyzer sends none");
    expect(late.text()).not.toContain("0.62");
  });

  it("reports when the track is no longer confirmed", () => {
    expect(testSession({ now: () => noon + 40_000 }).text()).toContain("not confirmed for 40 s");
  });

  it("marks a target as active only while something is sent to it", () => {
    const { know, text } = testSession();
    const sent = (count: number) => ({ telemetry: { targets: [{ name: "wall", host: "127.0.0.1", port: 7000, phase: "open", sent: count, refused: 0, errors: 0, dropped: 0 }] } });
    const state = (count: number) => ({ type: "state" as const, name: "hello", state: { status: "running" as const, pid: 4711, ...sent(count) } });
    const idle = after(rigAfter(running("hello", sent(5))), state(5), noon + 1000);
    know(idle);
    expect(text()).toMatch(/○ wall 127\.0\.0\.1:7000 +0\.0\/s/);
    know(after(idle, state(65), noon + 2000));
    expect(text()).toMatch(/✓ wall 127\.0\.0\.1:7000 +60(\.0)?\/s/);
    know(after(idle, { type: "disconnected", name: "hello" }, noon + 2000));
    expect(text()).not.toContain("wall");
    expect(text()).toContain("Nothing is running, so nothing is sent");
  });

  it("shows the next step for a source without sound", () => {
    const { know, text } = testSession();
    const source = { kind: "device", name: "BlackHole 2ch", verdict: "exact_zeros", hint: "allow the microphone" };
    know(rigAfter([...running("audio_analyzer", { source }), ...manager({ audio_analyzer: managedWorker({}) })]));
    expect(text()).toContain("Audio ─ Blac… · exact zeros");
    expect(text()).toContain("! allow the microphone");
  });

  it("adds the log in a large terminal", () => {
    expect(testSession({ columns: 120, rows: 36 }).text()).toContain("┌ Log ─");
    expect(testSession().text()).not.toContain("┌ Log ─");
  });

  it("has one line per worker, track and sound at 40×12", () => {
    const rows = testSession({ columns: 40, rows: 12 }).rows().map((row) => row.trimEnd());
    expect(rows).toContain("▶ 1:42 Sample Band – Paper Lanterns");
    expect(rows).toContain("●76.9 .62/.48/.27/.11 demo");
    expect(rows).toContain("! lyrics_fetcher    failed");
  });

  it.each([[120, 40], [80, 24], [80, 23], [60, 20], [40, 12]])("reports lost sound although levels still arrive, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    const source = { kind: "device", name: "BlackHole 2ch", verdict: "device_gone", hint: "waiting for BlackHole" };
    session.know(rigAfter([...running("audio_analyzer", { source }), ...manager({ audio_analyzer: managedWorker({}) })]), show.telemetry);
    expect(session.text()).toContain("device gone");
    expect(session.text()).toContain("waiting for Black");
  });

  it("names keys at 40 columns in place of what quitting leaves running", () => {
    const session = testSession({ columns: 40, rows: 12 });
    expect(session.rows().at(-1)?.trimEnd()).toMatch(/^ w start all {2}.* {2}q quit$/);
    session.press("4");
    expect(session.rows().at(-1)).toMatch(/\+ 200 ms earlier.*q quit/);
  });

  it("says what it needs in a terminal that is narrower than the sentence", () => {
    expect(testSession({ columns: 20, rows: 5 }).text().replaceAll(/\s+/g, " ")).toContain("need 40×12");
  });

  it("shows the required size when the terminal is smaller", () => {
    expect(testSession({ columns: 32, rows: 8 }).rows().map((row) => row.trimEnd())).toEqual([
      ...["terminal 32×8 – need 40×12", "2/5 running", " ! lyrics_fetcher failed  since…", " ⟳ virtualdj_monitor restart in…", "1 in trouble", "1 on the way"],
    ]);
  });

  it.each([[120, 40, "stopped by you"], [80, 24, "stopped by you"], [80, 23, "stopped by you"], [40, 12, "stopped by you"], [32, 8, "1 stopped by you"]])(
    "names workers that a person stopped, and that nothing runs, %i×%i", (columns, rows, text) => {
      const session = testSession({ columns, rows });
      session.know(rigAfter(manager({ hello: managedWorker({ state: "stopped", running: false, stopped_by_request: true, pid: null }) })));
      expect(session.text()).toContain(text);
      expect(rows < 20 || session.text().includes("0 of 1 running · nothing is running · 1 stopped by you")).toBe(true);
    },
  );

  it("does not show a worker that is off by default as stopped by a person", () => {
    expect(testSession().text()).not.toContain("stopped by you");
  });

  it("keeps the selected worker in sight", () => {
    const many = Array.from({ length: 40 }, (_, index) => `worker_${String(index).padStart(2, "0")}`);
    const { know, press, text } = testSession();
    know(rigAfter(manager(Object.fromEntries(many.map((name) => [name, managedWorker({ state: "stopped" })])))));
    expect(text()).toContain("worker_00");
    press("G");
    expect(text()).toContain("worker_39");
    expect(text()).not.toContain("worker_00");
  });
});

describe("the details of a worker", () => {
  it("are built from its own description", () => {
    const { know, press, text } = testSession({ columns: 80, rows: 40 });
    const description: Description = {
      worker: "hello",
      version: "1.2.3",
      protocol: 1,
      description: "Greets people",
      config_schema: { properties: { greeting: { description: "Its first words" } } },
      commands: { greet: { description: "Greets somebody", args: { properties: { name: {} } } } },
      osc: { "/audio/bpm": { args: [{ name: "tempo", tag: "f" }], kind: "stream", description: "" } },
    };
    know(
      rigAfter([
        ...running("hello", { config: { greeting: "Ahoy" }, config_origin: { greeting: "file" }, config_problem: "no JSON object", guests: { today: 3 } }),
        { type: "description", name: "hello", description },
        { type: "logs", entries: [{ at: noon, level: "error", source: "hello", text: "lost my voice", line: "" }] },
        ...manager({ hello: managedWorker({ restart_count: 3, last_exit: { code: null, signal: "SIGKILL", reason: "killed by SIGKILL", at: noon / 1000, lines: ["ALSA lib: no voice"] } }) }),
      ]),
    );
    press("2", "return");
    expect(text()).toContain("Workers › hello");
    expect(text()).toContain("Greets people");
    expect(text()).toMatch(/pid 4711 +up 01:00:00 +restarts 3 +last exit [\d:]+ killed by SIGKILL\s+heartbeat none yet +instance a41f +protocol 1 +version 1\.2\.3/);
    expect(text()).toContain("restarts 3");
    expect(text()).toContain("killed by SIGKILL");
    expect(text()).toContain("ALSA lib: no voice");
    expect(text()).toMatch(/Greets people\s+no JSON object/);
    expect(text()).toContain("greeting  Ahoy (file)  Its first words");
    expect(text()).toContain("guests.today 3");
    expect(text()).toContain("lost my voice");
    expect(text()).toMatch(/\/audio\/bpm +f +! sent as ff 76\.90 \.91 +1\.0\/s/);
    expect(text()).toContain("greet name  Greets somebody");
  });

  it("scroll when they do not fit, and stop at their end", () => {
    const { know, press, rows } = testSession({ columns: 60, rows: 20 });
    const config = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key_${index}`, index]));
    know(rigAfter(running("hello", { config })));
    press("2", "return");
    expect(rows().join()).toContain("key_0 ");
    press("G");
    expect(rows().join()).not.toContain("key_0 ");
    const end = rows();
    press("down", "pagedown");
    expect(rows()).toEqual(end);
    press("up");
    expect(rows()).not.toEqual(end);
  });
});

describe("the audio screen", () => {
  it("shows every band, tempo and phase", () => {
    const { press, text } = testSession();
    press("3");
    for (const name of ["sub", "bass", "lomid", "mid", "himid", "pres", "air", "rms"]) expect(text()).toContain(` ${name} `);
    expect(text()).toContain("60–250");
    expect(text()).toMatch(/bpm 76\.9 {2}conf 0\.91/);
    expect(text()).toContain("bar ▮▮▮▯");
  });

  it("gives the reason why there is nothing", () => {
    const { know, press, text } = testSession();
    know(emptyRig, emptyTelemetry);
    press("3");
    expect(text()).toContain("audio_analyzer is stopped");
    expect(text()).toContain("w starts it");
    know(rigAfter(manager({ audio_analyzer: managedWorker({ state: "stopped", running: false, stopped_by_request: true }) })), emptyTelemetry);
    expect(text()).toContain("a starts it");
  });
});

describe("the screen of the song that plays", () => {
  it("shows its lines, and moves them", () => {
    const { press, text, asked } = testSession();
    press("4");
    expect(text()).toMatch(/Sample Band – Paper Lanterns.*1:42\.0 \/ 5:29.*\n[^▸]*▸ +1:40\.0 +Lanterns over water\s*\n +1:47\.0 +Counting all the lights/);
    press("+", "-", ".", ",", "0", "t");
    expect(asked.map((line) => line.replace("send lyrics_fetcher ", ""))).toEqual(['nudge {"ms":200}', 'nudge {"ms":-200}', 'nudge {"ms":50}', 'nudge {"ms":-50}', "reset_offset {}", "tap_line {}"]);
  });

  it("says that the lyrics service does not answer, and when it is asked again", () => {
    const { press, text, know } = testSession({ now: () => noon });
    press("4");
    const lyrics_away = { problem: "it answered 503", since: noon / 1000 - 60, retry_at: noon / 1000 + 7 };
    know(rigAfter(running("lyrics_fetcher", { lyrics_away })), telemetryOf([["/karaoke/track", [1, "spotify", "A", "T", "", 100, 0]]]));
    expect(text()).toMatch(/the lyrics service did not answer \(since \d\d:\d\d:\d\d\); asked again in 7 s: it/);
    know(rigAfter(running("lyrics_fetcher", { lyrics_away: null })));
    expect(text()).toContain("No lyrics with times");
  });

  it("picks another version of its lyrics", () => {
    const { press, text, asked, know } = testSession();
    press("4", "m");
    const version = (id: string, extra: Record<string, unknown> = {}): Record<string, unknown> => ({ id, artist: "A", title: "T\u001b[2J", album: "", lines: 3, fits: true, source: "lrclib", duration: 200, timing: "lines", instrumental: false, picked: false, ...extra });
    const wish = { worker: "lyrics_fetcher", cmd: "list_candidates", args: {}, shown: {} };
    know({ ...show.rig, sent: { lyrics_fetcher: { wish, at: noon, phase: "accepted", message: "", issues: [], data: { artist: "A", title: "T", faults: [], candidates: [version("lrclib:1", { picked: true }), version("lrclib:2", { timing: "words", duration: 0 })] } } } });
    expect(text()).toMatch(/2 found[^]*lines +3:20 +lrclib +picked A – T *\n +words +lrclib +A – T/);
    press("down", "down", "return");
    expect(asked.at(-1)).toBe('send lyrics_fetcher pick_lyrics {"candidate":"lrclib:2"}');
    expect(text()).toContain("Lanterns over water");
    know({ ...show.rig, sent: { lyrics_fetcher: { wish, at: noon, phase: "refused", message: "no song is shown", issues: [], data: null } } });
    press("m", "return");
    expect(text()).toContain("no song is shown");
    press("x");
    expect(asked.at(-1)).toBe('send lyrics_fetcher pick_lyrics {"candidate":"auto"}');
  });
});

describe("the OSC screen", () => {
  it("shows each address once, with its last values and rate", () => {
    const { press, text } = testSession();
    press("6");
    expect(text()).toMatch(/\/audio\/levels +ffffffff +\.62 \.48 \.27 .* 60\.0 +3 +0\.0 s/);
    expect(text()).toMatch(/\/karaoke\/track +issssfi +1 spotify Sam/);
  });

  it("shows clearly that the types of an address changed", () => {
    const { know, press, text } = testSession();
    const telemetry = telemetryOf([["/audio/bpm", [120, 1]]]);
    const entries = new Map([...telemetry.entries].map(([address, entry]) => [address, { ...entry, changedFrom: "ii" }]));
    know(show.rig, { ...telemetry, entries });
    press("6");
    expect(text()).toMatch(/! +\/audio\/bpm.*type changed: ii → ff/);
  });
});

describe("foreign texts", () => {
  const hostile = "\u001b[2J\u001b]0;owned\u0007\u009b31mEvil\r\n\u202eTitle 漢字 👩‍🎤";
  const events = [
    ...running("hello", { status: hostile, reason: hostile, config: { [hostile]: hostile } }),
    { type: "notice", level: "error", text: hostile },
    { type: "logs", entries: [{ at: noon, level: "error", source: hostile, text: hostile, line: hostile }] },
  ] as const;

  it.each(places.map((keys) => [keys]))("cannot control the terminal or break a row: %s", (keys) => {
    const { know, press, session } = testSession();
    know(rigAfter([...events]), telemetryOf([["/karaoke/track", [1, hostile, hostile, hostile, hostile, 10, 0]], ["/karaoke/categories/mood", [hostile]]]));
    press(...keys);
    for (const row of session.draw().rows) {
      const left = row.replace(/\u001b\[(?:0|[1237](?:;[\d;]+)?|3[1-6])m/g, "");
      expect(left).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      expect(stringWidth(left)).toBe(80);
    }
  });
});

describe("terminals with less", () => {
  it("get no colour when it is disabled, but the same words and signs", () => {
    const plain = testSession({ palette: { colour: false, ascii: false } });
    const painted = plain.session.draw().rows.join("\n");
    expect(painted).not.toMatch(/\u001b\[[\d;]*(?:3\d|4\d|9\d)m/);
    expect(plain.text()).toBe(testSession().text());
  });

  it("get only ASCII on request", () => {
    const ascii = testSession({ palette: { colour: false, ascii: true } });
    ascii.know(show.rig, telemetryOf([["/audio/levels", [0.62, 0.48, 0.27, 0.2, 0.11, 0.05, 0.02, 0.44]]]));
    for (const keys of places) {
      ascii.press("escape", ...keys);
      expect(ascii.text()).toMatch(/^[\n -~]*$/);
      ascii.press("escape", "n");
    }
    expect(testSession({ palette: { colour: false, ascii: true } }).text()).toMatch(/ok audio_analyzer +running/);
  });

  it("are offered no keys without a keyboard", () => {
    expect(testSession({ keyboard: false }).rows().at(-1)).toContain("view only");
  });
});
