import { existsSync, lstatSync, readdirSync, rmSync, statSync, unlinkSync, writeFileSync } from "node:fs";
import { once } from "node:events";
import { connect as connectSocket } from "node:net";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { limits } from "@vj/schema";
import type { Message } from "@vj/schema";
import { deferred, spawnNode, tempDir, waitFor } from "@vj/test-kit";
import { AlreadyRunningError, connect, createFrameDecoder, encodeFrame, serve } from "../src/index.ts";
import type { ControlServer, ReplyMessage, ServeOptions } from "../src/index.ts";

const echo: ServeOptions["onCommand"] = (command) => ({ type: "response", data: { ...command } });

async function serveAt(path: string, options: Partial<ServeOptions> = {}): Promise<ControlServer & AsyncDisposable> {
  const server = await serve({ path, onCommand: echo, ...options });
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
}

/** A minimal client: only sockets and JSON. */
async function rawClient(path: string): Promise<{ socket: Socket; next(): Promise<Message>; send(message: Message): void }> {
  const socket = connectSocket(path);
  const decoder = createFrameDecoder();
  const inbox: Message[] = [];
  const wake = new EventTarget();
  socket.on("data", (chunk: Buffer) => {
    decoder.push(chunk);
    for (let payload = decoder.next(); payload !== undefined; payload = decoder.next()) {
      inbox.push(JSON.parse(payload.toString("utf8")));
    }
    wake.dispatchEvent(new Event("message"));
  });
  socket.on("close", () => wake.dispatchEvent(new Event("message")));
  await once(socket, "connect");
  return {
    socket,
    send: (message) => void socket.write(encodeFrame(message)),
    next: async () => {
      while (inbox.length === 0) {
        if (socket.closed) throw new Error("closed");
        await new Promise((resolve) => wake.addEventListener("message", resolve, { once: true }));
      }
      const message = inbox.shift();
      if (message === undefined) throw new Error("nothing received");
      return message;
    },
  };
}

describe("the control server", () => {
  it("answers commands, echoes msg_id, and leaves it out when there was none", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const client = await rawClient(server.path);
    client.send({ type: "command", cmd: "x", msg_id: "7", extra: [1] });
    expect(await client.next()).toEqual({
      type: "response",
      success: true,
      msg_id: "7",
      data: { type: "command", cmd: "x", msg_id: "7", extra: [1] },
    });
    client.send({ type: "command", cmd: "y" });
    expect(await client.next()).not.toHaveProperty("msg_id");
    client.socket.destroy();
  });

  it("turns an exception in a handler into a failed ack and lives on", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"), {
      onCommand: (command) => {
        if (command.cmd === "bad") throw new Error("no such knob");
        return echo(command, { id: 0, connectedAt: 0, send() {}, on: () => () => {} });
      },
    });
    const client = await rawClient(server.path);
    client.send({ type: "command", cmd: "bad", msg_id: "1" });
    expect(await client.next()).toMatchObject({ type: "ack", success: false, msg_id: "1", message: "bad failed: no such knob", data: { code: "failed" } });
    client.send({ type: "command", cmd: "good", msg_id: "2" });
    expect(await client.next()).toMatchObject({ type: "response", msg_id: "2" });
    client.socket.destroy();
  });

  it("answers broken messages on a connection that goes on", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const client = await rawClient(server.path);
    const frame = (payload: string): Buffer => {
      const header = Buffer.alloc(4);
      header.writeUInt32BE(Buffer.byteLength(payload));
      return Buffer.concat([header, Buffer.from(payload)]);
    };
    client.socket.write(frame("not json"));
    expect(await client.next()).toMatchObject({ type: "error", error: expect.stringMatching(/not JSON/), data: { code: "bad_arguments" } });
    client.socket.write(frame(""));
    expect(await client.next()).toMatchObject({ type: "error" });
    client.socket.write(frame('{"type":"command","msg_id":"5"}'));
    expect(await client.next()).toMatchObject({ type: "ack", success: false, msg_id: "5", data: { code: "bad_arguments", issues: [{ path: "cmd" }] } });
    client.socket.write(frame('{"type":"ack","success":true}'));
    expect(await client.next()).toMatchObject({ type: "error", error: expect.stringMatching(/not expected/), data: { code: "refused" } });
    client.send({ type: "command", cmd: "still_here" });
    expect(await client.next()).toMatchObject({ type: "response" });
    client.socket.destroy();
  });

  it("adds a code to a refusal of its owner that has none, and leaves others alone", async () => {
    await using dir = tempDir();
    const given: Record<string, Record<string, unknown> | null> = { none: null, own: { code: "unavailable", more: 1 }, strange: { code: 7, more: 1 } };
    await using server = await serveAt(dir.join("a.sock"), { onCommand: ({ cmd }) => ({ type: "ack", success: false, message: "no", data: given[cmd] ?? null }) });
    const client = await rawClient(server.path);
    for (const [cmd, data] of [["none", { code: "refused" }], ["own", given["own"]], ["strange", { code: "refused", more: 1 }]] as const) {
      client.send({ type: "command", cmd });
      expect(await client.next()).toMatchObject({ success: false, data });
    }
    client.socket.destroy();
  });

  it("answers with a short refusal when a reply is too long or is not JSON", async () => {
    await using dir = tempDir();
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const replies: Record<string, ReplyMessage> = {
      long: { type: "response", data: { big: "x".repeat(limits.frameBytes) } },
      late: { type: "ack", success: true, message: null, data: { big: "x".repeat(limits.frameBytes) } },
      circle: { type: "ack", success: true, message: null, data: circle },
      integer: { type: "response", data: { big: 1n } },
      words: { type: "ack", success: false, message: "w".repeat(limits.frameBytes), data: null },
    };
    await using server = await serveAt(dir.join("bus", "a.sock"), {
      onCommand: ({ cmd }) => {
        const reply = replies[cmd] ?? { type: "ack", success: true, message: null, data: null };
        return cmd === "late" ? Promise.resolve(reply) : reply;
      },
    });
    const client = await rawClient(server.path);
    for (const cmd of Object.keys(replies)) {
      client.send({ type: "command", cmd, msg_id: cmd.padEnd(limits.msgIdCharacters, "\u0000") });
      const reply = await client.next();
      const message = expect.stringMatching(cmd === "long" ? /\d{7} bytes is too long; 1048576 are allowed/ : /./);
      expect(reply).toMatchObject({ type: "ack", success: false, msg_id: expect.stringContaining(cmd), message });
      expect(JSON.stringify(reply).length, cmd).toBeLessThan(5000);
    }
    client.socket.destroy();
  });

  it("answers one frame that is wrong in thousands of places, or has an endless msg_id, with a short error", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const client = await rawClient(server.path);
    const hostile = [
      `{"type":"register","worker":"x","pid":1,"socket_path":"","osc_addresses":[${"1,".repeat(15_199)}1]}`,
      `{"type":"command","cmd":"get_state","msg_id":"${"a".repeat(1_000_000)}"}`,
      `{"type":"command","cmd":1,"msg_id":"${"a".repeat(1_000_000)}"}`,
      `{"type":"command","cmd":"${"c".repeat(1_000_000)}"}`,
      `${"[".repeat(500_000)}${"]".repeat(500_000)}`,
      `{"type":"command","cmd":"x","a":${'{"a":'.repeat(50)}1${"}".repeat(50)}}`,
      `{"${"k".repeat(1_000_000)}":1}`,
      `{"type":"ack","success":true,"data":{${Array.from({ length: 60_000 }, (_, i) => `"${i}":1`).join()}}}`,
      `{"__proto__":{"type":"command"},"constructor":1,"type":"command","type":"nonsense"}`,
    ];
    for (const payload of hostile) {
      const header = Buffer.alloc(4);
      header.writeUInt32BE(payload.length);
      client.socket.write(Buffer.concat([header, Buffer.from(payload)]));
      const reply = await client.next();
      expect(reply.type, payload.slice(0, 100)).toMatch(/error|ack/);
      expect(JSON.stringify(reply).length).toBeLessThan(5000);
    }
    client.send({ type: "command", cmd: "still_here" });
    expect(await client.next()).toMatchObject({ type: "response" });
    client.socket.destroy();
  });

  it("lives on when the code of its owner throws in a callback", async () => {
    await using dir = tempDir();
    const problems: string[] = [];
    await using server = await serveAt(dir.join("bus", "a.sock"), {
      onCommand: (command, peer) => {
        peer.on("close", () => {
          throw new Error("no such peer");
        });
        return echo(command, peer);
      },
      onMessage: () => {
        throw new Error("no such worker");
      },
      onProblem: ({ message }) => {
        problems.push(message);
        throw new Error("no such log");
      },
    });
    const client = await rawClient(server.path);
    client.send({ type: "command", cmd: "x" });
    await client.next();
    client.send({ type: "register", worker: "w", pid: 1, socket_path: "/x", osc_addresses: [] });
    expect(await client.next()).toMatchObject({ type: "error", error: expect.stringMatching(/no such worker/) });
    await once(client.socket, "close");
    await waitFor("it to be reported", () => problems.some((problem) => problem.includes("no such peer") || problem.includes("no such worker")));
    const next = await connect(server.path);
    expect((await next.request("x")).success).toBe(true);
    await next.close();
  });

  it("refuses further commands of a connection while too many wait", async () => {
    await using dir = tempDir();
    const { promise, resolve } = deferred<ReplyMessage>();
    await using server = await serveAt(dir.join("bus", "a.sock"), { onCommand: () => promise });
    const client = await rawClient(server.path);
    for (let i = 0; i <= limits.pendingCommands; i++) client.send({ type: "command", cmd: "x", msg_id: `${i}` });
    expect(await client.next()).toMatchObject({ type: "ack", success: false, msg_id: `${limits.pendingCommands}`, data: { code: "busy" } });
    resolve({ type: "ack", success: true, message: null, data: null });
    expect(await client.next()).toMatchObject({ success: true, msg_id: "0" });
    client.socket.destroy();
  });

  it("answers an oversize frame with an error, even to a writer that does not stop, and ends that connection only", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const other = await rawClient(server.path);
    const client = await rawClient(server.path);
    const header = Buffer.alloc(4);
    header.writeUInt32BE(2 * limits.frameBytes);
    client.socket.write(header);
    client.socket.write(Buffer.alloc(2 * limits.frameBytes));
    expect(await client.next()).toMatchObject({ type: "error", error: expect.stringMatching(/too long/) });
    await once(client.socket, "close");
    other.send({ type: "command", cmd: "x" });
    expect(await other.next()).toMatchObject({ type: "response" });
    other.socket.destroy();
  });

  it("does not fill a log with the same problem", async () => {
    await using dir = tempDir();
    const problems: string[] = [];
    await using server = await serveAt(dir.join("a.sock"), { onProblem: ({ message }) => problems.push(message) });
    const header = Buffer.alloc(4);
    header.writeUInt32BE(limits.frameBytes + 1);
    for (let i = 0; i < 30; i++) {
      const { socket } = await rawClient(server.path);
      socket.on("error", () => {});
      socket.end(header);
      await once(socket, "close");
    }
    await waitFor("all to be gone", () => server.connections === 0);
    expect(problems).toHaveLength(1);
  });

  it("disconnects a peer that leaves more than 4 MiB unread, and says so", async () => {
    await using dir = tempDir();
    const problems: string[] = [];
    await using server = await serveAt(dir.join("bus", "a.sock"), {
      onCommand: () => ({ type: "response", data: { big: "x".repeat(500_000) } }),
      onProblem: (problem) => problems.push(problem.code),
    });
    const slow = await rawClient(server.path);
    slow.socket.pause();
    for (let i = 0; i < 40; i++) slow.send({ type: "command", cmd: "x" });
    await waitFor("the slow reader to be dropped", () => server.connections === 0);
    expect(problems).toEqual(["overflow"]);
    slow.socket.destroy();
  });

  it("passes register and heartbeat to its owner", async () => {
    await using dir = tempDir();
    const seen: string[] = [];
    await using server = await serveAt(dir.join("bus", "a.sock"), { onMessage: (message) => seen.push(message.type) });
    const client = await rawClient(server.path);
    client.send({ type: "register", worker: "w", pid: 1, socket_path: "/x", osc_addresses: [] });
    client.send({ type: "heartbeat", worker: "w", pid: 1, uptime_sec: 0, stats: {} });
    client.send({ type: "command", cmd: "x" });
    await client.next();
    expect(seen).toEqual(["register", "heartbeat"]);
    client.socket.destroy();
  });

  it("serves others fairly while one client floods", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const flooder = await rawClient(server.path);
    flooder.socket.on("error", () => {});
    const flood = Buffer.concat(Array.from({ length: 20_000 }, () => encodeFrame({ type: "command", cmd: "x" })));
    flooder.socket.write(flood);
    await flooder.next();
    const client = await rawClient(server.path);
    client.send({ type: "command", cmd: "me_too", msg_id: "m" });
    expect(await client.next()).toMatchObject({ msg_id: "m" });
    expect(flooder.socket.destroyed).toBe(false);
    client.socket.destroy();
    flooder.socket.destroy();
  });

  it("calls a peer's listener when the connection ends, also when it has ended before", async () => {
    await using dir = tempDir();
    let ended = 0;
    const { promise, resolve } = deferred<void>();
    await using server = await serveAt(dir.join("bus", "a.sock"), {
      onCommand: (command, peer) => {
        peer.on("close", () => {
          ended += 1;
          peer.on("close", () => {
            ended += 1;
            resolve();
          });
        });
        return echo(command, peer);
      },
    });
    const client = await connect(server.path);
    await client.request("x");
    await client.close();
    await promise;
    expect(ended).toBe(2);
  });
});

describe("the socket file", () => {
  it("is for this user alone and goes with the server", async () => {
    await using dir = tempDir();
    const server = await serve({ path: dir.join("bus", "a.sock"), onCommand: echo });
    expect(statSync(server.path).mode & 0o777).toBe(0o600);
    await server.close();
    expect(readdirSync(dir.join("bus"))).toEqual([]);
    await server.close();
  });

  it("survives clients that come and go", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    for (let i = 0; i < 3; i++) {
      const client = await connect(server.path);
      await client.request("x");
      await client.close();
    }
    await waitFor("the clients to be gone", () => server.connections === 0);
    expect(lstatSync(server.path).isSocket()).toBe(true);
  });

  it("is replaced when its owner died, and never when its owner is silent", async () => {
    await using dir = tempDir();
    const path = dir.join("bus", "a.sock");
    const owner = spawnNode(["--conditions=default", `${import.meta.dirname}/claim-child.mjs`, path]);
    await owner.printed(/won/);
    owner.child.kill("SIGSTOP");
    await expect(serve({ path, onCommand: echo })).rejects.toThrow(`a is already running (pid ${owner.pid})`);
    expect(existsSync(path)).toBe(true);
    await owner.kill("SIGKILL");
    expect(existsSync(path)).toBe(true);
    await using server = await serveAt(path);
    expect((await (await connect(server.path)).request("x")).success).toBe(true);
    await server.close();
  });

  it("is not taken from a listener without a claim, nor from a plain file", async () => {
    await using dir = tempDir();
    const path = dir.join("bus", "a.sock");
    await using server = await serveAt(path);
    for (const entry of readdirSync(dir.join("bus"))) if (entry.endsWith(".lock")) unlinkSync(dir.join("bus", entry));
    await expect(serve({ path, onCommand: echo })).rejects.toBeInstanceOf(AlreadyRunningError);
    writeFileSync(dir.join("bus", "b.sock"), "precious");
    await expect(serve({ path: dir.join("bus", "b.sock"), onCommand: echo })).rejects.toThrow(/not a socket/);
    expect(statSync(dir.join("bus", "b.sock")).size).toBe(8);
    expect(server.connections).toBeLessThan(2);
  });

  it("comes back when it or its directory was deleted, and open connections stay", async () => {
    await using dir = tempDir();
    await using server = await serveAt(dir.join("bus", "a.sock"));
    const before = await connect(server.path);
    unlinkSync(server.path);
    await waitFor("the socket to be back", () => existsSync(server.path));
    rmSync(dir.join("bus"), { recursive: true });
    await waitFor("the directory to be back", () => existsSync(server.path));
    const after = await connect(server.path);
    expect((await before.request("x")).success).toBe(true);
    expect((await after.request("x")).success).toBe(true);
    await before.close();
    await after.close();
  });

  it("reports to its owner when another process took the name meanwhile", async () => {
    await using dir = tempDir();
    const path = dir.join("bus", "a.sock");
    const { promise, resolve } = deferred<string>();
    await using server = await serveAt(path, { onLost: (error) => resolve(error.code) });
    rmSync(dir.join("bus"), { recursive: true });
    await using thief = spawnNode(["--conditions=default", `${import.meta.dirname}/claim-child.mjs`, path]);
    // The first to listen has the name: either the thief won and the owner is notified, or the owner healed first.
    const outcome = await Promise.race([promise, thief.exited.then(({ code }) => `thief left with ${code}`)]);
    expect(["running", "thief left with 3"]).toContain(outcome);
    expect(server.connections).toBe(0);
  });
});
