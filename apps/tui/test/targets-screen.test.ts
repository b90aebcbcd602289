import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import { unknownTargets } from "../src/rig/targets/targets-state.ts";
import { managedWorker, manager, rigAfter } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";
import { known, parsed, rigOf, written } from "./targets-fixture.ts";

function onTargets(rig = rigOf(), size: { columns?: number; rows?: number } = {}): TestSession {
  const shown = testSession(size);
  shown.know(rig);
  shown.press("8");
  return shown;
}

/** The list after the last change that was asked for. */
function changed({ asked }: TestSession): unknown {
  const text = asked.at(-1) ?? "";
  return JSON.parse(text.slice(text.indexOf("[")));
}

describe("the targets", () => {
  it("are a table with place, preset, limit, flow, guard and state; below it all of the selected one", () => {
    const text = onTargets(rigOf(), { columns: 120, rows: 40 }).text();
    expect(text).toContain("2 of 3 on");
    expect(text).toContain("flash guard on 1 of 2");
    expect(text).toMatch(/name +host:port +shape +limit +sent\/s +err\+drop +guard +state/);
    expect(text).toMatch(/✓ default +127\.0\.0\.1:9000 +packed +– +– +5 +– +sends/);
    expect(text).toMatch(/! resolume +127\.0\.0\.1:7000 +resolume +30\/s +– +0 +safe +nobody listens/);
    expect(text).toMatch(/○ wall +192\.168\.1\.20:7700 +packed +– +– +– +– +off/);
    expect(text).toContain("200 sent · 0 refused (nobody listened) · 2 errors · 3 dropped");
  });

  it("show below the selected one all of the others, as far as there is room", () => {
    const high = onTargets(rigOf(), { columns: 200, rows: 60 }).text();
    expect(high).toMatch(/\n default +\n[\s\S]*\n resolume +\n[\s\S]*\n wall +\n/);
    const low = onTargets(rigOf(), { columns: 80, rows: 24 });
    expect(low.text()).not.toMatch(/\n wall +\n/);
    low.press("G");
    expect(low.text()).toMatch(/\n wall +\n/);
  });

  it("count the rows that do not fit of the selected one, all of which enter shows", () => {
    const shown = onTargets(rigOf(), { columns: 40, rows: 12 });
    shown.press("j");
    expect(shown.text()).toMatch(/ ↓ \d+ *$/m);
    shown.press("return");
    let seen = "";
    for (let at = 0; at < 30; at += 1) {
      seen += shown.text();
      shown.press("down");
    }
    expect(seen).toContain("not verified");
  });

  it("count what does not fit below a long fault of the list", () => {
    const shown = onTargets(rigOf(known({ problem: "a very long fault ".repeat(30) })), { columns: 40, rows: 12 });
    expect(shown.rows()).toHaveLength(11);
    expect(shown.text()).toMatch(/ ↓ \d+ *$/m);
  });

  it("say of the selected one what it drops, and what to press", () => {
    const shown = onTargets();
    shown.press("j");
    expect(shown.text()).toContain("flash guard on: at most three flashes a second · drops /karaoke/*");
    expect(shown.text()).toMatch(/start its program\s+and let it receive OSC on port 7000/);
    expect(shown.text()).toMatch(/Resolume Arena and Avenue\s+\(usual, not verified\)/);
  });

  it.each([[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]] as const)("show name and state of every target at %d×%d, and the selected one in words", (columns, rows) => {
    const shown = onTargets(rigOf(), { columns, rows });
    shown.press("j");
    expect(shown.text()).toMatch(/! resolume .*nobody listens/);
    expect(shown.text()).toMatch(/! nobody listens on 127/);
    shown.press("j");
    expect(shown.text()).toMatch(/○ wall .*off/);
    for (const row of shown.rows()) expect(stringWidth(row)).toBe(columns);
  });

  it("are many: the selected one stays in sight", () => {
    const targets = parsed(Array.from({ length: 40 }, (_, index) => ({ name: `lamp${index}`, port: 7000 + index })));
    const shown = onTargets(rigOf(known({ list: { targets, from: "file", file: "f", revision: "r" } })), { columns: 40, rows: 12 });
    shown.press("G");
    expect(shown.text()).toContain("lamp39");
    shown.press("g");
    expect(shown.text()).toContain("lamp0 ");
  });

  it("are passed by a page at once, and say how many are below", () => {
    const many = parsed(Array.from({ length: 40 }, (_, index) => ({ name: `wall${index}`, port: 9000 + index })));
    const shown = onTargets(rigOf(known({ list: { targets: many, from: "file", file: "f", revision: "r" } })));
    expect(shown.text()).toMatch(/ ↓ \d\d *\n/);
    shown.press("pagedown", "t");
    expect(shown.text()).not.toMatch(/test pattern to wall[01],/);
    expect(shown.text()).toMatch(/test pattern to wall\d+,/);
  });

  it("are filtered, and keys act on what is shown alone; enter shows all of one", () => {
    const shown = onTargets(rigOf(), { columns: 40, rows: 12 });
    shown.press("/", "w", "a", "l", "l", "return");
    expect(shown.text()).not.toContain("resolume");
    shown.press(" ");
    expect(changed(shown)).toMatchObject([{}, {}, { name: "wall", enabled: true }]);
    shown.press("return");
    expect(shown.text()).toContain("192.168.1.20:7700 · packed shape");
    expect(shown.text()).not.toContain("host:port");
    shown.press("escape", "escape");
    expect(shown.text()).toContain("resolume");
  });

  it("are switched by the palette", () => {
    const shown = onTargets();
    shown.press("1", ":");
    for (const key of "target off resolume") shown.press(key);
    shown.press("return");
    expect(shown.asked).toEqual([]);
    shown.press("y");
    expect(changed(shown)).toMatchObject([{}, { name: "resolume", enabled: false }, {}]);
  });

  it("are switched by space, guarded by f, all at once by F", () => {
    const shown = onTargets();
    shown.press(" ");
    expect(shown.text()).toContain("Switch target default off? It gets nothing then.");
    expect(shown.asked).toEqual([]);
    shown.press("y");
    expect(shown.asked.at(-1)).toContain("default is off");
    expect(changed(shown)).toMatchObject([{ name: "default", enabled: false }, { name: "resolume", enabled: true }, { enabled: false }]);
    shown.press("j", "f");
    expect(changed(shown)).toMatchObject([{ name: "default" }, { name: "resolume", safe: false }, { name: "wall" }]);
    shown.press("F");
    expect(changed(shown)).toMatchObject([{ safe: true }, { safe: true }, { safe: true }]);
  });

  it.each(["d", "x"])("are removed by %s, after a question alone", (key) => {
    const shown = onTargets();
    shown.press(key, "n");
    expect(shown.asked).toEqual([]);
    shown.press(key);
    expect(shown.text()).toContain("Remove default?");
    shown.press("y");
    expect(changed(shown)).toMatchObject([{ name: "resolume" }, { name: "wall" }]);
  });

  it("get the test pattern after a question, and all states by y", () => {
    const shown = onTargets();
    shown.press("t");
    expect(shown.text()).toContain("Play the test pattern to default, 10 s?");
    shown.press("y");
    expect(shown.asked.at(-1)).toBe("test default");
    shown.press("y");
    expect(shown.asked.at(-1)).toBe("resend default");
  });

  it("are added from a preset, filled in, and checked at the field", () => {
    const shown = onTargets();
    shown.press("n");
    expect(shown.text()).toMatch(/resolume +7000 +flat +Resolume Arena and Avenue +usual, not verified/);
    shown.press("j", "j", "j", "j", "j", "j", "j", "return");
    expect(shown.text()).toMatch(/New target[\s\S]*Magic Music Visuals: chosen by its user/);
    expect(shown.text()).toMatch(/▸ name +magic/);
    shown.press("return");
    expect(shown.text()).toMatch(/! port [\s\S]*is missing: the user of Magic Music Visuals chooses it/);
    expect(shown.asked).toEqual([]);
    shown.press("1", "2", "3", "4", "return");
    expect(changed(shown)).toMatchObject([{}, {}, {}, { name: "magic", preset: "magic", port: 1234, host: "127.0.0.1", enabled: true }]);
    expect(shown.text()).toContain("Targets ─");
    // It is the chosen one as soon as it is in the list: the keys that the notice names act on it.
    shown.know(rigOf(known({ list: { targets: [...written, ...parsed([{ name: "magic", preset: "magic", port: 1234 }])], from: "file", file: "f", revision: "r2" } })));
    shown.press("t");
    expect(shown.text()).toContain("Play the test pattern to magic, 10 s?");
  });

  it("stay chosen when they get another name", () => {
    const shown = onTargets();
    shown.press("j", "e", "2", "return");
    shown.know(rigOf(known({ list: { targets: written.map((target) => (target.name === "resolume" ? { ...target, name: "resolume2" } : target)), from: "file", file: "f", revision: "r2" } })));
    shown.press("t");
    expect(shown.text()).toContain("Play the test pattern to resolume2, 10 s?");
  });

  it("of one name are refused at the name; a second of one preset gets a free one", () => {
    const shown = onTargets();
    shown.press("n", "j", "j", "j", "j", "return");
    expect(shown.text()).toMatch(/▸ name +resolume2/);
    shown.press("backspace", "return");
    expect(shown.text()).toMatch(/! name [\s\S]*"resolume" is the name of another target/);
  });

  it("are edited with every key of a target; only what was changed is saved", () => {
    const shown = onTargets(rigOf(), { columns: 120, rows: 60 });
    shown.press("j", "e");
    for (const key of ["name", "host", "port", "enabled", "preset", "shape", "prefix", "rename", "only", "not", "rate", "on_change", "text", "safe"]) {
      expect(shown.text()).toMatch(new RegExp(`^. ${key} `, "m"));
    }
    shown.press("tab", "tab", "7", "7", "0", "0", "return");
    expect(shown.asked.at(-1)).toContain("resolume: port changed");
    expect(changed(shown)).toMatchObject([{}, { name: "resolume", port: 7700, safe: true, rate: 30 }, {}]);
  });

  it("ask before a form switches one off, and keep the form when the answer is no", () => {
    const shown = onTargets(rigOf(), { columns: 120, rows: 60 });
    shown.press("j", "e", "tab", "tab", "tab", " ", "return");
    expect(shown.text()).toContain("Switch target resolume off? It gets nothing then.");
    shown.press("n");
    expect(shown.asked).toEqual([]);
    expect(shown.text()).toMatch(/▸ enabled +\* .*off/);
    shown.press("return", "y");
    expect(changed(shown)).toMatchObject([{}, { name: "resolume", enabled: false }, {}]);
    expect(shown.text()).toContain("Targets ─");
  });

  it("keep an edited key that does not fit at its field", () => {
    const shown = onTargets(rigOf(), { columns: 120, rows: 60 });
    shown.press("e", "tab", "tab", "ctrl+u", "7", "0", "0", "0", "0", "return");
    expect(shown.text()).toMatch(/! port +\*.*70000 *\n.*must be at most 65535/);
    expect(shown.asked).toEqual([]);
  });

  it("say what keeps the list from being read or changed", () => {
    const broken = rigOf(known({ list: undefined, problem: 'targets.json is not valid: target "lamp": rate must be at most 1000, not 5000' }));
    expect(onTargets(broken).text().replace(/\s+/g, " ")).toContain('The list cannot be read: targets.json is not valid: target "lamp": rate must be at most 1000, not 5000. The last good targets stay in force until it is corrected.');
    const fixed = rigOf(known({ list: { targets: written, from: "environment", file: "f", revision: undefined } }));
    expect(onTargets(fixed).text()).toContain("VJ_OSC_TARGETS in the environment sets the targets");
    expect(onTargets(broken).text()).toMatch(/its shape, filters and flash guard are not known without the\s+list/);
    expect(onTargets(broken).text()).not.toContain("environment");
    expect(onTargets(broken).text()).not.toMatch(/flash guard (on|off)|packed/);
    expect(onTargets(rigAfter([])).text()).toContain("No process manager, which keeps the list: w starts one");
    const none = rigAfter([...manager({ hello: managedWorker({}) }), known({ list: { targets: [], from: "file", file: "f", revision: "r" } })]);
    expect(onTargets(none).text()).toContain("No target: nothing is sent anywhere. n adds one from a preset");
  });

  it("do not let names of strangers control the terminal", () => {
    const rig = rigAfter([...rigOfStranger("\u001b[2J\u202eevil\u0007")]);
    for (const row of onTargets(rig).rows()) expect(row).not.toMatch(/[\u0000-\u001f\u202e]/);
  });
});

function rigOfStranger(name: string): Parameters<typeof rigAfter>[0] {
  return [
    { type: "appeared", name: "stranger" },
    { type: "connected", name: "stranger" },
    { type: "state", name: "stranger", state: { status: "running", pid: 1, telemetry: { targets: [{ name, host: name, port: 1, sent: 1 }] } } },
  ];
}

describe("the flash guard in the first row of every screen", () => {
  const first = (rig: ReturnType<typeof rigOf>, columns: number, key: string): string => {
    const shown = testSession({ columns, rows: 24 });
    shown.know(rig);
    shown.press(key);
    return shown.rows()[0] ?? "";
  };
  const guarded = (one: boolean, other: boolean): ReturnType<typeof rigOf> =>
    rigOf(known({ list: { targets: parsed([{ name: "a", port: 1, safe: one }, { name: "b", port: 2, safe: other }, { name: "off", port: 3, enabled: false }]), from: "file", file: "f", revision: "r" } }));

  it.each([40, 60, 80, 120])("says on, off, or of how many, at %d columns", (columns) => {
    for (const key of ["1", "2", "3", "4", "6", "7", "8"]) {
      expect(first(guarded(true, true), columns, key)).toContain(" safe on");
      expect(first(guarded(true, false), columns, key)).toContain(" safe 1/2");
      expect(first(guarded(false, false), columns, key)).toContain(" safe off");
    }
  });

  it("is not claimed while the list is not known", () => {
    expect(first(rigOf({ type: "targets", part: unknownTargets }), 80, "1")).not.toContain("safe");
  });

  it("leaves all names of the screens in sight at 80 columns", () => {
    expect(first(guarded(true, true), 80, "1")).toMatch(/VJ +1 Overview .*7 Logs 8 Targets +safe on/);
  });
});
