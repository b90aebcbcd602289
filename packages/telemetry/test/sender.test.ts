import { createSocket } from "node:dgram";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { contractOsc, defineOscTable, int, limits, targetSchema, text } from "@vj/schema";
import type { Target } from "@vj/schema";
import { waitFor } from "@vj/test-kit";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Telemetry, TelemetryOptions } from "../src/index.ts";
import { createReceiver, createTelemetry, maxSubscriptions } from "../src/index.ts";
import { collect } from "./collect.ts";
import type { Collector } from "./collect.ts";

const table = defineOscTable({
  "/state": { args: [int("n")], kind: "state", description: "" },
  "/other": { args: [int("n")], kind: "state", description: "" },
  "/stream": { args: [int("n")], kind: "stream", rate: 60, description: "" },
  "/list/reset": { args: [], kind: "event", description: "", list: { name: "list", role: "reset" } },
  "/list/item": { args: [int("n")], kind: "event", description: "", list: { name: "list", role: "item" } },
  "/long": { args: [text("words")], kind: "event", description: "" },
});

const open: Telemetry[] = [];
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const telemetry of open.splice(0)) void telemetry.close();
});

function create(targets: readonly Target[], options: Partial<TelemetryOptions> = {}): Telemetry {
  const telemetry = createTelemetry({ table, targets, ...options });
  open.push(telemetry);
  return telemetry;
}

const to = ({ host, port }: Collector, name = "t"): Target => targetSchema.parse({ name, host, port });

describe("targets", () => {
  it("get every message in order, from the very first", async () => {
    await using one = await collect();
    await using two = await collect();
    const telemetry = create([to(one), to(two, "u")]);
    for (let n = 0; n < 50; n += 1) telemetry.send("/stream", [n]);
    await Promise.all([one, two].map(({ arrived }) => arrived(50)));
    expect(one.messages).toEqual(Array.from({ length: 50 }, (_, n) => ["/stream", n]));
    expect(two.messages).toEqual(one.messages);
    await waitFor("counts", () => telemetry.stats().targets.every(({ sent }) => sent === 50));
    expect(telemetry.stats().targets).toMatchObject([
      { name: "t", port: one.port, phase: "open", errors: 0, dropped: 0, refused: 0 },
      { name: "u", port: two.port },
    ]);
  });

  it("get nothing while it is muted, and what they missed of states and lists afterwards", async () => {
    await using one = await collect();
    const telemetry = create([to(one)]);
    telemetry.send("/state", [1]);
    await one.arrived(1);
    const [first, second] = [telemetry.mute(), telemetry.mute()];
    telemetry.send("/state", [2]);
    telemetry.send("/stream", [3]);
    telemetry.setTargets([to(one), to(one, "u")]);
    first();
    first();
    telemetry.send("/stream", [4]);
    telemetry.setTargets([to(one)]);
    second();
    telemetry.send("/stream", [5]);
    await one.arrived(3);
    expect(one.messages).toEqual([["/state", 1], ["/state", 2], ["/stream", 5]]);
  });

  it("one of them gets nothing while its place is muted, the others everything", async () => {
    await using one = await collect();
    await using two = await collect();
    const telemetry = create([to(one), to(two, "u")]);
    telemetry.send("/state", [1]);
    await Promise.all([one.arrived(1), two.arrived(1)]);
    const [end, all] = [telemetry.mute({ host: "127.0.0.1", port: one.port }), telemetry.mute()];
    telemetry.send("/stream", [2]);
    all();
    await two.arrived(2);
    telemetry.setTargets([to(one, "renamed"), to(two, "u")]);
    telemetry.send("/stream", [3]);
    telemetry.send("/state", [4]);
    await two.arrived(4);
    expect(one.messages).toEqual([["/state", 1]]);
    end();
    telemetry.send("/stream", [5]);
    await Promise.all([one.arrived(3), two.arrived(5)]);
    expect(one.messages).toEqual([["/state", 1], ["/state", 4], ["/stream", 5]]);
    expect(two.messages).toEqual([["/state", 1], ["/state", 1], ["/stream", 3], ["/state", 4], ["/stream", 5]]);
  });

  it("may be switched off, replaced and added while running; new ones get the state", async () => {
    await using one = await collect();
    await using two = await collect();
    const telemetry = create([to(one)]);
    telemetry.send("/state", [1]);
    await one.arrived(1);
    telemetry.setTargets([{ ...to(one), enabled: false }, to(two)]);
    await two.arrived(1);
    expect(telemetry.stats().targets.map(({ port }) => port)).toEqual([two.port]);
    telemetry.send("/state", [2]);
    telemetry.send("/stream", [7]);
    await two.arrived(3);
    telemetry.setTargets([to(one), to(two)]);
    await one.arrived(2);
    // It got the current state, and none of the messages sent while it was off.
    expect(one.messages).toEqual([["/state", 1], ["/state", 2]]);
    expect(two.messages).toEqual([["/state", 1], ["/state", 2], ["/stream", 7]]);
  });

  it("lose nothing and open nothing while the view of another changes a thousand times", async () => {
    await using one = await collect();
    await using two = await collect();
    const telemetry = create([to(one), to(two, "u")]);
    await telemetry.settled();
    const before = readdirSync("/dev/fd").length;
    const { host, port } = two;
    for (let n = 0; n < 1000; n += 1) {
      telemetry.setTargets([to(one), targetSchema.parse({ name: "u", host, port, shape: n % 2 === 0 ? "flat" : "packed", prefix: `/n${n % 7}`, rate: 1 + (n % 50), safe: n % 3 === 0 })]);
      telemetry.send("/stream", [n]);
      if (n % 50 === 49) await one.arrived(n + 1);
    }
    expect(one.messages).toEqual(Array.from({ length: 1000 }, (_, n) => ["/stream", n]));
    expect(readdirSync("/dev/fd").length).toBeLessThanOrEqual(before);
    await waitFor("counts", () => telemetry.stats().targets.every(({ sent }) => sent >= 100));
    expect(telemetry.stats().targets).toMatchObject([{ name: "t", dropped: 0, errors: 0 }, { name: "u", shape: "packed" }]);
  });

  it("begin anew with the states when they see them otherwise", async () => {
    await using one = await collect();
    const telemetry = create([to(one)]);
    telemetry.send("/state", [1]);
    await one.arrived(1);
    const { host, port } = one;
    telemetry.setTargets([targetSchema.parse({ name: "t", host, port, prefix: "/here" })]);
    await one.arrived(2);
    expect(one.messages).toEqual([["/state", 1], ["/here/state", 1]]);
  });

  it("that come back after a change of their view get everything in the new one", async () => {
    const one = await collect();
    const { host, port } = one;
    const telemetry = create([to(one)]);
    telemetry.send("/state", [1]);
    await one.arrived(1);
    telemetry.setTargets([targetSchema.parse({ name: "t", host, port, prefix: "/new" })]);
    await one.arrived(2);
    await one[Symbol.asyncDispose]();
    await waitFor("the refusal", () => {
      telemetry.send("/stream", [0]);
      return telemetry.stats().targets[0]?.listening === false;
    });
    const again: string[] = [];
    await using receiver = await createReceiver({ host, port });
    receiver.on("message", ({ address }) => again.push(address));
    await waitFor("the state", () => {
      telemetry.send("/stream", [1]);
      return again.some((address) => address.endsWith("/state"));
    });
    expect(again.filter((address) => !address.startsWith("/new/"))).toEqual([]);
  });

  it("keep socket and counts when the new list still has them", async () => {
    await using one = await collect();
    const telemetry = create([to(one)]);
    telemetry.send("/stream", [1]);
    await one.arrived(1);
    await waitFor("count", () => telemetry.stats().targets[0]?.sent === 1);
    telemetry.setTargets([to(one), to(one)]);
    expect(telemetry.stats().targets).toMatchObject([{ sent: 1 }]);
  });

  it("may be names, IPv6 and broadcast addresses", async () => {
    await using v4 = await collect();
    await using v6 = await collect("::1");
    const telemetry = create([to({ ...v4, host: "localhost" }), to(v6), to({ ...v4, host: "127.255.255.255" }, "b")]);
    telemetry.send("/stream", [1]);
    await v4.arrived(1);
    await v6.arrived(1);
    await waitFor("broadcast", () => telemetry.stats().targets.every(({ sent, errors }) => sent === 1 && errors === 0));
  });

  it("count a port where nothing listens as refused, not as an error", async () => {
    const gone = createSocket("udp4").bind(0, "127.0.0.1");
    await once(gone, "listening");
    const { port } = gone.address();
    gone.close();
    const problems: string[] = [];
    const telemetry = create([{ name: "gone", host: "127.0.0.1", port, enabled: true }], { onProblem: (text) => problems.push(text) });
    await waitFor("a refusal", () => {
      telemetry.send("/stream", [1]);
      return (telemetry.stats().targets[0]?.refused ?? 0) > 3;
    });
    expect(telemetry.stats().targets[0]).toMatchObject({ phase: "open", listening: false, errors: 0, dropped: 0 });
    expect(problems).toEqual([]);
  });

  it("get the state when they begin to listen", async () => {
    const before = await createReceiver();
    const { port } = before;
    await before.close();
    const telemetry = create([{ name: "sketch", host: "127.0.0.1", port, enabled: true }]);
    telemetry.send("/list/reset", []);
    telemetry.send("/state", [7]);
    await waitFor("a refusal", () => {
      telemetry.send("/stream", [0]);
      return telemetry.stats().targets[0]?.listening === false;
    });
    const seen: string[] = [];
    const after = await createReceiver({ port });
    after.on("message", ({ address }) => seen.push(address));
    await waitFor("the state", () => {
      telemetry.send("/stream", [1]);
      return seen.includes("/state");
    });
    await after.close();
    expect(seen).toEqual(expect.arrayContaining(["/list/reset", "/state"]));
  });

  it("get lists and states when they begin to listen, although nothing is sent any more", async () => {
    const before = await createReceiver();
    const { port } = before;
    await before.close();
    const telemetry = create([{ name: "sketch", host: "127.0.0.1", port, enabled: true }]);
    telemetry.send("/list/reset", []);
    telemetry.send("/state", [7]);
    await waitFor("a refusal", () => telemetry.stats().targets[0]?.listening === false);
    const seen: string[] = [];
    const after = await createReceiver({ port });
    after.on("message", ({ address }) => seen.push(address));
    await waitFor("the list", () => seen.includes("/list/reset"));
    await after.close();
    expect(seen.lastIndexOf("/state")).toBeGreaterThan(seen.indexOf("/list/reset"));
  });

  it("that cannot be resolved or reached are reported, without harm to the others", async () => {
    await using one = await collect();
    await using received = await collect();
    const problems: string[] = [];
    const nowhere: Target = { name: "x", host: "no-such-host.invalid", port: 9000, enabled: true };
    // The kernel has no route to this address, as to a network that is off: it needs an interface.
    const noWay: Target = { name: "y", host: "fe80::1", port: 9000, enabled: true };
    const telemetry = create([nowhere, noWay, to(one), to({ ...received, host: "127.255.255.255" }, "broadcast")], { onProblem: (text) => problems.push(text) });
    telemetry.send("/stream", [1]);
    await one.arrived(1);
    await telemetry.settled();
    telemetry.send("/stream", [2]);
    await one.arrived(2);
    await waitFor("the broadcast", () => telemetry.stats().targets[3]?.sent === 2);
    expect(telemetry.stats().targets[3]?.address).toBe("127.255.255.255");
    for (const target of telemetry.stats().targets.slice(0, 2)) expect(target).toMatchObject({ phase: "failed", address: null, sent: 0, dropped: 2 });
    expect(problems.toSorted()).toEqual([expect.stringMatching(/^\[fe80::1\]:9000 cannot be reached: /), expect.stringMatching(/^no-such-host\.invalid:9000 cannot be reached: /)]);
  });
});

describe("a message that cannot be sent", () => {
  it("is refused with a reason, reported once", async () => {
    await using one = await collect();
    const problems: string[] = [];
    const telemetry = create([to(one)], { onProblem: (text) => problems.push(text) });
    for (let n = 0; n < 100; n += 1) telemetry.send("/state", [n + 0.5]);
    telemetry.send("/unknown", []);
    telemetry.send("constructor", []);
    telemetry.send("/state", [7]);
    expect(await one.arrived(1)).toEqual([["/state", 7]]);
    expect(telemetry.stats().rejected).toBe(102);
    expect(problems).toEqual([
      "not sent: /state: n must be a whole number of 32 bits, got 0.5",
      "not sent: /unknown is not in the OSC table: declare it first",
    ]);
  });

  it("is dropped and counted when it does not fit a datagram", async () => {
    await using one = await collect();
    const problems: string[] = [];
    const telemetry = create([to(one)], { onProblem: (text) => problems.push(text) });
    telemetry.send("/long", ["x".repeat(limits.datagramBytes)]);
    telemetry.send("/long", ["x".repeat(limits.datagramBytes - 20)]);
    await one.arrived(1);
    expect(telemetry.stats().targets[0]).toMatchObject({ dropped: 1 });
    expect(problems).toEqual([expect.stringMatching(/\/long has 1488 bytes, a datagram 1472/)]);
  });

  it("goes nowhere after close, quietly", () => {
    const telemetry = create([]);
    void telemetry.close();
    telemetry.send("/state", [1]);
    telemetry.setTargets([{ name: "t", host: "127.0.0.1", port: 9, enabled: true }]);
    expect(telemetry.stats().targets).toEqual([]);
    expect(() => telemetry.subscribe({ host: "127.0.0.1", port: 9 })).toThrow("closed");
  });
});

describe("subscriptions", () => {
  it("get no more of a stream than can be sent in time, but every state; targets get everything", async () => {
    const telemetry = create([targetSchema.parse({ name: "t", port: 9 })]);
    await Promise.all([telemetry.settled(), telemetry.subscribe({ host: "127.0.0.1", port: 9 }).sourcePort]);
    // All in one moment.
    vi.spyOn(performance, "now").mockReturnValue(performance.now());
    for (let n = 0; n < 1500; n += 1) telemetry.send("/stream", [n]);
    const { dropped } = telemetry.stats().subscriptions[0] ?? { dropped: 0 };
    expect(dropped).toBeGreaterThanOrEqual(500);
    for (let n = 0; n < 10; n += 1) telemetry.send("/state", [n]);
    expect(telemetry.stats()).toMatchObject({ subscriptions: [{ dropped }], targets: [{ dropped: 0 }] });
  });

  it("begin with the lists, reset first, and the current states", async () => {
    await using late = await collect();
    const telemetry = create([]);
    telemetry.send("/state", [1]);
    telemetry.send("/list/reset", []);
    telemetry.send("/list/item", [100]);
    telemetry.send("/list/reset", []);
    telemetry.send("/list/item", [0]);
    telemetry.send("/list/item", [1]);
    telemetry.send("/stream", [5]);
    telemetry.send("/state", [2]);
    telemetry.subscribe(late);
    telemetry.send("/list/item", [2]);
    await late.arrived(5);
    expect(late.messages).toEqual([["/list/reset"], ["/list/item", 0], ["/list/item", 1], ["/state", 2], ["/list/item", 2]]);
  });

  it("do not get forgotten states", async () => {
    await using late = await collect();
    const telemetry = create([]);
    telemetry.send("/state", [1]);
    telemetry.send("/other", [2]);
    telemetry.forget("/state");
    telemetry.subscribe(late);
    telemetry.send("/stream", [3]);
    expect(await late.arrived(2)).toEqual([["/other", 2], ["/stream", 3]]);
  });

  it("get only the addresses they ask for", async () => {
    await using late = await collect();
    const telemetry = create([]);
    telemetry.send("/state", [1]);
    telemetry.send("/other", [1]);
    telemetry.subscribe({ ...late, addresses: ["/st*"] });
    telemetry.send("/other", [2]);
    telemetry.send("/stream", [3]);
    expect(await late.arrived(2)).toEqual([["/state", 1], ["/stream", 3]]);
  });

  it("get the states again every ten seconds as targets, too", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await using target = await collect();
    const telemetry = create([to(target)]);
    telemetry.send("/state", [1]);
    telemetry.send("/list/item", [1]);
    await target.arrived(2);
    vi.advanceTimersByTime(limits.stateResendMs);
    await target.arrived(3);
    expect(target.messages).toEqual([["/state", 1], ["/list/item", 1], ["/state", 1]]);
    telemetry.setTargets([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("get the states again every ten seconds", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    await using late = await collect();
    const telemetry = create([]);
    telemetry.send("/state", [1]);
    telemetry.send("/other", [1]);
    telemetry.send("/list/item", [1]);
    const { end: undo } = telemetry.subscribe({ ...late, addresses: ["/state", "/list/item"] });
    await late.arrived(2);
    vi.advanceTimersByTime(limits.stateResendMs);
    vi.advanceTimersByTime(limits.stateResendMs);
    await late.arrived(4);
    expect(late.messages).toEqual([["/list/item", 1], ["/state", 1], ["/state", 1], ["/state", 1]]);
    undo();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("end when they are asked to", async () => {
    await using late = await collect();
    await using target = await collect();
    const telemetry = create([to(target)]);
    const { end: undo } = telemetry.subscribe(late);
    telemetry.send("/stream", [1]);
    await late.arrived(1);
    expect(telemetry.stats().subscriptions).toHaveLength(1);
    undo();
    telemetry.send("/stream", [2]);
    await target.arrived(2);
    expect(late.messages).toEqual([["/stream", 1]]);
    expect(telemetry.stats().subscriptions).toEqual([]);
  });

  it("are bounded", () => {
    const telemetry = create([]);
    for (let n = 0; n < maxSubscriptions; n += 1) telemetry.subscribe({ host: "127.0.0.1", port: 9 });
    expect(() => telemetry.subscribe({ host: "127.0.0.1", port: 9 })).toThrow("256 telemetry subscriptions already");
  });

  it("limit a list and report that", async () => {
    await using late = await collect();
    const problems: string[] = [];
    const telemetry = create([], { onProblem: (text) => problems.push(text) });
    for (let n = 0; n < 2100; n += 1) telemetry.send("/list/item", [n]);
    telemetry.send("/state", [1]);
    telemetry.subscribe(late);
    await late.arrived(2001);
    expect(late.messages.at(-2)).toEqual(["/list/item", 1999]);
    expect(late.messages.at(-1)).toEqual(["/state", 1]);
    expect(problems).toEqual(["the list of /list/item is full: late joiners will miss its end"]);
  });
});

it("reaches the receiver with every address of the contract", async () => {
  await using one = await collect();
  const telemetry = create([to(one)], { table: contractOsc });
  telemetry.send("/karaoke/track", [1, "spotify", "A", "T", "", 2, 0]);
  expect(await one.arrived(1)).toEqual([["/karaoke/track", 1, "spotify", "A", "T", "", 2, 0]]);
});
