import { describe, expect, it } from "vitest";
import type { Description } from "@vj/schema";
import { findActions } from "../src/ui/palette/match.ts";
import { heartbeat, managedWorker, manager, rigAfter, running, show } from "./rig-fixture.ts";
import { createScreens } from "../src/screens/index.ts";
import { defaultTheme } from "../src/text/theme.ts";
import { createKeyTable } from "../src/ui/key-table.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const typed = (text: string): string[] => text.split("");

/** Does what a person does who knows its name. */
function command(session: TestSession, text: string): void {
  session.press(":", ...typed(text), "return");
}

const object = (properties: Record<string, unknown>, required: string[] = []): Record<string, unknown> => ({ type: "object", properties, required });

/** A worker that nobody here knows. */
const stranger: Description = {
  worker: "fog_machine",
  version: "0.1.0",
  protocol: 1,
  description: "Fog",
  config_schema: object({ density: { type: "number", minimum: 0, maximum: 1, description: "how thick" }, armed: { type: "boolean" } }),
  commands: {
    puff: { description: "One puff", args: object({ seconds: { type: "number", maximum: 10 }, colour: { type: "string" } }, ["seconds"]) },
    vent: { description: "Air", args: object({}) },
    shutdown: { description: "Ends it", args: object({}) },
  },
  osc: {},
};

const rig = rigAfter([
  ...running("fog_machine", { config: { density: 0.5, armed: true } }),
  { type: "description", name: "fog_machine", description: stranger },
  ...running("now_playing"),
  {
    type: "description",
    name: "now_playing",
    description: { ...stranger, worker: "now_playing", commands: {}, osc: {}, config_schema: object({ log_level: { enum: ["debug", "info"] } }) },
  },
  ...running("virtualdj_monitor"),
  {
    type: "description",
    name: "virtualdj_monitor",
    description: { ...stranger, worker: "virtualdj_monitor", commands: { hold_output: { description: "", args: {} } }, config_schema: object({}), osc: { "/playback/virtualdj/track": { args: [], kind: "state", description: "" } } },
  },
  heartbeat("fog_machine", {}),
  ...manager({ lyrics_fetcher: managedWorker({ state: "stopped", running: false }) }),
]);

function known(options: Parameters<typeof testSession>[0] = {}): TestSession {
  const session = testSession({ columns: 120, rows: 40, ...options });
  session.know(rig);
  return session;
}

describe("what is found by typing", () => {
  const actions = ["restart audio_analyzer", "audio_analyzer restart", "restart lyrics_fetcher", "start all", "offset", "offset reset"].map((name) => ({
    name,
    about: "",
    ...(name === "offset" ? { takes: "ms" } : {}),
    run: () => {},
  }));
  const best = (text: string): string | undefined => findActions(actions, text)[0]?.action.name;

  it.each([
    ["restart audio", "restart audio_analyzer"],
    ["resaud", "restart audio_analyzer"],
    ["RESTART LYR", "restart lyrics_fetcher"],
    ["sta all", "start all"],
    ["off", "offset"],
    ["offres", "offset reset"],
    ["restrt", "restart audio_analyzer"],
    ["offset reset", "offset"],
  ])("%s", (text, wanted) => {
    expect(best(text)).toBe(wanted);
  });

  it("keeps what follows a name that takes something", () => {
    expect(findActions(actions, " off  +100 ")[0]).toMatchObject({ action: { name: "offset" }, rest: "+100" });
    expect(findActions(actions, "zzz")).toEqual([]);
    expect(findActions([{ name: "target off resolume", about: "", run: () => {} }], "trou")).toEqual([]);
    expect(findActions([{ name: "target off resolume", about: "", run: () => {} }], "tof res")).toHaveLength(1);
    expect(findActions(actions, "  ")).toHaveLength(actions.length);
  });
});

describe("the palette", () => {
  it("shows what is typed and what it may mean, and goes back by esc", () => {
    const { press, text, asked } = testSession();
    const before = text();
    press(":", ...typed("restart aud"));
    expect(text()).toContain(": restart aud");
    expect(text()).toMatch(/▸ restart audio_analyzer +asks/);
    press("escape");
    expect(text()).toBe(before);
    expect(asked).toEqual([]);
  });

  it("takes another look, and offers each that there is", () => {
    const theme = (name: string, good: string) => ({ name, codes: { ...defaultTheme.codes, good } });
    const screens = createScreens();
    const session = testSession({ screens, keys: createKeyTable(screens, "quit", ["dusk", "dawn"]), themes: [theme("dusk", "35"), theme("dawn", "34")] });
    const isGood = (code: string): boolean => session.session.draw().rows.some((row) => row.includes(`\u001b[1;${code}m✓`));
    expect(isGood("32")).toBe(true);
    command(session, "theme dusk");
    expect([isGood("32"), isGood("35")]).toEqual([false, true]);
    command(session, "theme dawn");
    expect(isGood("34")).toBe(true);
  });

  it("shows screens, and does what keys do here", () => {
    const session = testSession();
    command(session, "screen logs");
    expect(session.text()).toContain("Logs ─ info");
    command(session, "start all");
    command(session, "quit");
    expect(session.asked).toEqual(["start all", "quit"]);
  });

  it.each([
    ["restart audio", "Restart audio_analyzer?", "restart audio_analyzer"],
    ["stop audio", "Stop audio_analyzer?", "stop audio_analyzer"],
    ["stop spot", "Stop spotify_monitor?", "stop spotify_monitor"],
    ["stop all workers", "Stop all workers?", "stop all"],
    ["restart all", "Restart all running workers?", "restart all"],
  ])("asks where the key asks: %s", (text, question, done) => {
    const session = testSession();
    command(session, text);
    expect(session.text()).toContain(question);
    session.press("return", "y");
    expect(session.asked).toEqual([]);
    command(session, text);
    session.press("y");
    expect(session.asked).toEqual([done]);
  });

  it("moves the lyrics, pins a source, lets it go, and sets log levels", () => {
    const session = known();
    command(session, "offset +100");
    command(session, "source pin virtualdj");
    command(session, "source unpin");
    command(session, "log level debug");
    expect(session.wishes.map(({ worker, cmd, args }) => [worker, cmd, args])).toEqual([
      ["lyrics_fetcher", "nudge", { ms: 100 }],
      ["now_playing", "set_config", { pinned_source: "virtualdj" }],
      ["now_playing", "set_config", { pinned_source: "auto" }],
      ["now_playing", "set_config", { log_level: "debug" }],
    ]);
    command(session, "offset later");
    expect(session.asked.at(-1)).toContain("say offset takes milliseconds");
  });

  it("sets a stranger's setting by its value, or at its field, or names what is wrong", () => {
    const session = known();
    command(session, "set fog density 0.7");
    expect(session.wishes.at(-1)).toMatchObject({ worker: "fog_machine", cmd: "set_config", args: { density: 0.7 } });
    session.press("escape", "escape");
    command(session, "set fog armed off");
    expect(session.wishes.at(-1)?.args).toEqual({ armed: false });
    session.press("escape", "escape");
    command(session, "set fog density 7");
    expect(session.text()).toContain("must be at most 1");
    session.press("escape", "escape");
    command(session, "set fog armed perhaps");
    expect(session.text()).toContain("must be on or off");
    session.press("escape", "escape");
    command(session, "set fog_machine armed");
    expect(session.text()).toContain("▸ armed");
    expect(session.wishes).toHaveLength(2);
  });

  it("sends a stranger's command with typed arguments, or opens its form, or sends it at once", () => {
    const session = known();
    command(session, 'fog puff seconds=2 colour="pale blue"');
    expect(session.wishes.at(-1)?.args).toEqual({ seconds: 2, colour: "pale blue" });
    session.press("escape");
    command(session, "fog puff 3");
    expect(session.wishes.at(-1)?.args).toEqual({ seconds: 3 });
    session.press("escape");
    command(session, "fog puff");
    expect(session.text()).toContain("fog_machine › puff");
    expect(session.wishes).toHaveLength(2);
    session.press("escape");
    command(session, "fog vent");
    expect(session.wishes.at(-1)).toMatchObject({ cmd: "vent", args: {} });
    session.press("escape");
    command(session, "fog puff 99");
    expect(session.text()).toContain("must be at most 10");
    expect(session.wishes).toHaveLength(3);
  });

  it("asks before a worker is ended by a command, from the form too, and goes back to the form", () => {
    const session = known();
    command(session, "fog shutdown");
    expect(session.text()).toContain("Send shutdown to fog_machine?");
    session.press("n");
    expect(session.text()).toContain("fog_machine › shutdown");
    session.press("return");
    expect(session.text()).toContain("Send shutdown to fog_machine?");
    expect(session.wishes).toEqual([]);
    session.press("y");
    expect(session.wishes.at(-1)?.cmd).toBe("shutdown");
  });

  it("offers first what was done last, and completes by tab", () => {
    const session = known();
    command(session, "offset +100");
    command(session, "screen audio");
    session.press(":");
    const rows = session.rows();
    expect(rows.findIndex((row) => row.includes("screen audio"))).toBeLessThan(rows.findIndex((row) => row.includes("offset +100")));
    session.press("down", "return");
    expect(session.wishes.filter(({ cmd }) => cmd === "nudge")).toHaveLength(2);
    session.press(":", ...typed("scr aud"), "tab");
    expect(session.text()).toContain(": screen audio");
  });

  it("shows the details and the log of the worker that was named, and leads back", () => {
    const session = known();
    session.press("6");
    for (const name of ["virtualdj_monitor", "fog_machine"]) {
      command(session, `details ${name}`);
      expect(session.text()).toContain(`Workers › ${name}`);
      session.press("escape");
      expect(session.text()).toContain("OSC");
    }
  });

  it("takes a paste as text only", () => {
    const session = known();
    session.press(":");
    session.session.paste("stop all\nworkers\u001b[2J");
    expect(session.text()).toContain(": stop all workers");
    expect(session.asked).toEqual([]);
    session.session.paste("x".repeat(5000));
    expect(session.text()).toContain("nothing is called so");
  });

  it("fits every size", () => {
    for (const [columns, rows] of [[40, 12], [60, 20], [200, 60]] as const) {
      const session = testSession({ columns, rows });
      session.know(show.rig);
      session.press(":");
      expect(session.rows()).toHaveLength(rows - 1);
      session.press(...typed("restart"), "down", "pagedown", "up");
      expect(session.rows().some((row) => row.startsWith("▸ restart"))).toBe(true);
    }
  });
});
