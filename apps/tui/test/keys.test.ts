import { describe, expect, it } from "vitest";
import type { ManagedWorker } from "@vj/schema";
import { emptyRig } from "../src/rig/rig-state.ts";
import type { RigState } from "../src/rig/rig-state.ts";
import { createScreens } from "../src/screens/index.ts";
import { setConfig } from "../src/rig/settings.ts";
import { openForm } from "../src/ui/form/form.ts";
import { createKeyTable } from "../src/ui/key-table.ts";
import type { KeyTable } from "../src/ui/key-table.ts";
import { doubleKeys, footerBindings, showKey } from "../src/ui/keys.ts";
import { firstUi } from "../src/ui/ui-state.ts";
import type { Overlay, UiState } from "../src/ui/ui-state.ts";
import { managedWorker, manager, noon, rigAfter, running, show } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";

interface Place {
  readonly name: string;
  readonly ui: UiState;
  readonly table: KeyTable;
  /** Keys that lead there. */
  readonly way: readonly string[];
}

const screens = createScreens();
/** Every screen, and the details of a worker. */
const places: Place[] = [...screens.map(({ id, key }) => place(id, [key])), place("workers", ["2", "return"], "hello")];

function place(screen: string, way: readonly string[], worker?: string): Place {
  const own = createScreens();
  own.find(({ id }) => id === screen)?.enter(worker);
  return { name: `${screen} ${worker ?? ""}`, ui: { ...firstUi, screen }, table: createKeyTable(own, "quit (workers run on)"), way };
}
const overlays: Overlay[] = [
  { kind: "help" },
  { kind: "troubles" },
  { kind: "confirm", question: "Sure?", until: Infinity, yes: () => {}, under: undefined },
  { kind: "palette", text: "", at: 0 },
  { kind: "prompt", label: "filter", value: "", done: () => {} },
  { kind: "filter", label: "rows with" },
  { kind: "commands", worker: "hello", at: 0 },
  { kind: "form", form: openForm("hello", setConfig, emptyRig) },
];
const everywhere: Place[] = [
  ...places,
  ...overlays.map((overlay) => ({ ...place("overview", ["1"]), name: overlay.kind, ui: { ...firstUi, overlay } })),
];

describe("the key table", () => {
  it.each(everywhere)("binds no key twice: $name", ({ table, ui }) => {
    expect(doubleKeys(table.active(ui, emptyRig))).toEqual([]);
  });

  it("offers to scroll the help only where there is more of it than fits", () => {
    const footer = (columns: number, rows: number): string => {
      const help = testSession({ columns, rows });
      help.press("?");
      return help.rows().at(-1) ?? "";
    };
    expect(footer(60, 20)).toContain("scroll");
    expect(footer(200, 60)).not.toContain("scroll");
    expect(footer(200, 60)).toContain("close");
  });

  it.each(places)("shows every key in the help, and none besides: $name", ({ table, ui, way }) => {
    const help = testSession({ columns: 60, rows: 100 });
    help.press(...way, "?");
    const shown = help.rows().filter((row) => /^ {3}\S/.test(row)).map((row) => row.trim().replace(/\s{2,}/g, " "));
    const bound = table.ofScreen(ui, show.rig).flatMap(({ bindings }) => bindings);
    expect(shown.toSorted()).toEqual(bound.map(({ keys, label }) => `${keys.map(showKey).join(" ")} ${label}`).toSorted());
  });

  it("shows in the footer only what is bound, and the way out on every screen", () => {
    for (const { table, ui } of everywhere) {
      const bound = table.active(ui, emptyRig).flatMap(({ bindings }) => bindings);
      const footer = footerBindings(table.active(ui, emptyRig));
      expect(footer.map(({ label }) => bound.some((binding) => binding.label === label))).not.toContain(false);
      expect(footer.length).toBeGreaterThan(0);
      expect(bound.some(({ keys }) => keys.includes("ctrl+c"))).toBe(true);
    }
  });

  it("offers to start all only where that would start something", () => {
    const { press, know, rows } = testSession({ columns: 220, rows: 40 });
    const footer = (): string => rows().at(-1) ?? "";
    const rigWith = (more: Partial<ManagedWorker>): RigState => rigAfter([...running("hello"), ...manager({ hello: managedWorker(more), idle: managedWorker({ enabled: false, running: false, state: "stopped" }) })]);
    for (const screen of screens) {
      press(screen.key);
      know(rigWith({}));
      expect(footer()).not.toContain("start all");
      know(rigWith({ running: false, state: "stopped", stopped_by_request: true }));
      expect(footer()).toContain(" w start all ");
      know(rigAfter(running("hello")));
      expect(footer()).toContain(" w start all ");
      know({ ...rigAfter(running("hello")), canStartManager: false });
      expect(footer()).not.toContain("start all");
    }
  });

  it("gives each screen a digit of its own", () => {
    expect(new Set(screens.map(({ key }) => key)).size).toBe(screens.length);
    expect(screens.every(({ key }) => /^[1-9]$/.test(key))).toBe(true);
  });
});

describe("keys", () => {
  it("act on the selected worker", () => {
    const { press, asked } = testSession();
    press("j", "r", "down", "s");
    expect(asked).toEqual(["restart lyrics_fetcher", "start osc_debugger"]);
  });

  it("act on the whole rig", () => {
    const { press, asked } = testSession();
    press("w", "q");
    expect(asked).toEqual(["start all", "quit"]);
  });

  describe.each([
    ["Q", "Stop all workers?", "stop all"],
    ["R", "Restart all running workers?", "restart all"],
    ["a", "Stop audio_analyzer?", "stop audio_analyzer"],
    // The first row is the analyzer.
    ["s", "Stop audio_analyzer?", "stop audio_analyzer"],
    ["r", "Restart audio_analyzer?", "restart audio_analyzer"],
  ])("%s asks first", (key, question, done) => {
    it("and acts after y alone", () => {
      const { press, asked, text } = testSession();
      press(key);
      expect(text()).toContain(question);
      expect(asked).toEqual([]);
      press("y");
      expect(asked).toEqual([done]);
      expect(text()).not.toContain(question);
      press("y");
      expect(asked).toEqual([done]);
    });

    it.each(["return", "n", "escape", "Y", "q", "r", " ", "down", key])("and takes %s for a no", (answer) => {
      const { press, asked, text } = testSession();
      press(key, answer);
      expect(text()).not.toContain(question);
      press("y");
      expect(asked).toEqual([]);
    });

    it("and takes a pasted text for a no", () => {
      const { press, session, asked } = testSession();
      for (const pasted of ["y", "yes", "y\r"]) {
        press(key);
        session.paste(pasted);
        press("y");
      }
      expect(asked).toEqual(Array(3).fill("say Pasted text answers no question: nothing is done"));
    });

    it("and takes no answer for a no", () => {
      let now = noon;
      const { press, asked, text } = testSession({ now: () => now });
      press(key);
      now += 10_000;
      press("y");
      expect(asked).toEqual([]);
      press(key);
      now += 9_000;
      expect(text()).toContain(question);
      now += 1_000;
      expect(text()).not.toContain(question);
    });
  });

  it("start the analyzer without a question", () => {
    const { press, asked, know } = testSession();
    know(rigAfter(manager({ audio_analyzer: managedWorker({ state: "stopped", running: false, pid: null }) })));
    press("a", "s");
    expect(asked).toEqual(["start audio_analyzer", "start audio_analyzer"]);
  });

  it("come from nothing that was pasted", () => {
    const { session, asked, text } = testSession();
    const before = text();
    session.paste("FAQ: yes\rq");
    expect(asked).toEqual(["say Pasted text is not taken as keys"]);
    expect(text()).toBe(before);
  });

  it("open the details of a worker and go back", () => {
    const { press, text } = testSession();
    press("j", "return");
    expect(text()).toContain("Workers › lyrics_fetcher");
    press("escape");
    expect(text()).toContain("Workers ─ 2 of 5 running");
  });

  it("lead back to where the person came from: details, log, line", () => {
    const { press, text, session } = testSession();
    press("j", "return");
    const name = /Workers › (\w+)/.exec(text())?.[1] ?? "";
    press("l");
    expect(text()).toContain(`· ${name} ·`);
    expect(text()).toContain("esc back");
    press("/", "x", "return", "escape");
    expect(session.ui.screen).toBe("logs");
    press("escape");
    expect(text()).toContain(`Workers › ${name}`);
    press("escape");
    expect(session.ui.screen).toBe("overview");
    press("2", "return", "escape");
    expect(text()).toContain("Workers ─");
    press("return", "l", "4", "escape");
    expect(session.ui.screen).toBe("now");
    press("2");
    expect(text()).toContain("Workers ─");
  });

  it("pause the picture, but not what is acted on", () => {
    const { press, text, know, asked } = testSession();
    const before = text();
    press("p");
    know({ ...show.rig, workers: {}, managed: {} });
    expect(text()).toContain("paused – p resumes");
    expect(text()).toContain("audio_analyzer");
    press("r");
    expect(asked).toEqual([]);
    press("p");
    expect(text()).not.toBe(before);
    expect(text()).toContain("0 of 0 running");
  });

  it("type into a prompt, where they mean nothing else", () => {
    const { press, text, asked } = testSession();
    press("6", "/", "q", "x", "backspace", ..."karaoke".split(""));
    expect(text()).toContain("addresses with: qkaraoke");
    press("escape", "/", ..."karaoke/t".split(""), "return");
    expect(asked).toEqual([]);
    expect(text()).toContain("/karaoke/track");
    expect(text()).not.toContain("/audio/levels");
  });

  it("take a pasted text into a prompt, on one line and cut", () => {
    const { session, press, text, asked } = testSession({ columns: 120 });
    press("6", "/");
    session.paste("\u001b[2Jkara\noke\r");
    expect(text()).toContain("addresses with: kara oke ");
    session.paste("x".repeat(5000));
    press("return");
    expect(text()).toContain(" filter kara oke");
    press("/");
    session.paste("\n");
    press("escape");
    expect(asked).toEqual([]);
  });

  it("choose level and worker of the logs", () => {
    const { press, text } = testSession();
    press("7");
    expect(text()).toContain("LRCLIB 504");
    press("l", "l");
    expect(text()).toContain("error and above");
    expect(text().split("\n").slice(0, -2).join("\n")).not.toContain("LRCLIB 504");
    press("l", "l", "o");
    expect(text()).toContain("info and above · audio_analyzer");
  });

  it("show the end of the logs first, and scroll back from there", () => {
    const { know, press, text } = testSession();
    const entries = Array.from({ length: 100 }, (_, index) => ({ at: noon, level: "info", source: "hello", text: `line ${index}.`, line: "" }) as const);
    know(rigAfter([{ type: "logs", entries }]));
    press("7");
    expect(text()).toContain("line 99.");
    expect(text()).not.toContain("line 0.");
    press("g");
    expect(text()).toContain("line 0.");
    expect(text()).not.toContain("line 99.");
    press("f");
    expect(text()).toContain("line 99.");
  });
});

describe("what is listened to", () => {
  it("comes once for each picture, and more often only where a history is drawn of it", () => {
    const { session, press } = testSession();
    const rates = ["1", "2", "3", "4", "5", "6", "7", "8"].map((key) => {
      press(key);
      return session.rate;
    });
    expect(rates).toEqual([undefined, undefined, 20, undefined, undefined, undefined, undefined, undefined]);
  });

  it("moves the picture only where it is shown", () => {
    const { session, press, rows } = testSession();
    const moving = ["1", "2", "3", "4", "5", "6", "7", "8"].filter((key) => {
      press(key);
      rows();
      return session.moving;
    });
    expect(moving).toEqual(["1", "2", "3", "4", "6"]);
  });

  it("is everything only where everything is shown", () => {
    const { session, press } = testSession();
    const usual = session.addresses;
    expect(usual).toContain("/audio/levels");
    press("7");
    expect(session.addresses).toBe(usual);
    press("3");
    expect(session.addresses).toContain("/audio/*");
    for (const keys of [["6"], ["2", "return"]]) {
      press(...keys);
      expect(session.addresses).toBe("all");
    }
    press("escape");
    expect(session.addresses).toBe(usual);
  });
});
