import { describe, expect, it } from "vitest";
import { Latest } from "../src/index.ts";

const message = (address: string, tags = "i") => ({ address, tags, args: [1] });

describe("latest", () => {
  it("counts, and remembers when", () => {
    const latest = new Latest();
    latest.update(message("/a"), 1000);
    latest.update(message("/a"), 1500);
    expect(latest.get("/a", 1500)).toMatchObject({ count: 2, receivedAt: 1500, rate: 0, changedFrom: undefined });
  });

  it("measures the rate between messages, so that slow streams do not flicker", () => {
    const latest = new Latest();
    for (let n = 0; n <= 150; n += 1) latest.update(message("/fast"), (n * 1000) / 60);
    for (let n = 0; n <= 3; n += 1) latest.update(message("/slow"), n * 2000);
    expect(latest.get("/fast", 2500)?.rate).toBeCloseTo(60, 5);
    expect(latest.get("/slow", 6000)?.rate).toBeCloseTo(0.5, 5);
  });

  it("lets the rate fall when a stream stops", () => {
    const latest = new Latest();
    for (let n = 0; n <= 100; n += 1) latest.update(message("/a"), n * 100);
    expect(latest.get("/a", 10_500)?.rate).toBeCloseTo(10, 5);
    expect(latest.get("/a", 15_000)?.rate).toBeCloseTo(0.2, 5);
  });

  it("survives a clock that is set back", () => {
    const latest = new Latest();
    latest.update(message("/a"), 1_000_000);
    for (let n = 0; n <= 20; n += 1) latest.update(message("/a"), n * 100);
    expect(latest.get("/a", 2000)?.rate).toBeCloseTo(10, 5);
  });

  it("notices that a type changed", () => {
    const latest = new Latest();
    latest.update(message("/a", "i"), 0);
    latest.update(message("/a", "f"), 1);
    latest.update(message("/a", "f"), 2);
    expect(latest.get("/a", 2)).toMatchObject({ changedFrom: "i", message: { tags: "f" } });
  });

  it("keeps a bounded number of addresses", () => {
    const latest = new Latest(2);
    for (const address of ["/a", "/b", "/c", "/a", "/c"]) latest.update(message(address), 0);
    expect([latest.size, latest.overflow]).toEqual([2, 2]);
    expect(latest.entries(0).map(({ count }) => count)).toEqual([2, 1]);
  });

  it("forgets what was silent for 30 s where there is no room: a flood that is over keeps nothing out", () => {
    const latest = new Latest(3);
    for (const address of ["/flood/1", "/flood/2", "/state"]) latest.update(message(address), 0);
    latest.update(message("/state"), 20_000);
    latest.update(message("/new"), 29_000);
    expect([latest.get("/new", 29_000), latest.overflow]).toEqual([undefined, 1]);
    latest.update(message("/new"), 31_000);
    latest.update(message("/other"), 31_000);
    latest.update(message("/more"), 31_500);
    expect(latest.entries(31_500).map((entry) => entry.message.address)).toEqual(["/state", "/new", "/other"]);
    expect(latest.overflow).toBe(2);
  });
});
