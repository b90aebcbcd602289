import { describe, expect, it } from "vitest";
import { troublesOf } from "../src/widgets/troubles.ts";
import { questionRows } from "../src/ui/question-rows.ts";
import { standing } from "../src/plain-lines.ts";
import { emptyRig } from "../src/rig/rig-state.ts";
import { emptyTelemetry } from "../src/telemetry/snapshot.ts";
import { textOf } from "../src/text/span.ts";
import { managedWorker, manager, noon, rigAfter, running } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";

const sizes: readonly [number, number][] = [[40, 12], [60, 20], [79, 23], [80, 24], [120, 40], [200, 60]];
const refused = "refusing the bus directory /tmp/a/long/way/to/the/bus: it is open to other users; close it with chmod 700 /tmp/a/long/way/to/the/bus";
const unread = "/home/dj/.config/vj-bus/targets.json cannot be read: it is not JSON; the last good targets stay in force";
const degraded = (name: string) => running(name, { condition: { level: "degraded", text: unread } });
const broken = rigAfter([...degraded("hello"), ...degraded("lyrics_fetcher"), ...degraded("now_playing"), ...manager({ hello: managedWorker({}), lyrics_fetcher: managedWorker({}), now_playing: managedWorker({}) })]);
const without = (text: string): string => text.replaceAll(/\s+/g, "");

describe("what is wrong", () => {
  it("is one trouble where several workers say the same", () => {
    expect(troublesOf(broken, noon).map(({ what, names }) => [what, names])).toEqual([["3 workers degraded", ["hello", "lyrics_fetcher", "now_playing"]]]);
  });

  it.each(sizes)("can be read whole by !, which the row names where it is cut, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    session.know(rigAfter([{ type: "busProblem", problem: refused }]));
    const [, first = "", second = ""] = session.rows();
    expect(first.includes(refused) || `${first}${second}`.includes("! all")).toBe(true);
    session.press("!");
    let all = session.text();
    for (let down = 0; down < 20; down += 1) {
      session.press("down");
      all += session.rows().slice(2, -1).join("\n");
    }
    expect(without(all)).toContain(without("chmod 700 /tmp/a/long/way/to/the/bus"));
    expect(without(all)).toContain(without("w starts one, or run `vj up`"));
    session.press("!");
    expect(session.session.ui.overlay).toBeUndefined();
  });

  it("names the command where no key can start a process manager", () => {
    for (const screen of "12345678") {
      const session = testSession({ columns: 100, rows: 40 });
      session.know({ ...rigAfter([...running("hello")]), canStartManager: false });
      session.press(screen);
      expect(session.text()).toMatch(/No process manager\. {2}`vj up` starts one/);
      expect(session.text()).not.toContain("w starts");
    }
  });

  it("names no key that starts one worker where only a process manager could start it", () => {
    for (const canStartManager of [true, false]) {
      const session = testSession({ columns: 100, rows: 40 });
      session.know({ ...emptyRig, canStartManager });
      for (const key of "12345678d!") {
        session.press(...(key === "d" ? ["escape", "3", "d"] : [key]));
        expect(session.text()).not.toMatch(/\b[as] starts|press s/);
      }
      session.press("escape", "1");
      expect(session.text()).toMatch(canStartManager ? /First steps: w rig · / : /First steps: `vj up` · /);
    }
  });

  it("names whom it is about", () => {
    const session = testSession();
    session.know(broken);
    session.press("!");
    expect(session.text()).toContain("3 workers degraded: hello, lyrics_fetcher, now_playing");
  });

  it("is nothing while all is well", () => {
    const session = testSession();
    session.know(rigAfter([...running("hello"), ...manager({ hello: managedWorker({}) })]));
    expect(session.text()).not.toContain("! all");
    session.press("!");
    expect(session.text()).toContain("no fault is known");
  });
});

describe("a message that is longer than its row", () => {
  const text = `the change is refused: ${Array.from({ length: 60 }, (_, index) => `word${index}`).join(" ")}`;
  const noticed = rigAfter([...running("hello"), ...manager({ hello: managedWorker({}) }), { type: "notice", level: "error", text }]);

  it.each(sizes)("takes up to three rows, names the key that shows all of it, and is whole there, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    session.know(noticed);
    const foot = session.rows().slice(-5, -1);
    expect(without(foot.join(""))).toContain(without("the change is refused: word0 word1 word2"));
    expect(without(session.text()).includes("word59") || foot.join("").includes("! all")).toBe(true);
    expect(session.rows()).toHaveLength(rows - 1);
    session.press("!");
    let all = session.text();
    for (let down = 0; down < 30; down += 1) {
      session.press("down");
      all += session.rows().slice(1, -4).join("\n");
    }
    expect(without(all)).toContain("word59");
  });
});

it("targets that nobody receives are named by !, apart from what is wrong, with what helps", () => {
  const flow = { name: "wall", host: "127.0.0.1", port: 9000, phase: "open", sent: 5, refused: 5, errors: 0, dropped: 0, listening: false };
  const session = testSession();
  session.know(rigAfter([...running("hello", { telemetry: { targets: [flow] } }), ...manager({ hello: managedWorker({}) })]), emptyTelemetry);
  expect(session.text()).toMatch(/! wall 127\.0\.0\.1:9000 .*nobody listens/);
  session.press("!");
  expect(session.text()).toContain("no fault is known");
  expect(session.text()).toContain("Targets that nobody receives");
  expect(session.text()).toContain("start its program and let it receive OSC on port 9000");
});

describe("a warning of a log that is longer than its row", () => {
  const end = "give it other targets";
  const warned = rigAfter([...running("hello"), ...manager({ hello: managedWorker({}) }), { type: "logs", entries: [{ at: noon, level: "warn", source: "process_manager", text: `another rig sends to 127.0.0.1:9000 too, ${"so its receiver gets both ".repeat(6)}${end}`, line: "" }] }]);

  it.each(sizes.filter(([, rows]) => rows >= 20))("names the key that shows all of it, and is whole there, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    session.know(warned);
    expect(without(session.text())).not.toContain(without(end));
    expect(session.rows().some((row) => row.includes("another rig") && row.trimEnd().endsWith("! all"))).toBe(true);
    session.press("!");
    expect(without(session.text())).toContain("Lastwarnings");
    session.press("G");
    expect(without(session.text())).toContain(without(end));
  });
});

describe("sound that is switched off", () => {
  const source = { kind: "none", name: "none", verdict: "ok" };
  const rig = rigAfter([...running("audio_analyzer", { source }), ...manager({ audio_analyzer: managedWorker({}) })]);

  it.each(sizes)("is not called good, %i×%i", (columns, rows) => {
    for (const key of ["1", "3"]) {
      const session = testSession({ columns, rows });
      session.know(rig);
      session.press(key);
      expect(session.text()).toContain("sound: off");
      expect(session.text()).not.toMatch(/· ok|✓ sound/);
    }
  });
});

describe("a question", () => {
  const question = "Stop audio_analyzer? Levels and beats end.";

  it.each(sizes)("stands whole with the key that says yes, %i×%i", (columns, rows) => {
    const session = testSession({ columns, rows });
    session.press("a");
    expect(session.session.ui.overlay).toMatchObject({ question });
    expect(without(session.text())).toContain(without(question));
    expect(session.rows().at(-1)).toContain("y yes  n no");
  });

  it("of any length leaves room for the screen", () => {
    const { above } = questionRows({ kind: "confirm", question: "Stop x? ".repeat(200), until: 0, yes: () => {}, under: undefined }, 0, 40);
    expect(above.map((line) => textOf(line).length)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number), expect.any(Number)]);
  });
});

describe("lines", () => {
  it("do not call a manager missing before there was time to find it", () => {
    expect(standing(emptyRig, emptyTelemetry, noon, { settled: false }).has("process_manager")).toBe(false);
    expect(standing(emptyRig, emptyTelemetry, noon, { settled: true }).get("process_manager")?.text).toBe("not running");
  });
});
