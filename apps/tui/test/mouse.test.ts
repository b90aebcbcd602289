import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import { createKeyReader, paceMs, quietMs } from "../src/input/key-reader.ts";
import type { Input } from "../src/input/key-reader.ts";
import { readMouse } from "../src/input/mouse.ts";
import { rigAfter, managedWorker, manager, running } from "./rig-fixture.ts";
import { testSession } from "./session-fixture.ts";

const press = "\u001b[<0;5;3M\u001b[<0;5;3m";

function read(...steps: (string | number)[]): Input[] {
  const reader = createKeyReader(() => false);
  let now = 1000;
  const inputs: Input[] = [];
  for (const step of steps) {
    if (typeof step === "string") inputs.push(...reader.read(step, now));
    else {
      now += step;
      inputs.push(...reader.settle(now));
    }
  }
  return inputs;
}

describe("reports of the mouse", () => {
  it("are clicks of the left button and turns of the wheel, with their cells", () => {
    expect(readMouse(`${press}\u001b[<64;1;1M\u001b[<69;300;40M\u001b[<2;1;1M\u001b[<32;1;1M`)?.inputs).toEqual([
      { type: "mouse", act: "press", column: 4, row: 2 },
      { type: "mouse", act: "wheel up", column: 0, row: 0 },
      { type: "mouse", act: "wheel down", column: 299, row: 39 },
    ]);
  });

  it("may be cut anywhere, and give no key", () => {
    const reports = `${press}\u001b[<65;2;2M`;
    fc.assert(
      fc.property(fc.array(fc.nat(reports.length), { maxLength: 4 }), (cuts) => {
        const places = [0, ...cuts.toSorted((one, other) => one - other), reports.length];
        const pieces = places.slice(1).map((to, index) => reports.slice(places[index], to));
        const inputs = read(...pieces.filter((piece) => piece !== ""), 100);
        expect(inputs.map((input) => (input.type === "mouse" ? input.act : input))).toEqual(["press", "wheel down"]);
      }),
    );
  });

  it("count for nothing within a text, and a click not right after one", () => {
    expect(read(`\u001b[200~${press}\u001b[201~`)).toEqual([{ type: "text", text: press }]);
    expect(read(`Q${press}`)).toEqual([{ type: "text", text: `Q${press}` }]);
    expect(read("abc", press)).toEqual([{ type: "text", text: "abc" }]);
    expect(read("abc", quietMs, press)).toHaveLength(2);
    expect(read("Q", paceMs / 2, press)).toEqual([{ type: "key", key: "Q" }]);
  });
});

describe("a click", () => {
  const on = (session: ReturnType<typeof testSession>, text: string): void => {
    const rows = session.rows();
    const row = rows.findIndex((line) => line.includes(text));
    expect(row, text).toBeGreaterThanOrEqual(0);
    session.session.click((rows[row] ?? "").indexOf(text), row);
  };

  it("on a tab shows its screen, on a key of the footer presses it, on ? opens the help", () => {
    const session = testSession();
    on(session, "2 Workers");
    expect(session.session.ui.screen).toBe("workers");
    on(session, "w start all");
    expect(session.asked).toEqual(["start all"]);
    on(session, "? help");
    expect(session.session.ui.overlay?.kind).toBe("help");
    on(session, "1 Overview");
    expect(session.session.ui).toMatchObject({ screen: "overview", overlay: undefined });
  });

  it.each([
    ["a form", ["8", "n", "return"]],
    ["a filter", ["2", "/"]],
    ["the palette", [":"]],
  ] as const)("on the name of a key writes nothing into %s", (_where, keys) => {
    for (const [name, columns] of [["? help", 120], ["esc, then ! all", 50]] as const) {
      const session = testSession({ columns });
      session.press(...keys);
      const before = session.text();
      on(session, name);
      expect(session.text()).toBe(before);
    }
  });

  it("on a worker chooses it, anywhere in its row, and opens it when it is chosen", () => {
    const session = testSession();
    session.press("2");
    on(session, "spotify_monitor");
    expect(session.session.ui.worker).toBe("spotify_monitor");
    on(session, "spotify_monitor");
    expect(session.text()).toContain("Workers › spotify_monitor");
  });

  it.each([["6", "/audio/levels"], ["7", "LRCLIB"], ["8", "resolume"]])("on a row of screen %s chooses it, and opens it when it is chosen", (key, text) => {
    const session = testSession();
    session.press(key);
    const row = (): number => session.rows().findIndex((line) => line.includes(text));
    session.session.click(session.rows()[row()]?.indexOf(text) ?? -1, row());
    const { ui } = session.session;
    expect(ui.marks[ui.screen]).toBeDefined();
    const before = session.text();
    session.session.click(session.rows()[row()]?.indexOf(text) ?? -1, row());
    expect(session.text()).not.toBe(before);
  });

  it("answers a question only where the answer stands, and does nothing under what lies over the screen", () => {
    const session = testSession();
    session.press("Q");
    on(session, "1 Overview");
    on(session, "spotify_monitor");
    expect(session.asked).toEqual([]);
    expect(session.session.ui.overlay?.kind).toBe("confirm");
    const footer = session.rows().length - 1;
    session.session.click(session.rows()[footer]?.indexOf(" y ") ?? 0, footer);
    expect(session.asked).toEqual(["stop all"]);
  });

  it("outside of everything does nothing", () => {
    const session = testSession();
    const before = session.text();
    for (const [column, row] of [[-1, -1], [500, 0], [0, 500], [79, 10]] as const) session.session.click(column, row);
    expect(session.text()).toBe(before);
  });
});

describe("the wheel", () => {
  it("chooses another row of a list, and scrolls a text by several", () => {
    const session = testSession();
    session.know(rigAfter([...running("a_one"), ...running("b_two"), ...manager({ a_one: managedWorker({}), b_two: managedWorker({}) })]));
    session.press("2");
    session.session.wheel("down");
    session.press("return");
    expect(session.text()).toContain("Workers › b_two");
    const help = testSession({ rows: 14 });
    help.press("?");
    help.text();
    help.session.wheel("down");
    expect(help.session.ui.scroll).toBe(3);
    help.session.wheel("up");
    expect(help.session.ui.scroll).toBe(0);
  });
});

it("the mouse is taken as set, and a key changes that", () => {
  const session = testSession({ mouse: true });
  session.press("M");
  expect(session.session.ui.mouse).toBe(false);
  session.press("M");
  expect(session.session.ui.mouse).toBe(true);
  expect(session.asked.join()).toContain("Mouse off");
});
