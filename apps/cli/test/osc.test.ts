import type { LatestEntry } from "@vj/telemetry";
import { createReceiver, decode, Latest, nextFreePort } from "@vj/telemetry";
import type { OscMessage } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { aggregateLines } from "../src/osc/aggregate-view.ts";
import { TeeGuard } from "../src/osc/tee-guard.ts";
import { parseMessage } from "../src/osc/parse-message.ts";
import { parseHost, parsePlace } from "../src/osc/place.ts";
import { VjRig } from "./vj-rig.ts";

function message(address: string, ...words: string[]): OscMessage {
  const decoded = decode(parseMessage(address, words));
  const [first] = decoded.ok ? decoded.messages : [];
  if (first === undefined) throw new Error("not one message");
  return first;
}

describe("a message that is typed", () => {
  it("has the types that its words look like, or say", () => {
    const { tags, args } = message("/a/b", "7", "7.0", "-1e3", "seven", "", "i:8", "f:8", "s:8", "s:");
    expect([tags, ...args]).toEqual(["iffssifss", 7, 7, -1000, "seven", "", 8, 8, "8", ""]);
  });

  it.each([["a", []], ["/a b", []], ["/a*", []], ["/a", ["i:1.5"]], ["/a", ["i:x"]], ["/a", ["99999999999"]], ["/a", ["f:nan"]]])("refuses %s %j", (address, words) => {
    expect(() => parseMessage(address, words)).toThrow(/OSC address|must be|not a number/);
  });

  it("goes to a host and a port", () => {
    expect([parsePlace("9000"), parsePlace("lamp.local:7000"), parsePlace("[::1]:1")]).toMatchObject([{ host: "127.0.0.1", port: 9000 }, { host: "lamp.local", port: 7000 }, { host: "::1", port: 1 }]);
    for (const bad of ["", "x", "x:", "x:0", "x:70000", "a:1,b:2"]) expect(() => parsePlace(bad)).toThrow(/is not a place: ./);
    expect(["[::1]", "127.1", "LOCALHOST"].map(parseHost)).toEqual(["::1", "127.0.0.1", "localhost"]);
    expect(() => parseHost("127.0.0.1:9000")).toThrow('"127.0.0.1:9000" is not a host: write the name or the address alone, and the port as port');
  });
});

describe("the live screen", () => {
  const entries = (now: number): LatestEntry[] => {
    const latest = new Latest();
    for (let n = 0; n <= 60; n += 1) latest.update(message("/b/level", "0.5"), n * 20);
    latest.update(message("/a/name", "x y"), 0);
    latest.update(message("/c", "1"), 0);
    latest.update(message("/c", "1.5"), 10);
    return latest.entries(now);
  };

  it("has a line per address with rate, count, types and values, and marks a change of type", () => {
    expect(aggregateLines(entries(1200), { columns: 80, rows: 24 }, 1200)).toEqual([
      "ADDRESS   RATE   COUNT  TYPES      LAST",
      '/a/name   0.0/s  1      s          "x y"',
      "/b/level  50/s   61     f          0.5",
      "/c        0.0/s  2      f (was i)  1.5",
      "3 addresses, 50 messages a second; ctrl-c ends",
    ]);
    expect(aggregateLines(entries(1200).slice(0, 1).map((entry) => ({ ...entry, rate: 1 })), { columns: 80, rows: 24 }, 1200).at(-1)).toBe("1 address, 1 message a second; ctrl-c ends");
    expect(aggregateLines(entries(9000), { columns: 80, rows: 24 }, 9000)[1]).toContain("still");
  });

  it("fits its terminal, and says what it does not show", () => {
    const lines = aggregateLines(entries(1200), { columns: 30, rows: 4 }, 1200);
    expect(lines).toHaveLength(4);
    expect(lines.filter((line) => line.length > 30)).toEqual([]);
    expect(aggregateLines(entries(1200), { columns: 80, rows: 4 }, 1200).at(-1)).toContain("1 more");
    expect(aggregateLines(entries(1200), { columns: 120, rows: 24 }, 1200, { overflow: 7 }).at(-1)).toContain("too many addresses: 7 messages left out");
    const dropped = [{ sender: "10.0.0.2:9", reason: "an empty packet", count: 1 }, { sender: "10.0.0.3:9", reason: "not \u001B[2JOSC", count: 5 }];
    const withDrops = aggregateLines(entries(1200), { columns: 120, rows: 4 }, 1200, { dropped });
    expect(withDrops).toHaveLength(4);
    expect(aggregateLines([], { columns: 80, rows: 24 }, 0, { problem: "no worker is running yet" }).slice(-2)).toEqual(["0 addresses, 0 messages a second; ctrl-c ends", "no worker is running yet"]);
    expect(withDrops.at(-1)).toMatch(/^6 packets dropped, 5 of them from 10\.0\.0\.3:9: not [^\u001B]*OSC$/);
  });

  it("keeps room for the values beside very many types", () => {
    const [entry] = entries(1200);
    const line = aggregateLines(entry === undefined ? [] : [{ ...entry, message: { ...entry.message, address: "/many", tags: "f".repeat(300), args: [0.5] } }], { columns: 80, rows: 24 }, 1200)[1];
    expect(line).toMatch(/^\/many .* f{10}… \(300\) {2}0\.5$/);
  });
});

describe("a tee", () => {
  const packet = Buffer.from("/a\0\0,\0\0\0");

  it("finds out that it is part of a circle, and passes nothing on then", () => {
    const guards = [new TeeGuard(), new TeeGuard(), new TeeGuard()];
    const queue: [Uint8Array, number][] = [[packet, 0]];
    let passes = 0;
    for (let next = queue.shift(); next !== undefined && passes < 100_000; next = queue.shift()) {
      const [bytes, at] = next;
      passes += 1;
      for (const out of guards[at]?.pass(bytes, passes / 10) ?? []) queue.push([out, (at + 1) % 3]);
    }
    expect(guards.some(({ circle }) => circle)).toBe(true);
    expect(passes).toBeLessThan(10_000);
  });

  it("adds nothing to 900 packets a second, and one packet without content to more", () => {
    const guard = new TeeGuard();
    const calm = Array.from({ length: 5000 }, (_, n) => guard.pass(packet, n / 0.9));
    expect(calm.every(({ length }) => length === 1)).toBe(true);
    const more = Array.from({ length: 3000 }, () => guard.pass(packet, 10_000)).filter(({ length }) => length > 1);
    expect(more.map(([, probe]) => decode(probe ?? packet))).toEqual([{ ok: true, messages: [] }]);
    expect(guard.circle).toBe(false);
  });
});

it("vj osc --tee passes every packet on as it came; vj osc send sends, or says that nobody listens", async () => {
  await using rig = new VjRig();
  const port = await nextFreePort("udp", 30_000 + Math.floor(Math.random() * 20_000));
  const packets: number[] = [];
  await using receiver = await createReceiver();
  receiver.on("packet", (bytes) => packets.push(bytes.byteLength));
  const tee = rig.start("osc", "--port", String(port), "--tee", `127.0.0.1:${receiver.port}`, "--filter", "/{a,b}/[12]", "--json");
  await tee.printed(/passing every packet on/);
  for (const address of ["/a/1", "/c/1", "/b/3", "/b/2"]) expect(await rig.run("osc", "send", String(port), address, "0.5")).toMatchObject({ code: 0, stdout: expect.stringContaining("bytes sent") });
  await waitFor("all four behind it", () => packets.length === 4);
  await tee.printed(/"\/b\/2"/);
  const lines = tee.output().trim().split("\n").filter((line) => line.startsWith("{"));
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([{ address: "/a/1", tags: "f", args: [0.5] }, { address: "/b/2" }]);
  await tee[Symbol.asyncDispose]();
  expect(await rig.run("osc", "send", String(port), "/a", "1")).toMatchObject({ code: 1, stderr: expect.stringContaining("nobody listens") });
  expect(await rig.run("osc", "--filter", "/a/[1-3")).toMatchObject({ code: 64 });
  expect(await rig.run("osc", "--tee", "9001")).toMatchObject({ code: 64, stderr: expect.stringContaining("vj target add") });
});
