import { describe, expect, it } from "vitest";
import type { LogEntry } from "@vj/logs";
import { noon, rigAfter } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";
import type { TestSession } from "./session-fixture.ts";

const long = `start ${"EACCES /home/somebody/Documents/VirtualDJ/History/tracklist.txt ".repeat(4)}${"x".repeat(150)} END`;
const entry = (text: string, more: Partial<LogEntry> = {}): LogEntry => ({ at: noon, level: "info", source: "hello", text, line: "", ...more });

function logs(entries: readonly LogEntry[], size: { columns?: number; rows?: number } = {}): TestSession {
  const session = testSession(size);
  session.know(rigAfter([{ type: "logs", entries }]));
  session.press("7");
  return session;
}

const whole = (session: TestSession): string => session.rows().map((row) => row.trim()).join(" ");

describe("the logs", () => {
  it("show time, level, source and text, and count repetitions", () => {
    const session = logs([...Array.from({ length: 240 }, () => entry("LRCLIB 504", { level: "warn", source: "lyrics_fetcher" })), entry("fine")]);
    expect(session.text()).toMatch(/\d\d:\d\d:\d\d warn {2}lyrics_fetcher +LRCLIB 504 \(×240\)/);
    expect(session.text()).toMatch(/info {2}hello +fine/);
    expect(session.text()).toContain("2 lines · following");
  });

  it.each([[120, 40], [200, 60]])("stand still above the chosen line, which is whole below them, %i×%i", (columns, rows) => {
    const many = Array.from({ length: 100 }, (_, index) => entry(`line ${index}`));
    const session = logs([...many, entry(long, { level: "warn" }), entry("last", { level: "error" })], { columns, rows });
    expect(session.text()).toContain("102 lines · 1 warning · 1 error · following");
    expect(session.text()).toMatch(/── \d\d:\d\d:\d\d hello, enter shows it alone ─+\n last /);
    const before = session.rows().findIndex((row) => row.includes("enter shows it alone"));
    session.press("up");
    expect(session.text()).toContain("END");
    expect(session.rows().findIndex((row) => row.includes("enter shows it alone"))).toBe(before);
    session.press("pageup");
    expect(session.text()).toMatch(/\n line \d\d *\n/);
    expect(session.text()).not.toContain("line 99");
  });

  it("wrap long lines on W, so that nothing is cut", () => {
    const session = logs([entry("before"), entry(long)]);
    expect(session.text()).not.toContain("END");
    session.press("W");
    expect(session.text()).toContain("END");
    expect(session.text()).toContain("before");
    session.press("W");
    expect(session.text()).not.toContain("END");
  });

  it.each([[40, 12], [80, 24], [200, 60]])("show one line whole on enter, with what it was written with: %i×%i", (columns, rows) => {
    const line = JSON.stringify({ level: 50, time: noon, msg: long, code: "EACCES", path: "/home/somebody/tracklist.txt", nested: { deep: "value" } });
    const session = logs([entry("other"), entry(long, { line }), entry("after")], { columns, rows });
    session.press("up", "return");
    const pages = [whole(session)];
    for (let page = 0; page < 8; page += 1) {
      session.press("pagedown");
      pages.push(whole(session));
    }
    const seen = pages.join(" ").replaceAll(" ", "");
    expect(seen).toContain("x".repeat(20));
    expect(seen).toContain("END");
    expect(seen).toContain("codeEACCES");
    expect(seen).toContain("nested.deepvalue");
    session.press("escape");
    expect(session.text()).toContain("after");
  });

  it("copy the chosen line, from the list and from the line itself", () => {
    const session = logs([entry("first"), entry(long), entry("last")]);
    session.press("y", "up", "y", "return", "y", "escape", "g", "y");
    expect(session.copied).toEqual(["last", long, long, "first"]);
  });

  it("stay where they are while new lines come, until they follow again", () => {
    const some = Array.from({ length: 60 }, (_, index) => entry(`line ${index}.`));
    const session = logs(some);
    session.press("up", "up", "up");
    expect(session.text()).toContain("3 below, f follows");
    session.know(rigAfter([{ type: "logs", entries: [...some, entry("newest.")] }]));
    expect(session.text()).toContain("4 below, f follows");
    session.press("f");
    expect(session.text()).toContain("newest.");
    expect(session.text()).toContain("following");
    session.press("up", "down");
    session.know(rigAfter([{ type: "logs", entries: [...some, entry("newest."), entry("newer still.")] }]));
    expect(session.text()).toContain("newer still.");
  });

  it("have levels, one worker, and a filter that esc clears", () => {
    const session = logs([entry("tiny", { level: "debug" }), entry("note"), entry("broken", { level: "error", source: "other" })]);
    expect(session.text()).not.toContain("tiny");
    session.press("l", "l");
    expect(session.text()).toContain("error and above");
    expect(session.text()).not.toContain("note");
    session.press("l");
    expect(session.text()).toContain("tiny");
    session.press("/", ..."other bro".split(""), "return");
    expect(session.text()).not.toContain("note");
    expect(session.text()).toContain("broken");
    session.press("escape");
    expect(session.text()).toContain("note");
  });

  it("say which keys show more where there is no line", () => {
    const session = logs([entry("note")]);
    session.press("l", "l");
    expect(session.text()).toContain("Nothing to show: l another level");
    session.press("/", "x", "return");
    expect(session.text()).toContain("Nothing to show: esc ends the filter, l another level");
    session.press("escape", "l");
    expect(session.text()).toContain("note");
  });

  it("say when a line is not kept any more, and survive an empty list", () => {
    const session = logs([entry("one")]);
    session.press("return");
    session.know(rigAfter([]));
    expect(session.text()).toContain("not kept any more");
    session.press("escape", "return", "y", "up", "G", "W");
    expect(session.text()).toContain("Nothing to show");
  });
});
