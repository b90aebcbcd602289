import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { limits } from "@vj/schema";
import { spawnProcess, tempDir, waitFor } from "@vj/test-kit";
import { connect, encodeFrame, serve } from "../src/index.ts";
import type { ServeOptions } from "../src/index.ts";
import { dial } from "../src/dial.ts";

const echo: ServeOptions["onCommand"] = () => ({ type: "ack", success: true, message: null, data: null });

async function open(path: string): Promise<Socket> {
  const socket = await new Promise<Socket>((resolve, reject) => dial(path, 20_000, { onConnect: resolve, onFail: reject }));
  socket.on("error", () => {});
  return socket;
}

async function closed(socket: Socket): Promise<void> {
  socket.resume();
  if (!socket.closed) await once(socket, "close");
}

describe("a server under load", () => {
  it("holds 1,000 idle clients, sends to them all, and still answers", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo });
    const idle: Socket[] = [];
    for (let i = 0; i < 1000; i++) idle.push(await open(server.path));
    await waitFor("all to be accepted", () => server.connections === 1000);
    const client = await connect(server.path);
    expect((await client.request("x")).success).toBe(true);
    const received = Promise.all(idle.map((socket) => once(socket, "data")));
    server.broadcast({ type: "heartbeat", worker: "a", pid: 1, uptime_sec: 0, stats: {} });
    expect(await received).toHaveLength(1000);
    for (const socket of idle) socket.destroy();
    await client.close();
    await server.close();
  });

  it("keeps a clock in the same process on time while ten clients flood it", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo });
    const burst = Buffer.concat(Array.from({ length: 1000 }, () => encodeFrame({ type: "command", cmd: "x" })));
    const flooders = await Promise.all(Array.from({ length: 10 }, () => open(server.path)));
    let flooding = true;
    for (const flooder of flooders) {
      flooder.resume();
      const more = (): void => void (flooding && flooder.write(burst, more));
      more();
    }
    // Turns of the event loop for a 60-per-second clock; starved, it would get none until the flood ends.
    let ticks = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        ticks += 1;
        if (ticks < 60) return;
        clearInterval(timer);
        resolve();
      }, 1000 / 60);
    });
    expect(ticks).toBe(60);
    expect(server.connections).toBe(10);
    flooding = false;
    for (const flooder of flooders) flooder.destroy();
    await server.close();
  });

  it("turns away clients beyond its limit, reports it once, and serves the others", async () => {
    await using dir = tempDir();
    const problems: string[] = [];
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo, maxClients: 3, onProblem: ({ message }) => problems.push(message) });
    expect(server.full).toBe(false);
    const served = await Promise.all(Array.from({ length: 3 }, () => connect(server.path)));
    await waitFor("all to be served", () => server.full);
    const turnedAway = await Promise.all(Array.from({ length: 20 }, () => open(server.path)));
    await Promise.all(turnedAway.map(closed));
    expect(problems).toEqual(["more than 3 clients: the newest was turned away"]);
    const late = await connect(server.path, { reconnect: false });
    await expect(late.request("get_state")).rejects.toMatchObject({ code: "full", message: expect.stringMatching(/^a ended the connection: it serves 3 clients already/) });
    await late.close();
    for (const client of served) {
      expect((await client.request("x")).success).toBe(true);
      await client.close();
    }
    await server.close();
  });

  it("lives on when there are no descriptors left for more clients", async () => {
    await using dir = tempDir();
    const path = dir.join("a.sock");
    const child = `${import.meta.dirname}/claim-child.mjs`;
    await using worker = spawnProcess("/bin/sh", ["-c", `ulimit -n 256 && exec "${process.execPath}" "${child}" "${path}"`]);
    await worker.printed(/won/);
    const many = await Promise.all(Array.from({ length: 600 }, () => open(path)));
    // Clients that it could not accept are closed at once; one closed client shows that the limit was reached.
    await Promise.race(many.map(closed));
    for (const socket of many) socket.destroy();
    // Until it has noticed that they are gone, it takes a client and ends it at once.
    await waitFor("it to serve clients again", async () => {
      const client = await connect(path, { reconnect: false });
      const { success } = await client.request("x");
      await client.close();
      return success;
    });
    expect(worker.child.exitCode).toBeNull();
  });

  it("holds little for a thousand half frames that announce a lot", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("a.sock"), onCommand: echo });
    const before = process.memoryUsage().arrayBuffers;
    const header = Buffer.alloc(64);
    header.writeUInt32BE(limits.frameBytes);
    const slow = await Promise.all(Array.from({ length: 300 }, () => open(server.path)));
    for (const socket of slow) socket.write(header);
    const client = await connect(server.path);
    expect((await client.request("x")).success).toBe(true);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1_048_576);
    for (const socket of slow) socket.destroy();
    await client.close();
    await server.close();
  });
});
