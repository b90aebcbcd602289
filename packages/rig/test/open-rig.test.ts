import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { serve, socketPath } from "@vj/control";
import type { ControlServer, Peer, ReplyMessage } from "@vj/control";
import type { Command } from "@vj/schema";
import { Outlet, createTelemetry } from "@vj/telemetry";
import { tempDir, waitFor } from "@vj/test-kit";
import { describe, expect, it, onTestFinished } from "vitest";
import { openRig } from "../src/open-rig.ts";
import type { Rig, RigOptions } from "../src/open-rig.ts";

type Answer = (command: Command, peer: Peer) => ReplyMessage | Promise<ReplyMessage>;

interface Bus {
  readonly rig: Rig;
  readonly problems: string[];
  worker(name: string, answer: Answer): Promise<ControlServer>;
}

function createBus(options: RigOptions = {}): Bus {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  const busDir = dir.join("bus");
  const problems: string[] = [];
  const rig = openRig({ busDir, retryMs: 10, ...options });
  rig.on("problem", (problem) => problems.push(problem));
  onTestFinished(() => rig.close());
  return {
    rig,
    problems,
    worker: async (name, onCommand) => {
      const server = await serve({ path: socketPath(name, busDir), onCommand });
      onTestFinished(() => server.close());
      return server;
    },
  };
}

const ack = (success: boolean, message: string | null = null, data: Record<string, unknown> | null = null): ReplyMessage => ({ type: "ack", success, message, data });
const subscribers = ({ state }: Rig): string[] =>
  Object.values(state.workers)
    .filter(({ subscribed }) => subscribed)
    .map(({ name }) => name)
    .sort();

/** A rig beside a worker that answers `describe` with what cannot be read, which ends the connection. @param times how often it was asked before this resolves */
async function unreadable(times: number): Promise<{ readonly problems: readonly string[] }> {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  mkdirSync(dir.join("bus"), { mode: 0o700 });
  const payload = Buffer.from('{"type":"response","data":5}');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  let asked = 0;
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      if (!bytes.includes('"describe"')) return;
      asked += 1;
      socket.write(Buffer.concat([length, payload]));
    });
  }).listen(socketPath("bad", dir.join("bus")));
  onTestFinished(() => void server.close());
  const rig = openRig({ busDir: dir.join("bus"), retryMs: 10, states: false, descriptions: true });
  const problems: string[] = [];
  rig.on("problem", (problem) => problems.push(problem));
  onTestFinished(() => rig.close());
  await waitFor("the questions", () => asked > times);
  return { problems };
}

it("says why what a worker sends cannot be read", async () => {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  mkdirSync(dir.join("bus"), { mode: 0o700 });
  const payload = Buffer.from(`{"type":"heartbeat","worker":"bad","deep":${"[".repeat(100)}${"]".repeat(100)}}`);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(payload.length);
  const server = createServer((socket) => void socket.on("error", () => {}).end(Buffer.concat([length, payload]))).listen(socketPath("bad", dir.join("bus")));
  onTestFinished(() => void server.close());
  const rig = openRig({ busDir: dir.join("bus") });
  onTestFinished(() => rig.close());
  await waitFor("the reason", () => rig.state.workers["bad"]?.unreadable?.why.includes("nested more than"));
});

describe("the telemetry of the whole bus", () => {
  it("is asked of every worker but those left out and the manager, each on a port of its own", async () => {
    const { rig, worker } = createBus({ except: ["me"], states: false });
    rig.listen(undefined, () => {});
    const asked: { name: string; cmd: string; port: unknown; addresses: unknown }[] = [];
    for (const name of ["me", "one", "process_manager", "two"]) {
      await worker(name, ({ cmd, port, addresses }) => {
        asked.push({ name, cmd, port, addresses });
        return ack(true);
      });
    }
    await waitFor("both", () => subscribers(rig).length === 2);
    expect(subscribers(rig)).toEqual(["one", "two"]);
    expect(asked).toHaveLength(2);
    expect(asked).toContainEqual({ name: "one", cmd: "subscribe", port: expect.any(Number), addresses: undefined });
    expect(new Set(asked.map(({ port }) => port)).size).toBe(2);
  });

  it("is not requested without listeners, and once for all of them", async () => {
    const { rig, worker } = createBus({ states: false });
    const asked: unknown[] = [];
    await worker("one", ({ cmd, addresses }) => {
      asked.push([cmd, addresses]);
      return ack(true);
    });
    await waitFor("the connection", () => rig.state.workers["one"]?.link === "connected");
    expect(asked).toEqual([]);
    const undo = [rig.listen(["/audio/*"], () => {}), rig.listen(["/karaoke/track", "/audio/*"], () => {})];
    await waitFor("the subscription", () => subscribers(rig).length === 1);
    expect(asked).toEqual([["subscribe", ["/audio/*", "/karaoke/track"]]]);
    for (const off of undo) off();
    await waitFor("its end", () => subscribers(rig).length === 0);
    await waitFor("the unsubscription", () => asked.length === 2);
    expect(asked[1]).toEqual(["unsubscribe", undefined]);
  });

  it("goes to the listeners of its address", async () => {
    const { rig, worker } = createBus({ states: false });
    const received: string[] = [];
    rig.listen(["/a/*"], ({ address }) => received.push(`a ${address}`));
    rig.listen(undefined, ({ address }) => received.push(`all ${address}`));
    await worker("one", ({ cmd, port }) => {
      if (cmd !== "subscribe") return ack(true);
      const spec = { args: [{ name: "value", tag: "i" }], kind: "stream", description: "" } as const;
      const telemetry = createTelemetry({
        table: { "/a/one": spec, "/b/one": spec },
        targets: [{ name: "us", host: "127.0.0.1", port: Number(port), enabled: true }],
      });
      onTestFinished(() => telemetry.close());
      const timer = setInterval(() => {
        telemetry.send("/a/one", [1]);
        telemetry.send("/b/one", [1]);
      }, 10);
      onTestFinished(() => clearInterval(timer));
      return ack(true);
    });
    await waitFor("all", () => received.length >= 6);
    expect(new Set(received)).toEqual(new Set(["a /a/one", "all /a/one", "all /b/one"]));
  });

  it("reaches a tap as the bytes that were sent, with its worker and a rising time", async () => {
    const { rig, worker } = createBus({ states: false });
    const packets: { text: string; at: number; from: string }[] = [];
    const sent = Buffer.from("/a\0\0,i\0\0\0\0\0\u0007");
    rig.listen(["/nothing"], () => {});
    const end = rig.tap((bytes, at, from) => packets.push({ text: Buffer.from(bytes).toString("hex"), at, from }));
    await worker("one", ({ cmd, port, addresses }) => {
      if (cmd !== "subscribe") return ack(true);
      expect(addresses).toBeUndefined();
      const outlet = new Outlet({ host: "127.0.0.1", port: Number(port), onRecovered: () => {}, onProblem: () => {} });
      onTestFinished(() => outlet.close());
      outlet.send(sent);
      outlet.send(Buffer.from("no osc"));
      return ack(true);
    });
    await waitFor("both packets", () => packets.length === 2);
    expect(packets.map(({ text }) => text)).toEqual([sent.toString("hex"), Buffer.from("no osc").toString("hex")]);
    expect(packets.map(({ from }) => from)).toEqual(["one", "one"]);
    expect(Math.abs(Date.now() - (packets[0]?.at ?? 0))).toBeLessThan(60_000);
    expect(packets[1]?.at).toBeGreaterThanOrEqual(packets[0]?.at ?? Infinity);
    end();
    end();
  });

  it("that a worker refuses is reported once and asked for again", async () => {
    const { rig, problems, worker } = createBus({ states: false });
    rig.listen(undefined, () => {});
    let asked = 0;
    await worker("old", () => {
      asked += 1;
      return asked < 5 ? ack(false, "unknown command") : ack(true);
    });
    await waitFor("the subscription", () => subscribers(rig).includes("old"));
    expect(problems).toEqual(["old sends no telemetry here: unknown command"]);
    expect(asked).toBe(5);
  });

  it("ends with the socket of a worker, and with the rig", async () => {
    const { rig, worker } = createBus({ states: false });
    rig.listen(undefined, () => {});
    const gone = await worker("gone", () => ack(true));
    const kept = await worker("kept", () => ack(true));
    await waitFor("both", () => subscribers(rig).length === 2);
    await gone.close();
    rmSync(gone.path, { force: true });
    await waitFor("its loss", () => subscribers(rig).join() === "kept");
    expect(rig.state.workers).not.toHaveProperty("gone");
    await rig.close();
    await waitFor("no connection", () => kept.connections === 0);
  });
});

describe("commands", () => {
  it("go to the worker that is named; its refusal is a reply", async () => {
    const { rig, worker } = createBus();
    await worker("one", ({ cmd }) => ack(cmd === "yes", cmd));
    await waitFor("the worker", () => rig.state.workers["one"]?.link === "connected");
    expect(await rig.send("one", "yes")).toMatchObject({ success: true, message: "yes" });
    expect(await rig.send("one", "no")).toMatchObject({ success: false, message: "no" });
  });

  it("for a worker that has no socket fail at once, those for one that left its socket wait", async () => {
    const { rig, worker } = createBus();
    await expect(rig.send("nobody", "x")).rejects.toMatchObject({ code: "not_found", message: "nobody is not running" });
    const first = await worker("one", () => ack(true, "first"));
    await waitFor("the worker", () => rig.state.workers["one"]?.link === "connected");
    await first.close();
    await waitFor("its loss", () => rig.state.workers["one"]?.link !== "connected");
    await worker("one", () => ack(true, "second"));
    expect(await waitFor("the answer", () => rig.send("one", "x").catch(() => undefined))).toMatchObject({ message: "second" });
  });
});

describe("the bus directory", () => {
  it("that cannot be used is a problem, not an exception", async () => {
    const dir = tempDir();
    onTestFinished(() => dir.remove());
    const { rig, problems } = createBus({ busDir: "/dev/null" });
    await waitFor("the problem", () => problems.length > 0);
    expect(rig.state.busProblem).toBe(problems[0]);
  });
});

describe("states", () => {
  it("and descriptions are asked for, a silent worker is recognised", async () => {
    const { rig, worker } = createBus();
    await worker("one", ({ cmd }) => (cmd === "get_state" ? ack(true, null, { status: "running", pid: 7 }) : ack(false, "unknown command")));
    await worker("mute", () => new Promise(() => {}));
    await waitFor("the state", () => rig.state.workers["one"]?.state?.pid === 7);
    await waitFor("the silence", () => rig.state.workers["mute"]?.silentSince !== undefined);
  });

  it("a description with a faulty part is used without that part, which is named", async () => {
    const { rig, problems, worker } = createBus();
    const config_schema = { type: "object", properties: { a: { type: "string" } } };
    await worker("odd", ({ cmd }) => (cmd === "describe" ? ack(true, null, { worker: "odd", config_schema, commands: { blink: 5 } }) : ack(true)));
    await waitFor("the settings", () => rig.state.workers["odd"]?.description?.config_schema["properties"] !== undefined);
    await waitFor("the fault", () => problems.length > 0);
    expect(problems).toEqual([expect.stringContaining("odd describes itself with faults; the rest is used: commands.blink: ")]);
  });

  it("a worker that cannot be described is reported once for each reason, however often it is asked and connects", async () => {
    const { problems } = await unreadable(3);
    expect(problems.filter((problem) => problem.includes("did not answer describe"))).toHaveLength(1);
  });
});
