import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { connect } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { createTelemetry, createReceiver } from "@vj/telemetry";
import { spawnNode, waitFor } from "@vj/test-kit";
import type { TestProcess } from "@vj/test-kit";
import { WorkerProcess, workerContract } from "@vj/worker/testing";
import { contractOsc } from "@vj/schema";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";

const program = path.join(import.meta.dirname, "../bin/osc-debugger.js");
const command: [string, ...string[]] = [process.execPath, program];
const beacon = path.join(import.meta.dirname, "fixtures/beacon.mjs");

const stateSchema = z.object({
  status: z.literal("running"),
  osc_port: z.int(),
  oscquery_announced: z.string().nullable(),
  osc_enabled: z.boolean(),
  logging_enabled: z.boolean(),
  message_count: z.int(),
  log_count: z.int(),
  sources: z.array(z.string()),
  malformed: z.array(z.unknown()),
});
const messagesSchema = z.object({
  messages: z.array(z.object({ timestamp: z.number(), address: z.string(), tags: z.string(), args: z.array(z.unknown()) })),
  total_count: z.int(),
});
const logsSchema = z.object({
  logs: z.array(z.object({ timestamp: z.number(), level: z.string(), source: z.string(), message: z.string(), aggregated: z.int().optional() })),
  total_count: z.int(),
});
const addressesSchema = z.object({ addresses: z.array(z.looseObject({ address: z.string(), count: z.int() })) });

describe("as a worker", () => {
  const subject = { name: "osc_debugger", command, validConfig: { osc_enabled: false }, invalidConfig: { logging_enabled: "perhaps" } };
  for (const { name, run } of workerContract(subject)) it(name, () => run());
});

interface DebuggerSetup {
  client: ControlClient;
  busDir: string;
  startBeacon(): Promise<{ process: TestProcess; client: ControlClient }>;
  state(): Promise<z.infer<typeof stateSchema>>;
  messages(args?: Record<string, unknown>): Promise<z.infer<typeof messagesSchema>>;
  logs(args?: Record<string, unknown>): Promise<z.infer<typeof logsSchema>>;
}

async function setUp(before: (rig: WorkerProcess) => void = () => {}): Promise<DebuggerSetup> {
  const worker = await WorkerProcess.prepare("osc_debugger", { command });
  onTestFinished(() => worker.remove());
  before(worker);
  const client = await worker.start();
  const ask = async (cmd: string, args: Record<string, unknown>): Promise<unknown> => (await client.request(cmd, args)).data;
  return {
    client,
    busDir: worker.busDir,
    startBeacon: () => startBeacon(worker),
    state: async () => stateSchema.parse(await ask("get_state", {})),
    messages: async (args = {}) => messagesSchema.parse(await ask("get_messages", args)),
    logs: async (args = {}) => logsSchema.parse(await ask("get_logs", args)),
  };
}

async function startBeacon({ dir, busDir }: WorkerProcess): Promise<{ process: TestProcess; client: ControlClient }> {
  const config = path.join(dir, "config");
  mkdirSync(config, { recursive: true });
  writeFileSync(path.join(config, "targets.json"), '{"targets":[]}');
  const process = spawnNode([beacon], { VJ_BUS_DIR: busDir, VJ_CONFIG_DIR: config });
  onTestFinished(async () => void (await process.kill()));
  const client = await waitFor("the beacon", () => connect("beacon", { busDir, reconnect: false }));
  onTestFinished(() => client.close());
  return { process, client };
}

const blink = { address: "/beacon/blink", from: 1, to: 3 };

describe("OSC", () => {
  it("of a worker is shown from its states on, without taking the port of its target", async () => {
    const rig = await setUp();
    const { process, client } = await rig.startBeacon();
    await waitFor("the state", async () => (await rig.state()).message_count >= 1);
    expect((await rig.state()).sources).toEqual(["beacon"]);
    await client.request("blink", blink);
    await waitFor("the blinks", async () => (await rig.state()).message_count >= 4);
    const { messages, total_count } = await rig.messages();
    expect(messages.map(({ address, tags, args }) => [address, tags, ...args])).toEqual([
      ["/beacon/state", "i", process.pid],
      ["/beacon/blink", "i", 1],
      ["/beacon/blink", "i", 2],
      ["/beacon/blink", "i", 3],
    ]);
    expect(total_count).toBe(4);
    expect(Math.abs(Date.now() / 1000 - (messages[0]?.timestamp ?? 0))).toBeLessThan(60);
  });

  it("can be filtered by address and prefix, and counted", async () => {
    const rig = await setUp();
    const { client } = await rig.startBeacon();
    await waitFor("the subscription", async () => (await rig.state()).sources.includes("beacon"));
    await client.request("blink", { ...blink, to: 10 });
    await client.request("blink", { ...blink, address: "/other" });
    await waitFor("all", async () => (await rig.messages({ address: "/other" })).total_count === 3);
    const exact = await rig.messages({ address: "/beacon/blink", count: 2 });
    expect([exact.total_count, ...exact.messages.map(({ args }) => args[0])]).toEqual([10, 9, 10]);
    expect((await rig.messages({ address: "/beacon/*" })).total_count).toBe(11);
    expect((await rig.messages({ address: "/beacon" })).total_count).toBe(0);
    expect((await rig.messages({ address: "/b?acon/{blink,state}" })).total_count).toBe(11);
    expect(await rig.client.request("get_messages", { address: "/[a" })).toMatchObject({ success: false, data: { code: "bad_arguments" } });
    const { addresses } = addressesSchema.parse((await rig.client.request("get_addresses", { address: "/b*" })).data);
    expect(addresses).toMatchObject([
      { address: "/beacon/blink", count: 10, args: [10], tags: "i", type_changed_from: null },
      { address: "/beacon/state", count: 1 },
    ]);
  });

  it("of a worker that died is shown again once it is back", async () => {
    const rig = await setUp();
    const first = await rig.startBeacon();
    await waitFor("the first", async () => (await rig.state()).sources.includes("beacon"));
    await first.process.kill("SIGKILL");
    await waitFor("its loss", async () => !(await rig.state()).sources.includes("beacon"));
    const second = await rig.startBeacon();
    await waitFor("the second", async () => {
      const { messages } = await rig.messages({ address: "/beacon/state" });
      return messages.at(-1)?.args[0] === second.process.pid;
    });
    expect((await rig.state()).sources).toEqual(["beacon"]);
  });

  it("is not requested while it is off", async () => {
    const rig = await setUp();
    const { client } = await rig.startBeacon();
    const subscribers = async (): Promise<number> => {
      const state = z.object({ telemetry: z.object({ subscriptions: z.array(z.unknown()) }) }).parse((await client.request("get_state")).data);
      return state.telemetry.subscriptions.length;
    };
    await waitFor("the subscription", async () => (await subscribers()) === 1);
    await rig.client.request("set_config", { osc_enabled: false });
    expect(await rig.state()).toMatchObject({ osc_enabled: false, osc_port: 0, sources: [] });
    await waitFor("its end", async () => (await subscribers()) === 0);
    await rig.client.request("set_config", { osc_enabled: true });
    await waitFor("it again", async () => (await subscribers()) === 1);
    expect((await rig.state()).osc_port).toBeGreaterThan(0);
  });

  it("keeps the last thousand of a flood, which fit into a reply", async () => {
    const rig = await setUp();
    const { osc_port: port } = await rig.state();
    const telemetry = createTelemetry({ table: contractOsc, targets: [{ name: "d", host: "127.0.0.1", port, enabled: true }] });
    onTestFinished(() => telemetry.close());
    await telemetry.settled();
    const third = Array(32).fill(1 / 3);
    // In portions that any receive buffer can hold.
    for (let sent = 0; sent < 3000; sent += 100) {
      for (let n = 0; n < 100; n += 1) telemetry.send("/audio/spectrum", third);
      await rig.state();
    }
    await waitFor("the flood", async () => (await rig.state()).message_count === 1000);
    const { messages, total_count } = await rig.messages({ count: 1000 });
    expect(total_count).toBe(1000);
    expect(messages.length).toBeGreaterThan(900);
    expect(messages.at(-1)?.args).toEqual(Array(32).fill(Math.fround(1 / 3)));
  });

  it("survives nonsense on its port", async () => {
    const rig = await setUp();
    const { osc_port: port } = await rig.state();
    const { createSocket } = await import("node:dgram");
    const socket = createSocket("udp4");
    onTestFinished(() => void socket.close());
    for (let n = 0; n < 50; n += 1) socket.send(Buffer.alloc(n * 7, n), port, "127.0.0.1");
    socket.send("/after\0\0,\0\0\0", port, "127.0.0.1");
    await waitFor("the message behind it", async () => (await rig.messages({ address: "/after" })).total_count === 1);
    const state = await rig.state();
    expect(state.message_count).toBe(1);
    expect(state.malformed).toContainEqual({ sender: `127.0.0.1:${socket.address().port}`, reason: expect.any(String), count: expect.any(Number) });
  });

  it("comes to a fixed port too; one that is taken is named with its owner, and stops nothing", async () => {
    const rig = await setUp();
    const taken = await createReceiver();
    onTestFinished(() => taken.close());
    const refused = await rig.client.request("set_config", { osc_port: taken.port });
    expect(refused).toMatchObject({ success: false, message: expect.stringMatching(/is taken by .*vj config set osc_debugger osc_port=\d+/) });
    const free = await createReceiver();
    await free.close();
    expect(await rig.client.request("set_config", { osc_port: free.port })).toMatchObject({ success: true });
    expect((await rig.state()).osc_port).toBe(free.port);
  });

  it("can be read by OSCQuery: what workers declare, with the newest values", async () => {
    const rig = await setUp();
    const { client } = await rig.startBeacon();
    await waitFor("the beacon", async () => (await rig.state()).sources.includes("beacon"));
    await client.request("blink", blink);
    const probe = await createReceiver();
    await probe.close();
    await rig.client.request("set_config", { oscquery_port: probe.port });
    const read = async (path: string): Promise<unknown> => {
      const answer = await fetch(`http://127.0.0.1:${probe.port}${path}`);
      return answer.status === 200 ? answer.json() : undefined;
    };
    await waitFor("the value", async () => JSON.stringify(await read("/beacon/blink?VALUE")) === '{"VALUE":[3]}');
    await rig.client.request("set_config", { oscquery_announce: true });
    await waitFor("the announcement", async () => (await rig.state()).oscquery_announced?.startsWith("vj-bus"));
    await rig.client.request("set_config", { oscquery_port: 0 });
    await expect(read("/")).rejects.toThrow();
    expect((await rig.state()).oscquery_announced).toBeNull();
  });
});

describe("logs", () => {
  it("of all processes are collected, from before its start on", async () => {
    const rig = await setUp((worker) => {
      mkdirSync(path.join(worker.busDir, "logs"), { recursive: true, mode: 0o700 });
      const line = { time: "2026-01-02T03:04:05.500Z", level: "warn", source: "old_worker", message: "was here" };
      writeFileSync(path.join(worker.busDir, "logs/old_worker.log"), `${JSON.stringify(line)}\n`);
    });
    const { client } = await rig.startBeacon();
    await client.request("write", { level: "error", text: "lamp broken" });
    await waitFor("the line", async () => (await rig.logs({ source: "beacon", level: "error" })).total_count === 1);
    const { logs } = await rig.logs({ level: "warn" });
    expect(logs).toMatchObject([
      { timestamp: Date.UTC(2026, 0, 2, 3, 4, 5, 500) / 1000, level: "warn", source: "old_worker", message: "was here" },
      { level: "error", source: "beacon", message: "lamp broken" },
    ]);
    expect((await rig.logs({ source: "osc_debugger" })).total_count).toBeGreaterThan(0);
  });

  it("sum up a burst", async () => {
    const rig = await setUp();
    const { client } = await rig.startBeacon();
    await client.request("write", { level: "info", text: "flicker", times: 200 });
    const counted = await waitFor("the sum", async () => {
      const { logs } = await rig.logs({ source: "beacon", count: 500 });
      const shown = logs.filter(({ message }) => message === "flicker").length;
      const held = logs.reduce((sum, { aggregated = 0 }) => sum + aggregated, 0);
      // The start-up lines of the beacon may have been the first of that second.
      return shown + held >= 200 && { shown, held };
    });
    expect(counted.shown).toBeLessThan(100);
    expect(counted.held).toBeGreaterThanOrEqual(100);
  });

  it("are not read while switched off, and deleted on clear", async () => {
    const rig = await setUp();
    const { client } = await rig.startBeacon();
    await client.request("write", { level: "info", text: "one" });
    await waitFor("a line", async () => (await rig.logs({ source: "beacon" })).logs.some(({ message }) => message === "one"));
    await rig.client.request("set_config", { logging_enabled: false, osc_enabled: false });
    expect((await rig.client.request("clear")).success).toBe(true);
    await client.request("write", { level: "info", text: "two" });
    expect(await rig.state()).toMatchObject({ message_count: 0, log_count: 0, logging_enabled: false });
    await rig.client.request("set_config", { logging_enabled: true });
    await client.request("write", { level: "info", text: "three" });
    await waitFor("the third", async () => (await rig.logs({ source: "beacon" })).total_count > 0);
    const lines = (await rig.logs({ source: "beacon" })).logs.map(({ message }) => message);
    // What a command did is logged before that it was carried out.
    expect(lines.filter((line) => !line.startsWith("command "))).toEqual(["three"]);
  });
});

it("leaves port and telemetry to other programs: two listeners receive the same", async () => {
  const rig = await setUp();
  const { client } = await rig.startBeacon();
  const seen: unknown[] = [];
  const other = await createReceiver();
  other.on("message", ({ args }) => seen.push(...args));
  onTestFinished(() => other.close());
  await client.request("subscribe", { port: other.port, addresses: ["/beacon/blink"] });
  await waitFor("the subscription", async () => (await rig.state()).sources.includes("beacon"));
  await client.request("blink", blink);
  await waitFor("both", async () => seen.length === 3 && (await rig.messages({ address: "/beacon/blink" })).total_count === 3);
  expect(seen).toEqual([1, 2, 3]);
});
