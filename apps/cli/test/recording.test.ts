import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { text as textOf } from "node:stream/consumers";
import { messagesFrom, openRecording } from "@vj/recording";
import { openRig } from "@vj/rig";
import { defineOscTable, float, int, text } from "@vj/schema";
import { createReceiver } from "@vj/telemetry";
import { waitFor } from "@vj/test-kit";
import { Worker, joinBus, readEnvironment } from "@vj/worker";
import { describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import { clockText, parseClock } from "../src/recording/clock-text.ts";
import { Lateness } from "../src/recording/lateness.ts";
import { readMessage } from "../src/recording/readable-message.ts";
import { csv, ndjson } from "../src/recording/text-export.ts";
import { VjRig, vjProgram } from "./vj-rig.ts";

const table = defineOscTable({
  "/lamp/level": { args: [float("level"), int("count")], kind: "stream", rate: 60, description: "Its light" },
  "/lamp/name": { args: [text("name")], kind: "state", description: "Its name" },
});

/** A worker in this process. */
class Lamp extends Worker<z.ZodObject, typeof table> {
  constructor(rig: VjRig) {
    const environment = readEnvironment({ ...rig.env, VJ_SUPERVISED: "1" });
    super({ name: "lamp", version: "1.0.0", description: "A lamp", config: z.object({}), osc: table }, { environment, busDir: rig.dir.join("bus"), print: undefined, joinBus });
  }

  protected override onStart(): void {
    this.rename("hall");
  }

  get subscribers(): number {
    return this.telemetry.stats().subscriptions.length;
  }

  rename(name: string): void {
    this.telemetry.send("/lamp/name", [name]);
  }

  shine(count: number): void {
    this.telemetry.send("/lamp/level", [count / 7, count]);
  }
}

interface Stage {
  rig: VjRig;
  lamp: Lamp;
  /** A recording of some seconds. */
  file: string;
}

/** Records a lamp with `vj record`: 200 levels, and a name that changes in the middle. */
async function stage(): Promise<Stage> {
  const rig = new VjRig();
  onTestFinished(() => rig[Symbol.asyncDispose]());
  const lamp = new Lamp(rig);
  await lamp.start();
  onTestFinished(() => lamp.stop());
  const file = rig.dir.join("a.mcap");
  const record = rig.start("record", file);
  await waitFor("its subscription", () => /recording to/.test(record.output()) && lamp.subscribers > 0);
  let count = 0;
  await waitFor("200 levels", () => {
    lamp.shine(count);
    count += 1;
    if (count === 100) lamp.rename("stage");
    return count === 200;
  });
  const { code } = await record.kill("SIGINT");
  expect(code, record.output()).toBe(0);
  expect(record.output()).toMatch(/\d+ messages in 0:00:\d\d/);
  return { rig, lamp, file };
}

async function recorded(file: string): Promise<string[]> {
  await using recording = await openRecording(file);
  expect(recording.cut).toBe(false);
  const lines: string[] = [];
  for await (const messages of messagesFrom(recording, 0n)) for (const { channel, data } of messages) if (channel.encoding === "osc") lines.push(Buffer.from(data).toString("hex"));
  return lines;
}

it("vj record, vj replay and vj export: a recording gives back the same bytes in the same order, to one place or to the rig", { timeout: 120_000 }, async () => {
  const { rig, lamp, file } = await stage();
  const sent = await recorded(file);
  expect(sent.length).toBeGreaterThanOrEqual(201);
  expect(await rig.run("record", file)).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") });

  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const packets: string[] = [];
  receiver.on("packet", (bytes) => packets.push(Buffer.from(bytes).toString("hex")));
  const replayed = await rig.run("replay", file, "--to", `127.0.0.1:${receiver.port}`, "--json");
  expect(replayed).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(replayed.stdout)).toMatchObject({ messages: sent.length, late_ms: { p99: expect.any(Number) } });
  await waitFor("all packets", () => packets.length >= sent.length);
  expect(packets).toEqual(sent);

  // On the bus: the lamp is silent meanwhile, and speaks again afterwards.
  const listener = openRig({ busDir: rig.dir.join("bus"), except: ["lamp"], states: false });
  onTestFinished(() => listener.close());
  const seen: string[] = [];
  listener.listen(["/lamp/level"], ({ args }) => seen.push(`replay ${args.join(" ")}`));
  const own = openRig({ busDir: rig.dir.join("bus"), except: ["replay"], states: false });
  onTestFinished(() => own.close());
  const ofLamp: unknown[] = [];
  own.listen(["/lamp/*"], ({ args }) => ofLamp.push(args[0]));
  await waitFor("the lamp", () => ofLamp.length > 0);
  const run = rig.start("replay", file, "--speed", "0.5", "--loop");
  await waitFor("the replay", () => seen.length > 10);
  expect(run.output()).toContain("on the bus instead of lamp");
  const before = ofLamp.length;
  lamp.rename("silent");
  await waitFor("more of the replay", () => seen.length > 30);
  expect(ofLamp).toHaveLength(before);
  await run.kill("SIGKILL");
  await waitFor("the lamp again, with its state", () => ofLamp.at(-1) === "silent");
});

it("vj replay --from sends the states of that time first; vj export writes three forms, and nothing over a file", { timeout: 120_000 }, async () => {
  const { rig, file } = await stage();
  const receiver = await createReceiver();
  onTestFinished(() => receiver.close());
  const messages: string[] = [];
  receiver.on("message", ({ address, args }) => messages.push(`${address} ${args.join(" ")}`));
  await using recording = await openRecording(file);
  const length = Number(recording.end - recording.start) / 1e9;
  await rig.run("replay", file, "--to", `127.0.0.1:${receiver.port}`, "--from", (length - 0.001).toFixed(3));
  await waitFor("the states", () => messages.length > 0);
  expect(messages[0]).toBe("/lamp/name stage");
  const nowhere = await rig.run("replay", file, "--to", "nowhere.invalid:9", "--from", (length - 0.001).toFixed(3), "--json");
  expect(nowhere.code).toBe(1);
  expect(nowhere.stderr).toMatch(/messages? not sent: nowhere\.invalid:9 could not be reached/);
  expect(JSON.parse(nowhere.stdout)).toMatchObject({ messages: 0 });
  expect(await rig.run("replay", file, "--to", "9", "--loop", "--only", "/nothing")).toMatchObject({ code: 1, stderr: expect.stringContaining("has no OSC that fits /nothing") });
  expect(await rig.run("export", file, "--format", "csv", "--out", rig.dir.join("none", "a.csv"))).toMatchObject({ code: 1, stderr: expect.stringContaining("does not exist") });
  expect(await rig.run("replay", file, "--from", "9:00:00")).toMatchObject({ code: 64, stderr: expect.stringContaining("behind the end") });

  expect(await rig.run("export", file, "--format", "csv")).toMatchObject({ code: 0 });
  expect(readFileSync(rig.dir.join("a.csv"), "utf8")).toMatch(/^time,address,argument,value\n[\d.]+,\/lamp\/name,name,hall\n/);
  expect(await rig.run("export", file, "--format", "csv")).toMatchObject({ code: 1, stderr: expect.stringContaining("is there already") });
  const lines = (await rig.run("export", file, "--format", "ndjson", "--out", "-", "--only", "/lamp/level")).stdout.trim().split("\n").map((line): unknown => JSON.parse(line));
  expect(lines).toHaveLength(200);
  expect(lines[7]).toMatchObject({ address: "/lamp/level", tags: "fi", args: { level: 1, count: 7 } });
  expect(await rig.run("export", file, "--format", "mcap-json")).toMatchObject({ code: 0 });
  await using json = await openRecording(rig.dir.join("a-json.mcap"));
  const schema = [...json.schemas.values()].find(({ name }) => name === "vj.lamp.level");
  expect(JSON.parse(Buffer.from(schema?.data ?? []).toString())).toMatchObject({ type: "object", properties: { level: { type: "number" }, count: { type: "number" } } });
  expect(readdirSync(rig.dir.path).filter((name) => name.startsWith("."))).toEqual([]);
});

it("exports to a reader that leaves, without a word about it", { timeout: 60_000 }, async () => {
  const { rig, file } = await stage();
  const child = spawn(process.execPath, [vjProgram, "export", file, "--format", "csv", "--out", "-"], { env: { ...process.env, ...rig.env }, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  const ended = once(child, "close");
  expect(await textOf(child.stderr)).not.toContain("not whole");
  expect((await ended)[0]).toBe(0);
});

it("records into no folder that is not there, and names a place where nobody listens", { timeout: 60_000 }, async () => {
  const { rig, file } = await stage();
  const record = await rig.run("record", rig.dir.join("stick/friday.mcap"));
  expect(record).toMatchObject({ code: 1, stderr: expect.stringContaining(`the folder ${rig.dir.join("stick")} does not exist`) });
  expect(existsSync(rig.dir.join("stick"))).toBe(false);
  const gone = await createReceiver();
  await gone.close();
  const replay = await rig.run("replay", file, "--to", `127.0.0.1:${gone.port}`, "--speed", "100");
  expect(replay).toMatchObject({ code: 0, stderr: expect.stringContaining(`nobody listens at 127.0.0.1:${gone.port}`) });
});

it("names a file whose compression is not read, and the command that writes it anew", { timeout: 60_000 }, async () => {
  const { rig, file } = await stage();
  const foreign = rig.dir.join("foreign.mcap");
  writeFileSync(foreign, Buffer.from(readFileSync(file, "latin1").replaceAll("zstd", "lz4x"), "latin1"));
  const refused = { code: 1, stderr: expect.stringContaining(`vj: ${foreign} cannot be read: it is compressed with "lz4x"`) };
  expect(await rig.run("replay", foreign, "--to", "9")).toMatchObject(refused);
  const exported = await rig.run("export", foreign, "--format", "csv");
  expect(exported).toMatchObject(refused);
  expect(exported.stderr).toContain(`mcap compress --compression zstd ${foreign} -o ${rig.dir.join("foreign-zstd.mcap")}`);
  // Without an index it is found when the file is read through.
  const whole = readFileSync(foreign);
  writeFileSync(foreign, whole.subarray(0, whole.length - 2000));
  expect(await rig.run("replay", foreign, "--to", "9")).toMatchObject(refused);
});

it("tells what is not a recording, and completes one that was cut", { timeout: 60_000 }, async () => {
  const { rig, file } = await stage();
  writeFileSync(rig.dir.join("no.mcap"), "something else");
  expect(await rig.run("replay", rig.dir.join("no.mcap"))).toMatchObject({ code: 1, stderr: expect.stringContaining("does not begin as an MCAP file") });
  expect(await rig.run("replay", rig.dir.join("none.mcap"))).toMatchObject({ code: 1, stderr: expect.stringContaining("does not exist") });
  const bytes = readFileSync(file);
  writeFileSync(rig.dir.join("cut.mcap"), bytes.subarray(0, bytes.length - 2000));
  expect(await rig.run("export", rig.dir.join("cut.mcap"), "--format", "csv")).toMatchObject({ code: 0, stderr: expect.stringContaining("is complete now") });
  await using completed = await openRecording(rig.dir.join("cut.mcap"));
  expect(completed.cut).toBe(false);
  expect(existsSync(rig.dir.join("cut.csv"))).toBe(true);
});

describe("texts", () => {
  it("read and write times", () => {
    expect(["0", "63.5", "2:03", "1:02:03", "100:00:00"].map(parseClock)).toEqual([0, 63.5, 123, 3723, 360_000]);
    for (const bad of ["", "x", "1:2:3:4", "1:60", "-1", "1:"]) expect(() => parseClock(bad), bad).toThrow("is not a time");
    expect([0, 59.9, 3723, 36_000].map(clockText)).toEqual(["0:00:00", "0:00:59", "1:02:03", "10:00:00"]);
  });

  it("of exports are safe in a spreadsheet, and whole", () => {
    const values = { title: '=HYPERLINK("x")', level: -0.5, nothing: null };
    expect(csv.lines({ address: "/a", tags: "sfN", values }, 1_500_000_000n)).toBe(`1.500000000,/a,title,"'=HYPERLINK(""x"")"\n1.500000000,/a,level,-0.5\n1.500000000,/a,nothing,\n`);
    expect(JSON.parse(ndjson.lines({ address: "/a", tags: "sfN", values }, 1_500_000_000n))).toEqual({ time: 1.5, address: "/a", tags: "sfN", args: values });
  });

  it("of JSON have no value for a number that is too large, like NaN", () => {
    const json = { id: 0, schemaId: 0, topic: "/j", encoding: "json", metadata: new Map<string, string>() };
    const message = readMessage({ channel: json, at: 0n, published: 0n, data: Buffer.from('{"a":1e999,"b":-1e999,"c":1,"d":{"e":1e999}}') }, {});
    if (message === undefined) throw new Error("it is JSON");
    expect(csv.lines(message, 0n)).toBe('0.000000000,/j,a,\n0.000000000,/j,b,\n0.000000000,/j,c,1\n0.000000000,/j,d,"{""e"":null}"\n');
    expect(JSON.parse(ndjson.lines(message, 0n))).toMatchObject({ args: { a: null, b: null, c: 1, d: { e: null } } });
  });

  it("say how late messages were", () => {
    const late = new Lateness();
    for (let ms = 1; ms <= 100; ms += 1) late.add(ms / 10);
    late.add(-3);
    expect([late.quantile(0.5), late.quantile(0.99), late.max, late.count]).toEqual([5, 9.9, 10, 101]);
    const slow = new Lateness();
    for (const ms of [3.14, 3.14, 5000.04]) slow.add(ms);
    expect([slow.quantile(0.5), slow.quantile(0.99), slow.max]).toEqual([3.2, 5000.1, 5000.1]);
  });
});
