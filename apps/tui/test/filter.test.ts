import { describe, expect, it } from "vitest";
import { emptyRig } from "../src/rig/rig-state.ts";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { passesFilter } from "../src/text/filtered.ts";
import { filterOf, withFilter } from "../src/ui/filter.ts";
import { listKeys, markedId, moveMark } from "../src/ui/list.ts";
import { firstUi } from "../src/ui/ui-state.ts";
import { testSession } from "./session-fixture.ts";
import { idleTargets } from "./targets-fixture.ts";

describe("the filter of a screen", () => {
  it("wants every word, in any case of letters and in any order", () => {
    expect(passesFilter("", "anything")).toBe(true);
    expect(passesFilter("504 LRC", "lyrics_fetcher", "LRCLIB 504")).toBe(true);
    expect(passesFilter("505", "LRCLIB 504")).toBe(false);
  });

  it("keeps one line of harmless text, and each screen its own", () => {
    const ui = withFilter({ ...firstUi, scroll: 9 }, `\u001b[31mred\n${"x".repeat(500)}`);
    expect(ui.scroll).toBe(0);
    expect(filterOf(ui)).toMatch(/^red x+/);
    expect(filterOf(ui)).toHaveLength(200);
    expect(filterOf({ ...ui, screen: "logs" })).toBe("");
  });

  it.each([
    ["1", "lyrics_fetcher", "osc_debugger", "lyr"],
    ["2", "lyrics_fetcher", "osc_debugger", "lyr"],
    ["6", "/karaoke/track", "/audio/levels", "karaoke"],
    ["7", "LRCLIB", "LRCLIB", "504"],
  ])("works while it is typed, stays after enter, and ends by esc: screen %s", (key, kept, hidden, filter) => {
    const { press, rows } = testSession();
    // Without the rows that say what is wrong with the rig, whatever is filtered.
    const body = (): string => rows().slice(3, -2).join("\n");
    press(key);
    const before = body();
    press("/", ...filter.split(""));
    expect(body()).toContain(kept);
    expect(body().includes(hidden)).toBe(hidden === kept);
    expect(rows().at(-1)).toContain(`with: ${filter}`);
    press("return");
    expect(body()).toContain(kept);
    expect(rows()[0]).toContain(`filter ${filter}`);
    press("/", ..."zzz".split(""), "return");
    expect(body()).not.toContain(kept);
    press("escape");
    expect(body()).toBe(before);
    expect(rows()[0]).not.toContain(`filter ${filter}`);
  });

  it("leaves the names of the screens, shorter where room is short", () => {
    const { press, rows } = testSession({ columns: 80 });
    press("6", "/", ..."/audio/b".split(""), "return");
    expect(rows()[0]?.trimEnd()).toMatch(/^ VJ 1 Over\w* 2 Work\w* 3 Audio 4 Now 5 AI 6 OSC 7 Logs 8 Targ\w* .*filter \/audio\/b$/);
  });

  it("lets keys act only on a worker that is shown", () => {
    const { press, asked } = testSession();
    press("j", "/", ..."osc".split(""), "return", "s");
    expect(asked).toEqual(["start osc_debugger"]);
  });
});

describe("the chosen row of a list", () => {
  const ids = ["a", "b", "c"];
  const look = { rig: emptyRig, telemetry: emptyTelemetry, now: 0 };

  it("stays with its row when the list changes, and stops at the ends", () => {
    const ui = moveMark(firstUi, ids, 1);
    expect(markedId(ui, ids)).toBe("b");
    expect(markedId(ui, ["z", "b"])).toBe("b");
    expect(markedId(ui, ["z", "a"])).toBe("z");
    expect(markedId(moveMark(ui, ids, Infinity), ids)).toBe("c");
    expect(markedId(moveMark(ui, ids, -Infinity), ids)).toBe("a");
    expect(moveMark(firstUi, [], 1)).toBe(firstUi);
    expect(markedId(firstUi, [])).toBeUndefined();
  });

  it("is asked for with what is shown", () => {
    const down = listKeys(({ ui }) => (ui.screen === "overview" ? ids : [])).find(({ keys }) => keys.includes("down"));
    let ui = firstUi;
    const nothing = (): void => {};
    const commands = { act: () => Promise.resolve(), startAll: () => Promise.resolve(), stopAll: () => Promise.resolve(), restartAll: () => Promise.resolve(), send: () => Promise.resolve(), look: () => Promise.resolve(), targets: idleTargets, clearOsc: () => Promise.resolve() };
    down?.run({ ...look, ui, page: 1, scrollEnd: 0, commands, pressedUs: 0, setUi: (next) => (ui = next), say: nothing, copy: nothing, show: nothing, open: nothing, back: () => false, quit: nothing, redraw: nothing, suspend: nothing });
    expect(markedId(ui, ids)).toBe("b");
  });
});

describe("a filter that nothing fits", () => {
  it.each([["1", "worker"], ["2", "worker"], ["6", "address"], ["7", ""], ["8", "target"]])("says so, and which key shows all: screen %s", (key, what) => {
    const { press, text } = testSession();
    press(key, "/", ..."qqq".split(""), "return");
    expect(text()).toMatch(what === "" ? /esc ends the filter/ : new RegExp(`No ${what} (fits|with) "qqq"; esc shows all`));
  });

  it("says so beside messages as they come", () => {
    const { press, text } = testSession();
    press("6", "v", "/", ..."qqq".split(""), "return");
    expect(text()).toMatch(/No message fits "qqq"; esc shows all|Nothing received yet/);
  });
});
