import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { connect, serve } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { defineOscTable, descriptionSchema, limits, managerName, text } from "@vj/schema";
import type { Message } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { deferred, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { z } from "zod";
import { Worker, defineCommand, ok } from "../src/index.ts";
import { monitorProcess } from "../src/process-stats.ts";
import { Pulse } from "../src/pulse.ts";

const config = z.object({ colour: z.string().min(1).default("red"), level: z.number().min(0).max(1).default(0.5) });

class Lamp extends Worker<typeof config> {
  readonly events: string[] = [];

  constructor() {
    super({
      name: "lamp",
      version: "1.2.3",
      description: "Glows",
      config,
      osc: defineOscTable({ "/lamp/colour": { args: [text("colour")], kind: "state", description: "Its colour" } }),
    });
  }

  protected override onStart(): void {
    if (this.config.colour === "forbidden") throw new Error("no such colour in the box");
    this.events.push(`start ${this.config.colour}`);
    this.telemetry.send("/lamp/colour", [this.config.colour]);
  }

  protected override onStop(): void {
    this.events.push("stop");
  }

  protected override commands() {
    return {
      paint: defineCommand({
        description: "Changes its own colour, and remembers it",
        args: z.object({ colour: z.string().max(40) }),
        run: async ({ colour }) => {
          await this.remember({ colour });
          return ok(`painted ${this.config.colour}`);
        },
      }),
    };
  }

  protected override getStats(): Record<string, unknown> {
    return { watts: 60 };
  }

  protected override getState(): Record<string, unknown> {
    return { lit: true };
  }
}

let dir: TempDir;

beforeEach(() => {
  dir = tempDir();
  const environment = { ...tempEnvironment(dir), VJ_SUPERVISED: "1", VJ_OSC_TARGETS: "" };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    dir.remove();
  });
});

async function start(): Promise<{ lamp: Lamp; client: ControlClient }> {
  const lamp = new Lamp();
  onTestFinished(() => lamp.stop());
  await lamp.start();
  const client = await connect("lamp", { busDir: dir.join("bus") });
  onTestFinished(() => client.close());
  return { lamp, client };
}

/** A manager that only listens. */
async function listen(): Promise<{ received: Message[]; next(type: Message["type"]): Promise<Message> }> {
  const received: Message[] = [];
  const server = await serve({
    path: dir.join("bus", `${managerName}.sock`),
    onCommand: () => ({ type: "ack", success: true, message: null, data: null }),
    onMessage: (message) => received.push(message),
  });
  onTestFinished(() => server.close());
  return { received, next: (type) => waitFor(type, () => received.find((message) => message.type === type)) };
}

describe("a worker", () => {
  it("reports its state and its settings", async () => {
    const { lamp, client } = await start();
    expect((await client.request("get_state")).data).toMatchObject({
      status: "running",
      worker: "lamp",
      version: "1.2.3",
      pid: process.pid,
      instance_id: lamp.instanceId,
      config: { colour: "red", level: 0.5 },
      config_origin: { colour: "default" },
      lit: true,
    });
    const description = descriptionSchema.parse((await client.request("describe")).data);
    expect(description.commands["paint"]?.args).toMatchObject({ properties: { colour: { type: "string" } } });
    expect(description.osc["/lamp/colour"]?.args).toEqual([{ name: "colour", tag: "s" }]);
    expect(await client.request("paint", { colour: 7 })).toMatchObject({ success: false, message: expect.stringMatching(/colour/), data: { code: "bad_arguments", issues: [{ path: "colour" }] } });
  });

  it("describes the arguments of set_config: any of its settings, none of which has a default there", async () => {
    const { client } = await start();
    const description = descriptionSchema.parse((await client.request("describe")).data);
    const args = description.commands["set_config"]?.args;
    expect(args).toMatchObject({ additionalProperties: false, properties: { level: { type: "number", minimum: 0, maximum: 1 }, allow_remote_subscribers: { type: "boolean" } } });
    expect(args).not.toHaveProperty("required");
    expect(JSON.stringify(args)).not.toContain("default");
    expect(description.config_schema).toMatchObject({ properties: { level: { default: 0.5 } } });
  });

  it("needs no settings of its own, and stops when it is disposed", async () => {
    class Plain extends Worker {
      constructor() {
        super({ name: "plain", version: "1.0.0", description: "Has no settings" });
      }
    }
    const plain = new Plain();
    await plain.start();
    const client = await connect("plain", { busDir: plain.busDir, reconnect: false });
    expect((await client.request("get_state")).data).toMatchObject({ status: "running", config: { allow_remote_subscribers: false } });
    expect(await client.request("set_config", { colour: "red" })).toMatchObject({ success: false, data: { code: "bad_arguments", issues: [{ path: "colour" }] } });
    await client.close();
    await plain[Symbol.asyncDispose]();
    await expect(connect("plain", { busDir: plain.busDir })).rejects.toMatchObject({ code: "not_found" });
  });

  it("refuses arguments and settings with a name of the envelope", () => {
    const command = (args: z.ZodObject) => () => defineCommand({ description: "", args, run: () => ok() });
    for (const name of ["type", "cmd", "msg_id"]) expect(command(z.object({ [name]: z.number() }))).toThrow(`cannot be called "${name}"`);
    class Typed extends Worker {
      constructor() {
        super({ name: "typed", version: "1.0.0", description: "", config: z.object({ type: z.string().default("") }) });
      }
    }
    expect(() => new Typed()).toThrow('a setting cannot be called "type"');
    expect(() => new Typed()).toThrow(expect.objectContaining({ name: "WorkerError", code: "reserved" }));
  });

  it("registers with the manager and sends heartbeats, whenever the manager starts", async () => {
    const { lamp } = await start();
    const manager = await listen();
    expect(await manager.next("register")).toMatchObject({
      worker: "lamp",
      pid: process.pid,
      instance_id: lamp.instanceId,
      osc_addresses: ["/lamp/colour"],
      socket_path: dir.join("bus", "lamp.sock"),
    });
    expect(await manager.next("heartbeat")).toMatchObject({
      worker: "lamp",
      stats: { watts: 60, rss_mb: expect.any(Number), cpu_percent: expect.any(Number), loop_lag_ms_p99: expect.any(Number) },
    });
    expect(manager.received[0]?.type).toBe("register");
  });

  it("restarts with a changed setting, and saves it", async () => {
    const { lamp, client } = await start();
    expect(await client.request("set_config", { colour: "blue" })).toMatchObject({ success: true, message: "Config updated" });
    expect(lamp.events).toEqual(["start red", "stop", "start blue"]);
    expect(JSON.parse(readFileSync(dir.join("config", "lamp.json"), "utf8"))).toEqual({ colour: "blue" });
    expect(await client.request("set_config", {})).toMatchObject({ success: false });
  });

  it("undoes a setting that makes the restart fail", async () => {
    const { lamp, client } = await start();
    const reply = await client.request("set_config", { colour: "forbidden" });
    expect(reply).toMatchObject({ success: false, message: expect.stringContaining("no such colour in the box") });
    expect(lamp.events.at(-1)).toBe("start red");
    expect((await client.request("get_state")).data).toMatchObject({ config: { colour: "red" } });
    expect(JSON.parse(readFileSync(dir.join("config", "lamp.json"), "utf8"))).toEqual({});
  });

  it("saves settings that it changed itself, without a restart", async () => {
    const { lamp, client } = await start();
    expect(await client.request("paint", { colour: "green" })).toMatchObject({ message: "painted green" });
    expect(await client.request("paint", { colour: "" })).toMatchObject({ success: false });
    expect(lamp.events).toEqual(["start red"]);
  });

  it("reads its file again on restart, and keeps a broken one aside", async () => {
    const { lamp, client } = await start();
    await client.request("set_config", { level: 1 });
    writeFileSync(dir.join("config", "lamp.json"), '{"colour": "white"}');
    expect(await client.request("restart")).toMatchObject({ success: true, message: "Restarted" });
    expect(lamp.events.at(-1)).toBe("start white");
    writeFileSync(dir.join("config", "lamp.json"), '{"colour"');
    await client.request("restart");
    expect(lamp.events.at(-1)).toBe("start red");
    expect(readFileSync(dir.join("bus", "logs", "lamp.log"), "utf8")).toMatch(/"level":"error".*is kept as/);
  });

  it("takes an edit of its file, all of it or nothing, and reports a refused edit", async () => {
    const { lamp, client } = await start();
    await client.request("set_config", { level: 1 });
    const file = dir.join("config", "lamp.json");
    const problem = async (): Promise<unknown> => (await client.request("get_state")).data?.["config_problem"];
    writeFileSync(file, '\uFEFF{ "colour": "white", "level": 0.25 }');
    await waitFor("the edit", () => lamp.events.at(-1) === "start white");
    expect((await client.request("get_state")).data).toMatchObject({ config: { colour: "white", level: 0.25 }, config_problem: null });
    for (const bad of ['{ "colour": "pink", "level": 7 }', '{ "colour": "pink", "lewel": 1 }', '{ "colour"', '{ "colour": "forbidden" }']) {
      writeFileSync(file, bad);
      await waitFor("the refusal", async () => typeof (await problem()) === "string");
      expect(await problem()).toMatch(/was edited, but is not taken: .*; the former settings stay in force/);
      expect((await client.request("get_state")).data).toMatchObject({ config: { colour: "white", level: 0.25 }, condition: { level: "degraded" } });
      expect(lamp.events.at(-1)).toBe("start white");
      expect(readFileSync(file, "utf8")).toBe(bad);
      writeFileSync(file, '{ "level": 0.25, "colour": "white" }');
      await waitFor("the problem to be gone", async () => (await problem()) === null);
    }
    writeFileSync(file, '{ "colour": 7 }');
    await waitFor("the refusal", async () => typeof (await problem()) === "string");
    rmSync(file);
    await waitFor("the problem to go with the file", async () => (await problem()) === null);
    expect((await client.request("get_state")).data).toMatchObject({ config: { colour: "white", level: 0.25 } });
    writeFileSync(file, '{ "level": 0.25, "colour": "white" }');
    const begun = lamp.events.length;
    writeFileSync(file, '{"level":0.25,"colour":"white"}\n');
    await client.request("set_config", { level: 0.5 });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ colour: "white", level: 0.5 });
    expect(lamp.events).toHaveLength(begun + 2);
  });

  it("reports what is in place of its settings only as long as it is there", async () => {
    const file = dir.join("config", "lamp.json");
    mkdirSync(file, { recursive: true });
    const { client } = await start();
    const problem = async (): Promise<unknown> => (await client.request("get_state")).data?.["config_problem"];
    expect(await problem()).toMatch(/lamp\.json: it is not a file but a directory; move it away; defaults are used/);
    rmSync(file, { recursive: true });
    await waitFor("the problem to be gone", async () => (await problem()) === null);
    await client.request("set_config", { level: 0.5 });
    renameSync(file, `${file}.kept`);
    symlinkSync("lamp.json", file);
    await waitFor("the circle", async () => /leads in a circle.*the former settings stay in force/.test(String(await problem())));
    rmSync(file);
    renameSync(`${file}.kept`, file);
    await waitFor("the problem to be gone", async () => (await problem()) === null);
    expect((await client.request("get_state")).data).toMatchObject({ config: { level: 0.5 } });
  });

  it("reports a failed in-place restart, and goes on with the former settings", async () => {
    const { lamp, client } = await start();
    mkdirSync(dir.join("config"));
    writeFileSync(dir.join("config", "lamp.json"), '{ "colour": "forbidden" }');
    expect(await client.request("restart")).toMatchObject({ success: false, message: expect.stringMatching(/no such colour.*the former ones are in force/) });
    expect(lamp.events.at(-1)).toBe("start red");
    expect((await client.request("get_state")).data).toMatchObject({ config: { colour: "red" } });
  });

  it("sends its telemetry to subscribers, and to the targets of its file", async () => {
    const { client } = await start();
    const [subscriber, target] = [await createReceiver(), await createReceiver()];
    onTestFinished(() => subscriber.close());
    onTestFinished(() => target.close());
    expect(await client.request("subscribe", { port: subscriber.port })).toMatchObject({ success: true });
    await waitFor("the state at once", () => subscriber.latest("/lamp/colour") !== undefined);
    expect(await client.request("unsubscribe")).toMatchObject({ success: true });
    expect(await client.request("unsubscribe")).toMatchObject({ success: false });
    expect(await client.request("subscribe", { port: 0 })).toMatchObject({ success: false });
    mkdirSync(dir.join("config"));
    writeFileSync(dir.join("config", "targets.json"), JSON.stringify({ targets: [{ name: "t", port: target.port }] }));
    await waitFor("the target to get it", () => target.latest("/lamp/colour") !== undefined);
    const condition = async (): Promise<unknown> => (await client.request("get_state")).data?.["condition"];
    expect(await condition()).toBeUndefined();
    writeFileSync(dir.join("config", "targets.json"), '{"targets": [{"port": 0}]}');
    const broken = await waitFor("the broken file to be reported", condition);
    expect(broken).toMatchObject({ level: "degraded", text: expect.stringContaining("targets.json"), todo: expect.stringContaining("correct ") });
    writeFileSync(dir.join("config", "targets.json"), '{"targets": []}');
    await waitFor("the file to be correct again", async () => (await condition()) === undefined);
  });

  it("limits the subscriptions of each connection, and ends them with it", async () => {
    const { client } = await start();
    const other = await connect("lamp", { busDir: dir.join("bus") });
    onTestFinished(() => other.close());
    for (let port = 1; port <= limits.subscriptionsPerConnection; port++) {
      expect(await client.request("subscribe", { port: 40_000 + port, host: null, addresses: null })).toMatchObject({ success: true });
    }
    expect(await client.request("subscribe", { port: 40_001 })).toMatchObject({ success: true });
    expect(await client.request("subscribe", { port: 39_999 })).toMatchObject({ success: false, message: expect.stringMatching(/16 subscriptions/) });
    expect(await other.request("subscribe", { port: 39_999 })).toMatchObject({ success: true });
    const subscriptions = async (): Promise<unknown> => (await other.request("get_state")).data?.["telemetry"];
    expect(await subscriptions()).toMatchObject({ subscriptions: { length: 17 } });
    await client.close();
    await waitFor("its subscriptions to end", async () => Reflect.get(Object(await subscriptions()), "subscriptions").length === 1);
  });

  it("sends to other machines only when its settings allow that", async () => {
    const { client } = await start();
    for (const host of ["198.51.100.7", "example.org", "255.255.255.255", "224.0.0.1", "0.0.0.0", "127.255.255.255", "0x7f.255.255.255", "::ffff:127.255.255.255", "::ffff:10.9.8.7", "2001:db8::1"]) {
      expect(await client.request("subscribe", { host, port: 9 }), host).toMatchObject({
        success: false,
        message: expect.stringContaining("allow_remote_subscribers"),
      });
    }
    for (const host of ["localhost", "LOCALHOST", "localhost.", "127.0.0.1", "127.1", "0x7f.1", "127.0.0.2", "::1", "[::1]", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"]) {
      expect(await client.request("subscribe", { host, port: 9 }), host).toMatchObject({ success: true });
    }
    for (const host of ["", "a b", "127.0.0.1:9", "1.2.3", "127.0.0.01", "a..b"]) {
      expect(await client.request("subscribe", { host, port: 9 }), host).toMatchObject({ success: false, data: { code: "bad_arguments", issues: [{ path: "host" }] } });
    }
    expect(await client.request("set_config", { allow_remote_subscribers: true })).toMatchObject({ success: true });
    expect(await client.request("subscribe", { host: "198.51.100.7", port: 9 })).toMatchObject({ success: true });
  });

  it("changes nothing when the settings would be too long to be sent", async () => {
    const { lamp, client } = await start();
    const reply = await client.request("set_config", { colour: "x".repeat(limits.settingsBytes) });
    expect(reply).toMatchObject({ success: false, message: expect.stringMatching(/colour: longer than 4096 characters/) });
    for (const key of ["constructor", "toString", "k".repeat(10_000)]) {
      const refused = await client.request("set_config", JSON.parse(`{"${key}": "x"}`));
      expect(refused).toMatchObject({ success: false, message: expect.stringMatching(/unknown setting/) });
      expect(refused.message?.length).toBeLessThan(1000);
    }
    expect(lamp.events).toEqual(["start red"]);
    expect(existsSync(dir.join("config", "lamp.json"))).toBe(false);
  });

  it("sends heartbeats even when its own figures fail", async () => {
    const figures: (() => Record<string, unknown>)[] = [
      () => ({ text: "x".repeat(2_000_000) }),
      () => ({ integer: 1n }),
      () => {
        throw new Error("no descriptor left");
      },
    ];
    for (const stats of figures) {
      const pulse = new Pulse({ name: "lamp", instanceId: "1" }, stats);
      const { stats: reported } = pulse.heartbeat();
      expect(reported).toMatchObject({ problem: expect.any(String) });
      expect(JSON.stringify(reported).length).toBeLessThan(300);
    }
    vi.spyOn(process.memoryUsage, "rss").mockImplementation(() => {
      throw new Error("EMFILE: too many open files");
    });
    const monitor = monitorProcess();
    onTestFinished(() => void vi.restoreAllMocks());
    onTestFinished(() => monitor.stop());
    expect(monitor.sample()).toMatchObject({ rss_mb: 0, cpu_percent: expect.any(Number) });
  });

  it("ends on request, in order: its own resources first, then the socket", async () => {
    const { lamp, client } = await start();
    expect(await client.request("shutdown")).toMatchObject({ success: true });
    await lamp.stopped;
    expect(lamp.events.at(-1)).toBe("stop");
    expect(existsSync(dir.join("bus", "lamp.sock"))).toBe(false);
  });

  it("is refused while another of its name runs", async () => {
    await start();
    const second = new Lamp();
    await expect(second.start()).rejects.toMatchObject({ code: "running" });
    await second.stop();
    expect(second.events).toEqual([]);
    expect(existsSync(dir.join("bus", "lamp.sock"))).toBe(true);
  });

  it("answers only once it has started, and gives the reason when it could not", async () => {
    const gate = deferred<void>();
    class Slow extends Lamp {
      protected override async onStart(): Promise<void> {
        await gate.promise;
        this.events.push("ready");
      }
    }
    const slow = new Slow();
    onTestFinished(() => slow.stop());
    const starting = slow.start();
    const client = await connect("lamp", { busDir: dir.join("bus") }).catch(async () => {
      await waitFor("the socket", () => existsSync(dir.join("bus", "lamp.sock")));
      return connect("lamp", { busDir: dir.join("bus") });
    });
    onTestFinished(() => client.close());
    const reply = client.request("get_state").then(() => slow.events.push("answered"));
    gate.resolve();
    await Promise.all([starting, reply]);
    expect(slow.events).toEqual(["ready", "answered"]);
    slow.reportCrash(new Error("the bulb broke"));
    expect(readFileSync(dir.join("bus", "logs", "lamp.log"), "utf8")).toMatch(/"level":"fatal".*the bulb broke/);
  });
});
