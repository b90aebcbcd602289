import { describe, expect, it } from "vitest";
import { Latest, decode } from "../src/index.ts";

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

  it("keeps so many bytes: long messages of ever new addresses are counted, and make room after a while", () => {
    const long = (address: string) => {
      const decoded = decode(Buffer.concat([Buffer.from(`/${address}\0\0`), Buffer.from(",b\0\0\0\0\xea\x60", "latin1"), Buffer.alloc(60_000)]));
      if (!decoded.ok || decoded.messages[0] === undefined) throw new Error("the packet cannot be read");
      return decoded.messages[0];
    };
    const latest = new Latest();
    for (let n = 0; n < 2000; n += 1) latest.update(long(`a${1000 + n}`), 1000);
    expect(latest.size).toBe(559);
    expect(latest.overflow).toBe(2000 - 559);
    latest.update(message("/short"), 1000);
    latest.update(long("a1007"), 1001);
    expect(latest.get("/a1007", 1001)?.count).toBe(2);
    for (let n = 0; n < 100; n += 1) latest.update(long(`b${1000 + n}`), 60_000);
    expect(latest.size).toBe(100);
    latest.clear();
    for (let n = 0; n < 559; n += 1) latest.update(long(`c${1000 + n}`), 61_000);
    expect(latest.overflow).toBe(0);
  });
});
