import { defineOscTable, flag, placed, text, unit } from "@vj/schema";
import { fc } from "@vj/test-kit/properties";
import { describe, expect, it } from "vitest";
import type { CheckedMessage } from "../../src/index.ts";
import { Pace } from "../../src/view/pace.ts";
import { checked } from "./checked.ts";

const table = defineOscTable({
  "/level": { args: [unit("level")], kind: "stream", description: "" },
  "/hit": { args: [placed(unit("kick"), { light: "flash" })], kind: "stream", description: "" },
  "/beat": { args: [flag("beat"), unit("flux")], kind: "stream", description: "" },
  "/name": { args: [text("name")], kind: "state", description: "" },
});
const message = (address: keyof typeof table, ...values: (number | string)[]): CheckedMessage => checked(address, values, table);

/** What goes out, with its time, of messages 1/60 s apart; a timer looks every millisecond. */
function run(pace: Pace, messages: readonly CheckedMessage[], afterMs = 1000): [at: number, message: CheckedMessage][] {
  const sent: [number, CheckedMessage][] = [];
  const end = (messages.length * 1000) / 60 + afterMs;
  let next = 0;
  for (let now = 0; now <= end; now += 1) {
    while (next < messages.length && (next * 1000) / 60 <= now) {
      const one = messages[next];
      if (one !== undefined && pace.admit(one, now)) sent.push([now, one]);
      next += 1;
    }
    for (const one of pace.due(now)) sent.push([now, one]);
  }
  return sent;
}

describe("pace", () => {
  it("makes 60 a second into exactly the rate, and sends the last value when the burst ends", () => {
    const levels = Array.from({ length: 601 }, (_, index) => message("/level", 0.1 + index / 1000));
    for (const rate of [1, 10, 24, 25, 30, 50]) {
      const sent = run(new Pace({ rate, on_change: false }), levels);
      expect(Math.abs(sent.length - rate * 10)).toBeLessThanOrEqual(2);
      expect(sent.at(-1)?.[1]).toBe(levels.at(-1));
    }
    expect(run(new Pace({ rate: 200, on_change: false }), levels)).toHaveLength(601);
  });

  it("lets every edge through at once: flags, and flashes of any strength", () => {
    const beats = Array.from({ length: 120 }, (_, index) => message("/beat", index % 7 === 0 ? 1 : 0, 0.5));
    const edges = beats.filter((one, index) => index > 0 && one.values[0] !== beats[index - 1]?.values[0]);
    const sent = run(new Pace({ rate: 1, on_change: false }), beats);
    for (const edge of edges) {
      const at = sent.find(([, one]) => one === edge)?.[0];
      expect(at).toBeDefined();
      expect(at).toBeLessThanOrEqual((beats.indexOf(edge) * 1000) / 60 + 1);
    }
    const hits = [0, 0.3, 0, 0, 0.2, 0].map((strength) => message("/hit", strength));
    const strengths = run(new Pace({ rate: 1, on_change: false }), hits, 0).map(([, one]) => one.values[0]);
    expect(strengths).toEqual([0, expect.closeTo(0.3), 0, expect.closeTo(0.2), 0]);
  });

  it("keeps streams that began together together, whatever edges come between", () => {
    const frames = Array.from({ length: 300 }, (_, index) => [message("/level", 0.1 + index / 1000), message("/beat", index % 29 === 0 ? 1 : 0, 0.1 + index / 1000)]).flat();
    const pace = new Pace({ rate: 10, on_change: false });
    const sent = frames.flatMap((one, index) => (pace.admit(one, (Math.floor(index / 2) * 1000) / 60) ? [{ frame: Math.floor(index / 2), address: one.address }] : []));
    const framesOf = (address: string): number[] => sent.filter((one) => one.address === address).map(({ frame }) => frame);
    expect(framesOf("/level")).toHaveLength(50);
    expect(framesOf("/beat")).toEqual(expect.arrayContaining(framesOf("/level")));
    const edges = framesOf("/beat").filter((frame) => frame % 29 < 2);
    expect(framesOf("/beat").filter((frame) => !edges.includes(frame)).every((frame) => framesOf("/level").includes(frame))).toBe(true);
  });

  it("leaves out what is the same, also when a held value has gone back to what was sent", () => {
    const same = [0.5, 0.5, 0.5, 0.7, 0.5, 0.5].map((level) => message("/level", level));
    expect(run(new Pace({ rate: undefined, on_change: true }), same).map(([, one]) => one)).toEqual([same[0], same[3], same[4]]);
    expect(run(new Pace({ rate: 10, on_change: true }), same).map(([, one]) => one)).toEqual([same[0]]);
  });

  it("never loses the last value of an address, nor a text", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 60 }), fc.double({ min: 0.5, max: 100, noNaN: true }), (levels, rate) => {
        const messages = levels.map((level) => message("/level", level));
        const sent = run(new Pace({ rate, on_change: true }), messages, 2100);
        expect(sent.at(-1)?.[1].values).toEqual(messages.at(-1)?.values);
      }),
      { numRuns: 50 },
    );
    const names = ["a", "b", "c"].map((name) => message("/name", name));
    expect(run(new Pace({ rate: 0.1, on_change: false }), names, 0)).toHaveLength(3);
  });
});
