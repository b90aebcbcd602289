import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { limits } from "@vj/schema";
import { tempDir, waitFor } from "@vj/test-kit";
import { connect, encodeFrame, serve } from "../src/index.ts";
import { createTraffic } from "../src/traffic.ts";
import type { ServeOptions, Traffic } from "../src/index.ts";
import { collectGarbage } from "../src/collect-garbage.ts";
import { clientsWithin, descriptorLimit } from "../src/descriptor-limit.ts";
import { createHeldBytes } from "../src/held-bytes.ts";
import { createLargeFrames } from "../src/large-frames.ts";

const echo: ServeOptions["onCommand"] = () => ({ type: "ack", success: true, message: null, data: null });

async function open(path: string): Promise<Socket> {
  const socket = connectSocket(path);
  await once(socket, "connect");
  socket.on("error", () => {});
  return socket;
}

/** The last message of the other side before it closed. */
async function lastWords(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => chunks.push(chunk));
  if (!socket.closed) await once(socket, "close");
  return Buffer.concat(chunks).toString("latin1");
}

const mebibyte = 1_048_576;

/** All but the last byte of a frame. */
const half = Buffer.alloc(4 + limits.frameBytes - 1, 32);
half.writeUInt32BE(limits.frameBytes);

/** @param bytes limit for the unfinished frames of all connections together */
function withRoomFor(bytes: number): Traffic {
  return { ...createTraffic(), received: createHeldBytes(bytes) };
}

describe("large frames", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("take turns: one per interval, first come, first served, and no more wait than may", () => {
    const turns = createLargeFrames(100, 2);
    const order: string[] = [];
    expect(turns.take()).toBe(true);
    expect(turns.take()).toBe(false);
    expect(turns.wait(() => order.push("a"))).toBe(true);
    expect(turns.wait(() => order.push("b"))).toBe(true);
    expect(turns.wait(() => order.push("c"))).toBe(false);
    vi.advanceTimersByTime(99);
    expect(order).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(order).toEqual(["a"]);
    expect(turns.take()).toBe(false);
    vi.advanceTimersByTime(100);
    expect(order).toEqual(["a", "b"]);
    vi.advanceTimersByTime(100);
    expect(turns.take()).toBe(true);
  });

  it("skip one that was forgotten", () => {
    const turns = createLargeFrames(100, 2);
    const order: string[] = [];
    const gone = (): void => void order.push("gone");
    turns.take();
    turns.wait(gone);
    turns.wait(() => order.push("stays"));
    turns.forget(gone);
    vi.advanceTimersByTime(100);
    expect(order).toEqual(["stays"]);
  });
});

describe("held bytes", () => {
  it("are measured again before any holder is evicted, and then the largest is", () => {
    const held = createHeldBytes(100);
    const evicted: string[] = [];
    const holder = (name: string, bytes: { now: number }) => ({ measure: () => bytes.now, evict: () => evicted.push(name) });
    const [small, large, stale] = [{ now: 30 }, { now: 60 }, { now: 0 }];
    held.note(holder("stale", stale), 90);
    held.note(holder("small", small), 30);
    expect(held.total).toBe(30);
    held.note(holder("large", large), 60);
    expect(evicted).toEqual([]);
    held.note(holder("another", { now: 20 }), 20);
    expect(evicted).toEqual(["large"]);
    expect(held.total).toBe(50);
  });

  it("leave no garbage behind when a burst is over", () => {
    vi.useFakeTimers();
    let collected = 0;
    const held = createHeldBytes(100, () => (collected += 1));
    const holder = { measure: () => 0, evict: () => {} };
    held.note(holder, 40);
    held.note(holder, 0);
    vi.advanceTimersByTime(60_000);
    expect(collected).toBe(0);
    for (let i = 0; i < 10; i++) {
      held.note(holder, 60);
      held.note(holder, 0);
    }
    held.note(holder, 20);
    vi.advanceTimersByTime(60_000);
    expect(collected).toBe(0);
    held.note(holder, 0);
    vi.advanceTimersByTime(60_000);
    expect(collected).toBe(1);
    vi.useRealTimers();
    expect(collectGarbage).not.toThrow();
  });
});

describe("the limit of descriptors", () => {
  it("leaves room for clients and for the process itself", () => {
    expect(clientsWithin(undefined)).toBe(limits.connections);
    expect(clientsWithin(1_048_576)).toBe(limits.connections);
    expect(clientsWithin(1024)).toBe(704);
    expect(clientsWithin(256)).toBe(128);
    expect(clientsWithin(20)).toBe(limits.fewestConnections);
  });

  it.skipIf(process.platform !== "linux")("is the limit of the system", () => {
    expect(descriptorLimit()).toBeGreaterThan(0);
  });
});

describe("a server whose clients hold memory", () => {
  it("ends a frame that is not finished in time, with the reason, and serves the others", async () => {
    await using dir = tempDir();
    const problems: string[] = [];
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo, traffic: createTraffic(), onProblem: ({ code }) => problems.push(code) });
    const client = await connect(server.path);
    const slow = await open(server.path);
    const frame = encodeFrame({ type: "command", cmd: "x" });
    const begun = performance.now();
    slow.write(frame);
    slow.write(frame.subarray(0, 6));
    const drip = setInterval(() => slow.writable && slow.write("x"), 1000);
    expect(await lastWords(slow)).toMatch(/not finished within 5 s/);
    clearInterval(drip);
    expect(performance.now() - begun).toBeGreaterThan(limits.halfFrameMs * 0.9);
    await waitFor("it to be reported", () => problems.includes("timeout"));
    expect((await client.request("x")).success).toBe(true);
    await client.close();
    await server.close();
  });

  it("gives the memory of half frames back when it becomes too much, largest first", async () => {
    await using dir = tempDir();
    const traffic = withRoomFor(4 * mebibyte);
    await using server = await serve({ path: dir.join("a.sock"), onCommand: echo, traffic });
    const small = await open(server.path);
    small.write(half.subarray(0, 1000));
    const sockets = await Promise.all(Array.from({ length: 12 }, () => open(server.path)));
    const ended = sockets.map(lastWords);
    for (const socket of sockets) socket.write(half);
    expect(await Promise.race(ended)).toMatch(/held most was disconnected/);
    expect(traffic.received.total).toBeLessThanOrEqual(4 * mebibyte);
    expect(small.closed).toBe(false);
    await using client = await connect(server.path);
    expect((await client.request("x")).success).toBe(true);
    for (const socket of [small, ...sockets]) socket.destroy();
    await waitFor("the memory to be given back", () => traffic.received.total === 0);
  });

  it("keeps no bytes of a connection that it ended, even if the peer does not close it", async () => {
    await using dir = tempDir();
    await using server = await serve({ path: dir.join("a.sock"), onCommand: echo, traffic: withRoomFor(2 * mebibyte) });
    const before = process.memoryUsage().arrayBuffers;
    const sockets = await Promise.all(Array.from({ length: 12 }, () => open(server.path)));
    for (const socket of sockets) socket.pause();
    await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.write(half, resolve))));
    await waitFor("the memory to be given back", () => {
      collectGarbage();
      return process.memoryUsage().arrayBuffers - before < 6 * mebibyte;
    });
    expect(server.connections).toBe(sockets.length);
    for (const socket of sockets) socket.destroy();
  });

  it("limits the unread bytes of all peers together", async () => {
    await using dir = tempDir();
    const traffic = createTraffic();
    const problems: string[] = [];
    const server = await serve({
      path: dir.join("a.sock"),
      traffic,
      onCommand: () => ({ type: "response", data: { big: "x".repeat(500_000) } }),
      onProblem: ({ message }) => problems.push(message),
    });
    const silent = await Promise.all(Array.from({ length: 24 }, () => open(server.path)));
    for (const socket of silent) {
      socket.pause();
      for (let i = 0; i < 6; i++) socket.write(encodeFrame({ type: "command", cmd: "x" }));
    }
    await waitFor("the slowest to go", () => problems.some((problem) => problem.includes("left most")));
    expect(traffic.unsent.total).toBeLessThanOrEqual(limits.unsentBytes);
    for (const socket of silent) socket.destroy();
    await waitFor("the memory to be given back", () => traffic.unsent.total === 0);
    await server.close();
  });

  it("reads one large frame at a time, and refuses those that would wait too long", async () => {
    await using dir = tempDir();
    const at: number[] = [];
    const server = await serve({
      path: dir.join("a.sock"),
      traffic: createTraffic(),
      onCommand: (command, peer) => {
        if (command.cmd === "large") at.push(performance.now());
        return echo(command, peer);
      },
    });
    const clients = await Promise.all(Array.from({ length: 2 * limits.largeFramesWaiting }, () => connect(server.path, { traffic: createTraffic() })));
    const replies = await Promise.all(clients.map((client) => client.request("large", { text: "x".repeat(limits.largeFrameBytes) }, { timeoutMs: 20_000 })));
    const refused = replies.filter(({ success }) => !success);
    // On a slow machine some have had their turn before the last ones arrive.
    expect(refused.length).toBeGreaterThan(0);
    for (const { data } of refused) expect(data).toEqual({ code: "busy" });
    expect(at).toHaveLength(clients.length - refused.length);
    expect((at.at(-1) ?? 0) - (at[0] ?? 0)).toBeGreaterThan(limits.largeFrameMs * (at.length - 2));
    for (const client of clients) {
      expect((await client.request("x")).success).toBe(true);
      await client.close();
    }
    await server.close();
  });
});

describe("a message that waits for its turn", () => {
  it("shows that the worker is not silent, until it is read", async () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const server = await serve({ path: dir.join("lamp.sock"), onCommand: echo });
    onTestFinished(() => server.close());
    const traffic = createTraffic();
    let hasRoom = true;
    const waiting = new Set<() => void>();
    const budget = { ...traffic.budget, hasRoom: () => hasRoom, wait: (resume: () => void) => void waiting.add(resume) };
    const client = await connect(dir.join("lamp.sock"), { traffic: { ...traffic, budget } });
    onTestFinished(() => client.close());
    expect(client.hasUnread).toBe(false);
    hasRoom = false;
    const reply = client.request("ping", {}, { timeoutMs: 60_000 });
    await waitFor("the reply", () => client.hasUnread);
    hasRoom = true;
    for (const resume of waiting) resume();
    expect(await reply).toMatchObject({ success: true });
    expect(client.hasUnread).toBe(false);
  });
});
