import { describe, expect, it } from "vitest";
import { unknownTargets } from "../src/rig/targets/targets-state.ts";
import { passText } from "../src/widgets/target-detail.ts";
import { targetRows } from "../src/widgets/target-rows.ts";
import { after, noon, rigAfter, running } from "./rig-fixture.ts";
import { events, flow, known, parsed, rigOf, sender, written } from "./targets-fixture.ts";

const states = (rig: ReturnType<typeof rigAfter>) => targetRows(rig, noon).map(({ name, word }) => `${name} ${word}`);

describe("the rows of the targets", () => {
  it("adds up what several workers send, and has each alone", () => {
    let rig = rigAfter(events, noon);
    const more = (name: string, sent: number): void => {
      rig = after(rig, { type: "state", name, state: { status: "running", pid: 4711, telemetry: { targets: [flow("default", 9000, { sent })] } } }, noon + 1000);
    };
    more("audio_analyzer", 160);
    more("lyrics_fetcher", 102);
    const [row] = targetRows(rig, noon);
    expect(row?.flow).toMatchObject({ sent: 262, rate: 62 });
    expect(row?.senders.map(([worker, { rate }]) => `${worker} ${rate}`)).toEqual(["audio_analyzer 60", "lyrics_fetcher 2"]);
  });

  it("keeps two targets at one place apart by their names", () => {
    const targets = parsed([{ name: "one", port: 7000 }, { name: "two", port: 7000 }]);
    const rig = rigAfter([...sender("hello", [flow("one", 7000, { sent: 5 }), flow("two", 7000, { sent: 9 })]), known({ list: { targets, from: "file", file: "f", revision: "r" } })]);
    expect(targetRows(rig, noon).map(({ flow: found }) => found?.sent)).toEqual([5, 9]);
  });

  it("says of each what it does, since when, and what helps", () => {
    const rows = targetRows(rigOf(), noon);
    expect(rows.map(({ word }) => word)).toEqual(["sends", "nobody listens", "off"]);
    expect(rows[1]?.detail).toMatch(/nobody listens on 127\.0\.0\.1:7000 since [\d:]+ \(3 min\); start its program and let it receive OSC on port 7000, or e changes the port/);
    expect(rows[2]?.detail).toContain("space switches it on");
  });

  it.each([
    ["unreachable", { phase: "failed" }, /cannot be reached since .*tried again every 5 s; check the network and the host/],
    ["opening", { phase: "opening" }, /is being looked up/],
    ["nobody listens", { listening: false }, /nobody listens/],
    ["sends", {}, /being measured/],
  ])("has words for a target that is %s", (word, more, detail) => {
    const rig = rigAfter([...sender("hello", [flow("default", 9000, more)]), known()]);
    expect(targetRows(rig, noon)[0]).toMatchObject({ word, detail: expect.stringMatching(detail) });
  });

  it("says when nothing runs, and when no worker has followed the list yet", () => {
    expect(targetRows(rigAfter([known()]), noon)[0]).toMatchObject({ word: "no sender", detail: expect.stringContaining("w starts them") });
    expect(targetRows(rigAfter([...running("hello"), known()]), noon)[0]).toMatchObject({ word: "no sender", detail: expect.stringContaining("follow the list within a second") });
  });

  it("shows a change at once, and that it is being saved", () => {
    const ahead = written.map((target) => (target.name === "wall" ? { ...target, enabled: true } : target));
    expect(states(rigOf(known({ ahead })))).toEqual(["default sends", "resolume nobody listens", "wall saving"]);
  });

  it("shows what workers send to beside the list, and without any list", () => {
    expect(states(rigOf(...sender("hello", [flow("stray", 1234)])))).toContain("stray sends");
    const alone = rigAfter(sender("hello", [flow("stray", 1234)]));
    expect(targetRows(alone, noon)[0]).toMatchObject({ written: undefined, detail: expect.stringContaining("not known without a process manager") });
  });

  it("leaves out senders that are gone", () => {
    const rig = rigOf({ type: "disconnected", name: "audio_analyzer" }, { type: "disconnected", name: "lyrics_fetcher" });
    expect(targetRows(rig, noon)[0]).toMatchObject({ flow: undefined, word: "no sender" });
  });

  it("shows which address the test pattern moves", () => {
    const rig = rigOf({ type: "targets", part: { ...unknownTargets, list: known().type === "targets" ? rigOf().targets.list : undefined, trial: { name: "default", kind: "test", address: "/audio/hit/kick" } } });
    expect(targetRows(rig, noon)[0]).toMatchObject({ word: "test pattern", detail: "the test pattern moves /audio/hit/kick; t ends it" });
  });

  it("names everything that a target does not get, or gets otherwise", () => {
    const [target] = parsed([{ name: "a", port: 1, only: ["/audio/*"], not: ["/audio/beat"], rate: 20, on_change: true, rename: [{ from: "/a", to: "/b" }], prefix: "/vj", text: "ascii", safe: true }]);
    const rig = rigAfter([known({ list: { targets: target === undefined ? [] : [target], from: "file", file: "f", revision: "r" } })]);
    const [row] = targetRows(rig, noon);
    if (row === undefined) throw new Error("there is no row");
    expect(passText(row)).toBe("flash guard on: at most three flashes a second · only /audio/* · drops /audio/beat · at most 20/s of each address · only what has changed · 1 renamed: /a → /b · prefix /vj · text in plain letters");
  });
});
