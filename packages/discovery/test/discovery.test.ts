import { chmodSync, lstatSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { serve } from "@vj/control";
import type { ControlServer, ServeOptions } from "@vj/control";
import { deferred, spawnNode, tempDir, waitFor } from "@vj/test-kit";
import { probe, removeDead, scan, watchWorkers } from "../src/index.ts";

const state: ServeOptions["onCommand"] = () => ({ type: "response", data: { status: "running", pid: process.pid } });
const open: ControlServer[] = [];

async function worker(path: string, onCommand = state): Promise<ControlServer> {
  const server = await serve({ path, onCommand });
  open.push(server);
  return server;
}

afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** A socket file whose owner was killed. */
async function deadSocket(path: string): Promise<void> {
  const script = `require("net").createServer().listen(${JSON.stringify(path)}, () => console.log("up"))`;
  const owner = spawnNode(["-e", script]);
  await owner.printed(/up/);
  await owner.kill("SIGKILL");
}

describe("scan", () => {
  it("lists workers and nothing else", async () => {
    await using dir = tempDir();
    expect(scan({ busDir: dir.join("none") })).toEqual([]);
    await worker(dir.join("bus", "b.sock"));
    await worker(dir.join("bus", "a.sock"));
    for (const other of ["x_client.sock", "test_thing.sock", "a.pid", "UP.sock", ".1.2"]) {
      writeFileSync(dir.join("bus", other), "");
    }
    expect(scan({ busDir: dir.join("bus") })).toEqual(["a", "b"]);
  });

  it("lists a worker whose name looks like that of a client, as it has claimed its name", async () => {
    await using dir = tempDir();
    const busDir = dir.join("bus");
    await worker(dir.join("bus", "test_monitor.sock"));
    await worker(dir.join("bus", "osc_client_monitor.sock"));
    expect(scan({ busDir })).toEqual(["osc_client_monitor", "test_monitor"]);
  });

  it("refuses an unsafe directory", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("bus"), { mode: 0o755 });
    expect(() => scan({ busDir: dir.join("bus") })).toThrow(/open to other users/);
  });
});

describe("probe", () => {
  it("distinguishes alive, absent, dead, silent and unusable, and never removes", async () => {
    await using dir = tempDir();
    const bus = dir.join("bus");
    await worker(dir.join("bus", "alive.sock"));
    await worker(dir.join("bus", "odd.sock"), () => ({ type: "response", data: { pid: "x" } }));
    await worker(dir.join("bus", "silent.sock"), () => new Promise(() => {}));
    await deadSocket(dir.join("bus", "dead.sock"));
    expect(await probe("alive", { busDir: bus })).toEqual({ status: "alive", state: { status: "running", pid: process.pid } });
    expect(await probe("nobody", { busDir: bus })).toEqual({ status: "absent" });
    expect(await probe("dead", { busDir: bus })).toEqual({ status: "dead" });
    expect(await probe("silent", { busDir: bus })).toEqual({ status: "silent" });
    expect(await probe("odd", { busDir: bus })).toMatchObject({ status: "unusable", reason: expect.stringMatching(/status or pid/) });
    expect(scan({ busDir: bus })).toEqual(["alive", "dead", "odd", "silent"]);
  });

  it("finds a listener that does not send frames unusable or gone, without throwing", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("bus"), { mode: 0o700 });
    const server = createServer((socket) => socket.end("garbage garbage"));
    await new Promise<void>((resolve) => server.listen(dir.join("bus", "x.sock"), resolve));
    expect(["unusable", "absent"]).toContain((await probe("x", { busDir: dir.join("bus") })).status);
    server.close();
  });

  it.each([
    ["a frame that is too long", Buffer.alloc(100, 255), /^what x sends cannot be read: a frame of 4294967295 bytes is too long/],
    ["what is not JSON", Buffer.from("\0\0\0\u0009{not json"), /^what x sends cannot be read: .*not JSON/],
  ])("says why one that sends %s is unusable, without waiting for an answer", async (_what, bytes, reason) => {
    await using dir = tempDir();
    mkdirSync(dir.join("bus"), { mode: 0o700 });
    const server = createServer((socket) => void socket.on("error", () => {}).write(bytes));
    await new Promise<void>((resolve) => server.listen(dir.join("bus", "x.sock"), resolve));
    // Without a limit: an answer never comes.
    expect(await probe("x", { busDir: dir.join("bus"), timeoutMs: 600_000 })).toMatchObject({ status: "unusable", reason: expect.stringMatching(reason) });
    server.close();
  });

  it("does not take one that turns everybody away for one that is gone", async () => {
    await using dir = tempDir();
    const bus = dir.join("bus");
    open.push(await serve({ path: dir.join("bus", "full.sock"), onCommand: state, maxClients: 0 }));
    expect(await probe("full", { busDir: bus })).toMatchObject({ status: "unusable", reason: expect.stringMatching(/^full ended the connection: it serves 0 clients/) });
    const server = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(dir.join("bus", "rude.sock"), resolve));
    expect(await probe("rude", { busDir: bus })).toMatchObject({ status: "unusable" });
    server.close();
  });
});

describe("removeDead", () => {
  it("never removes what is not a socket", async () => {
    await using dir = tempDir();
    const bus = dir.join("bus");
    mkdirSync(dir.join("bus/folder.sock"), { recursive: true, mode: 0o700 });
    writeFileSync(dir.join("bus/file.sock"), "precious");
    for (const name of ["folder", "file"]) {
      expect(await probe(name, { busDir: bus })).toMatchObject({ status: "blocked", reason: expect.stringContaining(`${name}.sock is in the way`) });
      expect(await removeDead(name, { busDir: bus })).toBe(false);
    }
    expect(readFileSync(dir.join("bus/file.sock"), "utf8")).toBe("precious");
  });

  it("removes the socket of a dead process, and only that", async () => {
    await using dir = tempDir();
    const bus = dir.join("bus");
    await worker(dir.join("bus", "alive.sock"));
    await worker(dir.join("bus", "silent.sock"), () => new Promise(() => {}));
    await deadSocket(dir.join("bus", "dead.sock"));
    expect(await removeDead("dead", { busDir: bus })).toBe(true);
    expect(await removeDead("dead", { busDir: bus })).toBe(false);
    expect(await removeDead("alive", { busDir: bus })).toBe(false);
    expect(await removeDead("silent", { busDir: bus })).toBe(false);
    expect(scan({ busDir: bus })).toEqual(["alive", "silent"]);
  });

  it("leaves a socket that took the place of the dead one, though it was given the number of its file", async () => {
    await using dir = tempDir();
    const bus = dir.join("bus");
    mkdirSync(bus, { mode: 0o700 });
    const file = dir.join("bus", "again.sock");
    await deadSocket(file);
    const { ino } = lstatSync(file);
    const removed = removeDead("again", { busDir: bus });
    // The same number and a later time, as a new socket has where numbers are used again.
    chmodSync(file, 0o600);
    expect(lstatSync(file).ino).toBe(ino);
    expect(await removed).toBe(false);
    expect(scan({ busDir: bus })).toEqual(["again"]);
  });
});

describe("watchWorkers", () => {
  it("reports sockets that exist, appear and vanish, by event", async () => {
    await using dir = tempDir();
    await worker(dir.join("bus", "a.sock"));
    const appeared = deferred<string>();
    const vanished = deferred<string>();
    const seen: string[] = [];
    // Polls too rarely to matter: only events can pass this test.
    const watch = watchWorkers({ busDir: dir.join("bus"), pollMs: 3_600_000 });
    const undo = watch.on("appear", () => seen.push("unheard"));
    undo();
    watch.on("appear", (name) => {
      seen.push(name);
      if (name === "b") appeared.resolve(name);
    });
    watch.on("vanish", (name) => vanished.resolve(name));
    await Promise.resolve();
    expect(seen).toEqual(["a"]);
    const b = await worker(dir.join("bus", "b.sock"));
    await appeared.promise;
    await b.close();
    expect(await vanished.promise).toBe("b");
    expect(watch.names()).toEqual(["a"]);
    await watch.close();
  });

  it("finds a directory that appears, vanishes and appears again", async () => {
    await using dir = tempDir();
    const events: string[] = [];
    const watch = watchWorkers({ busDir: dir.join("bus"), pollMs: 50 });
    watch.on("appear", (name) => events.push(`+${name}`));
    watch.on("vanish", (name) => events.push(`-${name}`));
    await worker(dir.join("bus", "a.sock"));
    await waitFor("the first", () => events.length === 1);
    rmSync(dir.join("bus"), { recursive: true });
    // The worker listens again automatically, and that is noticed too.
    await waitFor("the return", () => events.at(-1) === "+a" && events.length >= 3);
    expect(events).toEqual(["+a", "-a", "+a"]);
    expect(existsSync(dir.join("bus", "a.sock"))).toBe(true);
    await watch.close();
  });

  it("reports a problem once while it lasts", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("bus"), { mode: 0o755 });
    const problems: string[] = [];
    const watch = watchWorkers({ busDir: dir.join("bus"), pollMs: 20 });
    watch.on("problem", (problem) => problems.push(problem));
    await waitFor("the problem", () => problems.length === 1);
    writeFileSync(dir.join("bus", "x"), "");
    writeFileSync(dir.join("bus", "y"), "");
    rmSync(dir.join("bus"), { recursive: true });
    await worker(dir.join("bus", "a.sock"));
    await waitFor("the good directory", () => watch.names().length === 1);
    expect(problems).toHaveLength(1);
    await watch.close();
  });
});
