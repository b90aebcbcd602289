import stringWidth from "string-width";
import { describe, expect, it } from "vitest";
import type { Description } from "@vj/schema";
import type { RigState, Wish } from "../src/rig/rig-state.ts";
import { after, managedWorker, manager, noon, rigAfter, running } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

/** A stranger's worker: every kind of field, and texts that would like to steer the terminal. */
const lamp: Description = {
  ...{ worker: "lamp", version: "1.0.0", protocol: 1, description: "A lamp \u001b[2J", osc: {} },
  config_schema: {
    type: "object",
    properties: {
      name: { type: "string", default: "", maxLength: 20, description: "What it \u001b]0;owned\u0007is called" },
      level: { type: "number", minimum: 0, maximum: 1, default: 0.5 },
      mode: { enum: ["steady", "strobe"], default: "steady" },
      active: { type: "boolean", default: true },
      zones: { type: "array", items: { type: "string" }, default: [] },
      token: { type: "string", default: "", secret: true, description: "Its key" },
      gone: { type: "string", noEffect: true },
      port: { type: "integer", minimum: 0, maximum: 65_535, default: 0 },
    },
  },
  commands: {
    set_config: { description: "", args: {} },
    get_state: { description: "", args: {} },
    subscribe: { description: "", args: {} },
    flash: {
      description: "Flashes",
      args: { type: "object", required: ["times"], properties: { times: { type: "integer", minimum: 1, maximum: 9 }, colour: { type: "string" }, cmd: {} } },
    },
  },
};
const config = { name: "Left", level: 0.5, mode: "steady", active: true, zones: ["a"], token: "•••", gone: "x", port: 0 };
const here = rigAfter([...running("lamp", { config }), { type: "description", name: "lamp", description: lamp }, ...manager({ lamp: managedWorker({}) })]);

function openSettings(options: Parameters<typeof testSession>[0] = {}, rig = here): TestSession {
  const session = testSession(options);
  session.know(rig);
  session.press("2", "return", "e");
  return session;
}

/** What is known once the worker has answered. */
function answered(rig: RigState, wish: Wish | undefined, phase: "sending" | "accepted" | "refused", more: { message?: string; issues?: { path: string; message: string }[]; data?: unknown } = {}): RigState {
  if (wish === undefined) throw new Error("nothing was sent");
  return after(rig, { type: "sent", sent: { wish, phase, message: "", issues: [], data: null, ...more } }, noon);
}

const fieldRow = (session: TestSession, key: string): string => session.rows().find((row) => row.includes(` ${key} `))?.trim() ?? "";

describe("the form of a worker's settings", () => {
  it("shows values of other types than the schema names as they are, and leaves them alone", () => {
    const properties = { active: { type: "boolean" }, zones: { type: "array", items: { type: "string" } }, level: { type: "number" }, name: { type: "string" } };
    const odd = { ...lamp, config_schema: { type: "object", properties } };
    const session = openSettings({}, rigAfter([...running("lamp", { config: { active: "maybe", zones: { left: 1 }, level: "loud", name: 7 } }), { type: "description", name: "lamp", description: odd }, ...manager({ lamp: managedWorker({}) })]));
    expect(["active", "zones", "level", "name"].map((key) => fieldRow(session, key).replace(/^▸ /, "").replaceAll(/[←→]/g, "").replaceAll(/\s+/g, " ").trim())).toEqual(["active maybe", 'zones {"left":1}', "level loud", "name 7"]);
    session.press("return");
    expect(session.wishes).toEqual([]);
  });

  it("leaves no setting empty, though the schema of a stranger names neither what is required nor defaults", () => {
    const properties = { glow: { type: "boolean" }, mode: { enum: ["steady", "blink"] }, level: { type: "number" }, note: { type: ["string", "null"] } };
    const bare = { ...lamp, config_schema: { type: "object", properties } };
    const session = openSettings({}, rigAfter([...running("lamp", { config: { glow: true, mode: "blink", level: 3, note: "x" } }), { type: "description", name: "lamp", description: bare }, ...manager({ lamp: managedWorker({}) })]));
    session.press(" ", "down", "right", "return");
    expect(session.wishes.at(-1)?.args).toEqual({ glow: false, mode: "steady" });
    session.press("down", "ctrl+u", "return");
    expect(session.text()).toMatch(/! level [\s\S]*is needed/);
    session.press("escape", "down", "ctrl+u", "return");
    expect(session.wishes.at(-1)?.args).toEqual({ note: null });
  });

  it("has the right field for each, and leaves out what has no effect", () => {
    const session = openSettings();
    const text = session.text();
    for (const shown of [/▸ name +Left/, /level +0\.5/, /mode +steady/, /active +● on/, /zones +a/, /token +••• \(set\)/, /port +0/]) expect(text).toMatch(shown);
    expect(text).toContain("What it is called");
    expect(text).not.toContain("gone");
    expect(text).not.toMatch(/\u001b|owned/);
    expect(text).toContain("enter apply");
  });

  it("has pages, the place among them and whole names where a worker has very many settings", () => {
    const name = `setting_with_${"a_very_long_".repeat(8)}name`;
    const keys = [name, ...Array.from({ length: 999 }, (_, index) => `s${index + 2}`)];
    const many = { ...lamp, config_schema: { type: "object", properties: Object.fromEntries(keys.map((key) => [key, { type: "integer", default: 0 }])) } };
    const session = openSettings({}, rigAfter([...running("lamp", { config: {} }), { type: "description", name: "lamp", description: many }, ...manager({ lamp: managedWorker({}) })]));
    expect(session.text()).toContain("settings  1 of 1000");
    expect(session.text().replaceAll(/\s+/g, "")).toContain(name);
    session.press("pagedown", "pagedown");
    expect(session.text()).toMatch(/▸ s21 [\s\S]*/);
    expect(session.text()).toContain("21 of 1000");
    for (let page = 0; page < 120; page += 1) session.press("pagedown");
    expect(session.text()).toContain("1000 of 1000");
    session.press("pageup", "up");
    expect(session.text()).toContain("989 of 1000");
  });

  it("goes to the field at fault, which may be out of sight, until the person moves or types", () => {
    const keys = Array.from({ length: 60 }, (_, index) => `s${index + 1}`);
    const many = { ...lamp, config_schema: { type: "object", properties: Object.fromEntries(keys.map((key) => [key, { type: "integer", default: 0 }])) } };
    const rig = rigAfter([...running("lamp", { config: {} }), { type: "description", name: "lamp", description: many }, ...manager({ lamp: managedWorker({}) })]);
    const session = openSettings({}, rig);
    session.press("right");
    for (let down = 0; down < 49; down += 1) session.press("down");
    session.press("right");
    for (let up = 0; up < 40; up += 1) session.press("up");
    session.press("return");
    session.know(answered(rig, session.wishes.at(-1), "refused", { message: "refused", issues: [{ path: "s50", message: "the lamp cannot do that" }] }));
    expect(session.text()).toMatch(/! s50 [\s\S]*the lamp cannot do that/);
    expect(session.text()).toContain("50 of 60");
    session.press("down");
    expect(session.text()).toContain("51 of 60");
    session.press("up", "right");
    expect(session.text()).toMatch(/▸ s50 +\* ?2/);
  });

  it("names what somebody else has set meanwhile, in place of what was found", () => {
    const session = openSettings();
    session.press("down", "right");
    expect(session.text()).not.toContain("meanwhile");
    const changed = after(here, { type: "state", name: "lamp", state: { status: "running", pid: 4711, config: { ...config, level: 0.9 } } }, noon);
    session.know(changed);
    expect(fieldRow(session, "level")).toContain("meanwhile 0.9 elsewhere");
    session.press("return");
    session.know(answered(changed, session.wishes.at(-1), "accepted"));
    expect(session.text()).not.toContain("meanwhile");
  });

  it("does not call refused what was not answered", () => {
    const session = openSettings();
    session.press("down", "right", "return");
    const [wish] = session.wishes;
    if (wish === undefined) throw new Error("nothing was sent");
    session.know(after(here, { type: "sent", sent: { wish, phase: "refused", unanswered: true, message: "lamp did not answer", issues: [], data: null } }, noon));
    expect(session.text()).toContain("! no answer");
    expect(session.text()).not.toContain("refused");
    expect(session.text()).toContain("! lamp did not answer");
  });

  it("sends only what was changed, checked before", () => {
    const session = openSettings();
    session.press("return");
    expect(session.asked.splice(0)).toEqual(["say Nothing is changed: type into a field first, or esc leaves"]);
    session.press("down", "right", "right", "tab", "right", "down", " ", "down", ",", "b", "down");
    session.press("down", "7", "0", "0", "0", "0", "0", "return");
    expect(session.asked).toEqual([]);
    expect(session.text()).toContain("must be at most 65535");
    session.press("backspace", "backspace");
    expect(session.text()).not.toContain("must be at most");
    session.press("return");
    expect(session.asked).toEqual(['send lamp set_config {"level":0.52,"mode":"strobe","active":false,"zones":["a","b"],"port":7000}']);
  });

  it("types what would be commands elsewhere, and never takes a paste as keys", () => {
    const session = openSettings();
    expect(session.session.typing).toBe(true);
    session.press(..." qQ1?p".split(""));
    session.session.paste("y\u001b[2J\rQ\r\n");
    expect(fieldRow(session, "name")).toContain("Left qQ1?py Q");
    session.press("down", "down");
    expect(session.session.typing).toBe(false);
    session.session.paste("strobe");
    session.press("q", "Q", "1");
    expect(session.asked).toEqual(["say Pasted text needs a field that takes text"]);
    expect(fieldRow(session, "mode")).toContain("steady");
  });

  it("never shows a secret: not while it is typed, not once it is sent", () => {
    const session = openSettings();
    session.press("up", "up");
    expect(fieldRow(session, "token")).toContain("••• (set)");
    session.press("left");
    expect(session.text()).not.toContain("changed");
    session.session.paste("hunter2");
    expect(fieldRow(session, "token")).toMatch(/token +\* •••••••/);
    session.press("return");
    expect(session.asked).toEqual(['send lamp set_config {"token":"hunter2"}']);
    expect(session.wishes[0]?.shown).toEqual({ token: "•••" });
    for (const phase of ["sending", "refused", "accepted"] as const) {
      session.know(answered(here, session.wishes[0], phase));
      expect(session.text()).not.toContain("hunter");
      expect(fieldRow(session, "token")).toContain("•••");
    }
    session.press("ctrl+u", "return");
    expect(session.asked.at(-1)).toBe('send lamp set_config {"token":""}');
  });

  it("shows a change at once, takes it as in force when it is, and marks the field in words when it is refused", () => {
    const session = openSettings();
    session.press("down", "ctrl+u", "0", ".", "9", "0", "return");
    const [wish] = session.wishes;
    session.know(answered(here, wish, "sending"));
    expect(session.text()).toContain("⟳ sending");
    expect(fieldRow(session, "level")).toMatch(/0\.90.*sending/);

    session.know(answered(here, wish, "refused", { message: "no", issues: [{ path: "level", message: "the bulb is too old for this" }] }));
    expect(session.text()).toMatch(/! refused/);
    expect(session.text()).toMatch(/! level +\* 0\.90.*\n +the bulb is too old for this/);
    // What was typed can be corrected; what is in force comes back with esc, and the form stays.
    session.press("backspace");
    expect(session.text()).not.toContain("too old");
    session.press("escape");
    expect(fieldRow(session, "level")).toMatch(/level +0\.5/);
    session.press("escape");
    expect(session.text()).toContain("Workers › lamp");

    session.press("e", "down", "ctrl+u", "0", ".", "9", "0", "return");
    const sent = answered(here, session.wishes[1], "accepted", { message: "Config updated" });
    session.know(sent);
    expect(session.text()).toContain("✓ in force");
    // The worker's last reported state is older than the answer.
    expect(fieldRow(session, "level")).toMatch(/level +0\.9/);
    session.know(after(sent, { type: "state", name: "lamp", state: { status: "running", pid: 1, config: { ...config, level: 0.9 } } }, noon + 1));
    expect(fieldRow(session, "level")).toMatch(/level +0\.9/);
    session.press("escape");
    expect(session.text()).toContain("Workers › lamp");
  });

  it("marks fields inside a setting, and shows what belongs to no field on its own", () => {
    const session = openSettings();
    session.press("x", "return");
    const issues = [{ path: "name.0.port", message: "bad port" }, { path: "elsewhere", message: "also bad" }];
    session.know(answered(here, session.wishes[0], "refused", { message: "both", issues }));
    expect(session.text()).toContain("0.port: bad port");
    expect(session.text()).toContain("! elsewhere: also bad");
    session.know(answered(here, session.wishes[0], "refused", { message: "not now" }));
    expect(session.text()).toContain("! not now");
  });

  it("saves for a worker that is away, and shows what waits; says when nothing is known", () => {
    const stopped = rigAfter([...manager({ lamp: managedWorker({ running: false, state: "stopped" }) })]);
    const session = openSettings({}, stopped);
    expect(session.asked).toEqual(["look lamp"]);
    expect(session.text()).toContain("reading its settings");
    session.know(after(stopped, { type: "kept", name: "lamp", settings: { schema: undefined, config: {} } }, noon));
    expect(session.text()).toContain("has never run here");
    const kept = after(stopped, { type: "kept", name: "lamp", settings: { schema: lamp.config_schema, config } }, noon);
    session.know(kept);
    expect(session.text()).toContain("away: saved for its next start");
    session.press("!", "return");
    expect(session.asked.at(-1)).toBe('send lamp set_config {"name":"Left!"}');
    const waiting = after(answered(kept, session.wishes[0], "accepted"), { type: "waiting", name: "lamp", changes: { name: "Left!" } }, noon);
    session.know(waiting);
    expect(session.text()).toMatch(/name +Left! +waits for its start/);
    session.press("escape");
    expect(session.text()).toMatch(/settings that it takes when it starts[\s\S]*name=Left!/);
  });

  it("distinguishes a worker that does not answer from one that does not describe itself", () => {
    const plain = rigAfter([...running("lamp", {}), ...manager({ lamp: managedWorker({}) })]);
    const session = openSettings({}, plain);
    expect(session.text()).toContain("lamp does not describe itself, so its settings are not known");
    session.know(after(plain, { type: "silent", name: "lamp" }, noon));
    expect(session.text()).toContain("lamp does not answer, so its settings are not known");
  });

  it("keeps what was typed when the worker goes and comes", () => {
    const session = openSettings();
    session.press("!");
    session.know(after(here, { type: "disconnected", name: "lamp" }, noon));
    expect(fieldRow(session, "name")).toContain("Left!");
    session.know(rigAfter(manager({ lamp: managedWorker({ running: false, state: "stopped" }) })));
    expect(fieldRow(session, "name")).toContain("Left!");
    session.know(here);
    session.press("return");
    expect(session.asked).toEqual(['send lamp set_config {"name":"Left!"}']);
  });
});

describe("the commands of a worker", () => {
  it("are listed without those that hold for a connection, and sent with checked arguments", () => {
    const session = testSession();
    session.know(here);
    session.press("2", "return", "c");
    expect(session.text()).toMatch(/▸ flash +times colour +Flashes/);
    expect(session.text()).toContain("get_state");
    expect(session.text()).not.toMatch(/set_config|subscribe/);
    session.press("return");
    expect(session.text()).toMatch(/times[\s\S]*1 to 9/);
    expect(session.text()).not.toContain("cmd");
    session.press("return");
    expect(session.text()).toContain("is needed");
    session.press("1", "2", "return");
    expect(session.text()).toContain("must be at most 9");
    session.press("backspace", "return");
    expect(session.asked).toEqual(['send lamp flash {"times":1}']);
  });

  it("show the reply, which scrolls, and mark a refused argument", () => {
    const session = testSession();
    session.know(here);
    session.press("2", "return", "c", "return", "3", "return");
    const data = { done: true, ...Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`value_${index}`, "\u001b[31mred"])) };
    session.know(answered(here, session.wishes[0], "accepted", { message: "Flashed 3 times", data }));
    expect(session.text()).toMatch(/✓ done[\s\S]*── reply[\s\S]*Flashed 3 times[\s\S]*done +yes[\s\S]*value_0 +red/);
    expect(session.text()).not.toContain("value_39");
    session.press("pagedown", "pagedown", "pagedown", "pagedown");
    expect(session.text()).toContain("value_39");
    session.know(answered(here, session.wishes[0], "refused", { message: "x", issues: [{ path: "times", message: "the lamp is hot" }] }));
    expect(session.text()).toMatch(/! times[\s\S]*the lamp is hot/);
    session.press("escape");
    expect(session.text()).toContain("Workers › lamp");
  });
});

describe("forms in every size", () => {
  const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${"long_".repeat(index % 9)}key_${index}`, { type: "string", description: "words ".repeat(index % 40), default: "値".repeat(index % 50) }]));
  const wide = rigAfter([...running("lamp", { config: {} }), { type: "description", name: "lamp", description: { ...lamp, config_schema: { type: "object", properties: many } } }]);

  it.each([[200, 60], [120, 36], [80, 24], [60, 20], [40, 12], [10, 3]])("fit, and show the field that is edited: %i×%i", (columns, rows) => {
    for (const rig of [here, wide]) {
      for (const ascii of [false, true]) {
        const session = openSettings({ columns, rows, palette: { colour: false, ascii } }, rig);
        for (let step = 0; step < 4; step += 1) {
          session.press("x", ...Array.from({ length: 17 }, () => "down"));
          const drawn = session.rows();
          expect(drawn.length).toBeLessThanOrEqual(rows - 1);
          for (const line of drawn) expect(stringWidth(line)).toBe(columns);
          expect(drawn.some((line) => line.startsWith(ascii ? "> " : "▸ "))).toBe(columns >= 40);
        }
      }
    }
  });
});
