import { createServer } from "node:net";
import { describe, expect, it } from "vitest";
import { tempDir, waitFor } from "@vj/test-kit";
import { connect, createClient, serve } from "../src/index.ts";
import type { ServeOptions } from "../src/index.ts";

const echo: ServeOptions["onCommand"] = ({ cmd, ...args }) => ({ type: "response", data: { cmd, args } });

describe("connect", () => {
  it("names the fault when nothing listens", async () => {
    await using dir = tempDir();
    await expect(connect(dir.join("a.sock"))).rejects.toMatchObject({ code: "not_found" });
    expect(() => createClient("Not A Name")).toThrow(/not a worker name/);
  });

  it("connects by name", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("bus", "audio.sock"), onCommand: echo });
    const client = await connect("audio", { busDir: dir.join("bus") });
    expect(await client.request("hello", { a: 1 })).toMatchObject({ success: true, data: { cmd: "hello" } });
    await client.close();
    await server.close();
  });
});

describe("request", () => {
  it("gives each of many its own reply, also out of order", async () => {
    await using dir = tempDir();
    const held: (() => void)[] = [];
    const server = await serve({
      path: dir.join("a.sock"),
      onCommand: (command) =>
        new Promise((resolve) => {
          held.push(() => resolve({ type: "response", data: { cmd: command.cmd } }));
          if (held.length === 10) for (const release of held.reverse()) release();
        }),
    });
    const client = await connect(server.path);
    const replies = await Promise.all(Array.from({ length: 10 }, (_, i) => client.request(`c${i}`)));
    expect(replies.map((reply) => reply.data?.["cmd"])).toEqual(Array.from({ length: 10 }, (_, i) => `c${i}`));
    await client.close();
    await server.close();
  });

  it("does not show one client the replies of another", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo });
    const [one, two] = await Promise.all([connect(server.path), connect(server.path)]);
    const strays: unknown[] = [];
    two.on("message", (message) => strays.push(message));
    await Promise.all(Array.from({ length: 50 }, () => one.request("x")));
    await two.request("y");
    expect(strays).toEqual([]);
    await one.close();
    await two.close();
    await server.close();
  });

  it("times out alone, and drops the late reply", async () => {
    await using dir = tempDir();
    let release = (): void => {};
    const server = await serve({
      path: dir.join("a.sock"),
      onCommand: (command, peer) =>
        command.cmd === "slow"
          ? new Promise((resolve) => (release = () => resolve({ type: "ack", success: true, message: null, data: null })))
          : echo(command, peer),
    });
    const client = await connect(server.path);
    await expect(client.request("slow", {}, { timeoutMs: 20 })).rejects.toMatchObject({ code: "timeout" });
    release();
    expect((await client.request("next")).success).toBe(true);
    await client.close();
    await server.close();
  });

  it("fails with `closed` when the worker goes, and when the client is closed", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: () => new Promise(() => {}) });
    const client = await connect(server.path, { reconnect: false });
    const waiting = client.request("x");
    const closed = waiting.catch((error: unknown) => error);
    await server.close();
    expect(await closed).toMatchObject({ code: "closed" });
    await expect(client.request("y")).rejects.toMatchObject({ code: "closed" });
    await client.close();
    await expect(client.request("z")).rejects.toThrow(/was closed/);
  });

  it("refuses arguments that are too long and stays usable", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo });
    const client = await connect(server.path);
    await expect(client.request("x", { big: "x".repeat(1_100_000) })).rejects.toMatchObject({ code: "frame" });
    await expect(client.request("x", { type: "rectangle" })).rejects.toMatchObject({ code: "arguments", message: expect.stringContaining('"type"') });
    expect((await client.request("y")).success).toBe(true);
    await client.close();
    await server.close();
  });
});

describe("a signal", () => {
  it("cancels an attempt to connect", async () => {
    await using dir = tempDir();
    const controller = new AbortController();
    const attempt = connect(dir.join("a.sock"), { connectTimeoutMs: 60_000, signal: controller.signal });
    controller.abort(new Error("cancelled by the test"));
    await expect(attempt).rejects.toMatchObject({ code: "aborted", cause: { message: "cancelled by the test" } });
    await expect(connect(dir.join("a.sock"), { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
  });

  it("stops the wait for a reply, and a command that waits for its worker is not sent any more", async () => {
    await using dir = tempDir();
    const seen: string[] = [];
    const serveHere = () =>
      serve({
        path: dir.join("a.sock"),
        onCommand: (command, peer) => {
          seen.push(command.cmd);
          return command.cmd === "never" ? new Promise<never>(() => {}) : echo(command, peer);
        },
      });
    const first = await serveHere();
    await using client = await connect(first.path, { queue: true });
    const asked = new AbortController();
    const never = client.request("never", {}, { signal: asked.signal });
    await waitFor("the command to arrive", () => seen.includes("never"));
    asked.abort();
    await expect(never).rejects.toMatchObject({ code: "aborted" });
    await first.close();
    await waitFor("the loss", () => !client.connected);
    const held = new AbortController();
    const dropped = client.request("dropped", {}, { signal: held.signal });
    const kept = client.request("kept", {}, { timeoutMs: 10_000 });
    held.abort();
    await expect(dropped).rejects.toMatchObject({ code: "aborted" });
    await using _second = await serveHere();
    expect((await kept).success).toBe(true);
    expect(seen).not.toContain("dropped");
  });
});

describe("reconnection", () => {
  it("reconnects automatically and reports it", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const first = await serve({ path, onCommand: echo });
    const client = await connect(path);
    const events: string[] = [];
    client.on("connect", () => events.push("connect"));
    client.on("disconnect", () => events.push("disconnect"));
    await first.close();
    await waitFor("the loss to be seen", () => !client.connected);
    const second = await serve({ path, onCommand: echo });
    await waitFor("the client to be back", () => client.connected);
    expect(events).toEqual(["disconnect", "connect"]);
    expect((await client.request("x")).success).toBe(true);
    await client.close();
    await second.close();
  });

  it("waits as long as after many failures where the peer sends what cannot be read, and reports why", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const payload = Buffer.from(`{"type":"heartbeat","worker":"a","deep":${"[".repeat(100)}${"]".repeat(100)}}`);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(payload.length);
    const connections: number[] = [];
    const server = createServer((socket) => {
      connections.push(performance.now());
      socket.on("error", () => {}).end(Buffer.concat([length, payload]));
    }).listen(path);
    const client = createClient(path);
    const reasons: unknown[] = [];
    client.on("disconnect", (reason) => reasons.push(reason));
    await waitFor("a second attempt", () => connections.length === 2);
    expect(reasons[0]).toMatchObject({ code: "frame", message: expect.stringContaining("nested more than") });
    const [first = 0, second = 0] = connections;
    expect(second - first).toBeGreaterThan(800);
    await client.close();
    server.close();
  });

  it("holds commands while the worker is away and replays them in order, the last value of each setting", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const client = createClient(path, { queue: true });
    const sent = [
      client.request("set_config", { a: 1, b: 1 }),
      client.request("first"),
      client.request("set_config", { a: 2 }),
      client.request("set_config", { a: 3 }),
      client.request("second"),
    ];
    expect(client.queued).toBe(4);
    const log: unknown[] = [];
    const server = await serve({
      path,
      onCommand: ({ cmd, type: _type, msg_id: _id, ...args }) => {
        log.push([cmd, args]);
        return { type: "ack", success: true, message: null, data: null };
      },
    });
    const replies = await Promise.all(sent);
    expect(replies.every((reply) => reply.success)).toBe(true);
    expect(log).toEqual([
      ["set_config", { b: 1 }],
      ["first", {}],
      ["set_config", { a: 3 }],
      ["second", {}],
    ]);
    await client.close();
    await server.close();
  });

  it("sends a setting again that was not acknowledged before the worker died", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const first = await serve({ path, onCommand: () => new Promise(() => {}) });
    const client = await connect(path, { queue: true });
    const setting = client.request("set_config", { a: 1 });
    const other = client.request("benchmark").catch((error: unknown) => error);
    await first.close();
    expect(await other).toMatchObject({ code: "closed" });
    const second = await serve({ path, onCommand: echo });
    expect(await setting).toMatchObject({ success: true, data: { args: { a: 1 } } });
    await client.close();
    await second.close();
  });

  it("keeps a held setting also when the worker dies in the middle of the replay; other commands are not sent twice", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const client = createClient(path, { queue: true });
    const setting = client.request("set_config", { a: 1 });
    const first = await serve({ path, onCommand: () => new Promise(() => {}) });
    await waitFor("the setting to be sent", () => client.connected && client.queued === 0);
    await first.close();
    await waitFor("the loss to be seen", () => !client.connected);
    expect(client.queued).toBe(1);
    const benchmark = client.request("benchmark").catch((error: unknown) => error);
    const second = await serve({ path, onCommand: (command, peer) => (command.cmd === "benchmark" ? new Promise(() => {}) : echo(command, peer)) });
    expect(await setting).toMatchObject({ success: true, data: { args: { a: 1 } } });
    await second.close();
    expect(await benchmark).toMatchObject({ code: "closed" });
    await client.close();
  });

  it("rejects what it holds when it is closed", async () => {
    await using dir = tempDir();
    const client = createClient(dir.join("a.sock"), { queue: true });
    const held = client.request("x").catch((error: unknown) => error);
    await client.close();
    expect(await held).toMatchObject({ code: "closed" });
  });

  it("drops a peer that does not send frames", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const server = createServer((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => server.listen(path, resolve));
    const client = await connect(path, { reconnect: false });
    await waitFor("the client to leave", () => !client.connected);
    await client.close();
    server.close();
  });
});
