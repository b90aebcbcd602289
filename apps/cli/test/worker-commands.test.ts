import { createSocket } from "node:dgram";
import { once } from "node:events";
import { appendFileSync, existsSync, renameSync, writeFileSync } from "node:fs";
import { spawnProcess, waitFor } from "@vj/test-kit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VjRig, vjProgram } from "./vj-rig.ts";

/** A rig with a running lamp, for all tests that do not change it. */
const rig = new VjRig("lamp");
beforeAll(async () => void (await rig.run("up")));
afterAll(() => rig[Symbol.asyncDispose]());

describe("send", () => {
  it("prints the reply as JSON; the exit code shows whether it was carried out", async () => {
    const said = await rig.run("send", "lamp", "say", "text=hello there", "n=1", "on=true", 'list=["a"]', "word=1.2.3");
    expect(said.code).toBe(0);
    expect(JSON.parse(said.stdout)).toEqual({
      success: true,
      message: "hello there",
      data: { text: "hello there", n: 1, on: true, list: ["a"], word: "1.2.3" },
    });
    const refused = await rig.run("send", "lamp", "set_config", "level=7");
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({ success: false, message: expect.stringContaining("level"), data: { code: "bad_arguments", issues: [{ path: "level" }] } });
    expect(refused.stderr).toMatch(/^vj: level: Too big/m);
    expect(await rig.run("send", "lamp", "no_such")).toMatchObject({ code: 1, stdout: expect.stringContaining("no_such") });
  });

  it("does not let foreign text control the terminal", async () => {
    const text = "\u001b[31mred\u009b2J";
    const { stdout } = await rig.run("send", "lamp", "say", `text=${text}`);
    expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(stdout)).toBe(false);
    expect(JSON.parse(stdout)).toMatchObject({ message: text });
    const logs = await rig.run("logs", "lamp");
    expect(logs.stdout).toContain("red");
    expect(logs.stdout).not.toContain("\u001b");
  });

  it("names the next step when it cannot reach the worker or parse the words", async () => {
    await using empty = new VjRig();
    expect(await empty.run("send", "lamp", "get_state")).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no worker "lamp"') });
    expect(await empty.run("send", "recorder", "get_state")).toMatchObject({ code: 1, stderr: expect.stringContaining("vj start recorder") });
    expect(await empty.run("send", "process_manager", "get_state")).toMatchObject({ code: 2 });
    expect(await empty.run("config", "set", "lamp", "level=0.1")).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no worker "lamp"') });
    expect(await rig.run("send", "Not/A/Name", "x")).toMatchObject({ code: 64 });
    expect(await rig.run("send", "lamp", "set_config", "level")).toMatchObject({ code: 64, stderr: expect.stringContaining("key=value") });
  });
});

describe("config", () => {
  it("shows settings with their origin, and changes them through the worker", async () => {
    expect((await rig.run("config", "show", "lamp", "--origin")).stdout).toContain('lamp level=0.5  (default)\nlamp colour="red"  (default)\n');
    expect(await rig.run("config", "set", "lamp", "level=0.7", "colour=green")).toMatchObject({ code: 0 });
    const shown = await rig.run("config", "show", "--json", "--origin");
    expect(JSON.parse(shown.stdout)).toMatchObject({ lamp: { level: { value: 0.7, from: "file" }, colour: { value: "green", from: "file" } } });
    const refused = await rig.run("config", "set", "lamp", "level=2");
    expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("level") });
    await rig.run("config", "set", "lamp", "level=0.5", "colour=red");
  });

  it("changes settings of a worker that is away, which uses them when it starts", async () => {
    await using other = new VjRig("lamp");
    // It never ran here, so its settings are unknown.
    expect(await other.run("config", "set", "lamp", "colour=green")).toMatchObject({ code: 0, stdout: expect.stringContaining("not checked: lamp has never run here") });
    await other.run("up");
    await waitFor("its settings to be kept", () => existsSync(other.dir.join("cache/settings/lamp.json")));
    await other.run("stop", "lamp");
    expect(await other.run("config", "set", "lamp", "level=7")).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("level") });
    expect(await other.run("config", "set", "lamp", "level=0.25")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^saved in .*lamp\.json; lamp is not running and will use it when it starts\n$/) });
    expect((await other.run("config", "show", "lamp", "--origin")).stdout).toContain('lamp level=0.25  (file)\nlamp colour="green"  (file)\n');
    await other.run("start", "lamp");
    expect((await other.run("config", "show", "lamp", "--origin")).stdout).toContain('lamp level=0.25  (file)\nlamp colour="green"  (file)\n');
  });
});

describe("logs", () => {
  it("merges the last lines of all workers, or of one", async () => {
    await rig.run("send", "lamp", "say", "text=first");
    await rig.run("send", "lamp", "say", "text=second");
    const all = (await rig.run("logs")).stdout;
    expect(all).toMatch(/process_manager .*process_manager .* started[^]*lamp .*first\n[^]*lamp .*second\n/);
    // What the command said, and that it was carried out.
    expect((await rig.run("logs", "lamp", "-n", "2")).stdout).toMatch(/^\d\d:\d\d:\d\d INFO {2}lamp +second\n\d\d:\d\d:\d\d INFO {2}lamp +command say .*\n$/);
    const [json = ""] = (await rig.run("logs", "lamp", "-n", "2", "--json")).stdout.split("\n");
    expect(JSON.parse(json)).toMatchObject({ level: "info", source: "lamp", message: "second" });
    expect(await rig.run("logs", "candle")).toMatchObject({ code: 1, stderr: expect.stringMatching(/no log of candle[^]*lamp/) });
    expect(await rig.run("logs", "-n", "x")).toMatchObject({ code: 64 });
  });

  it("-f continues across a rotation, and ends quietly with a signal or its reader", async () => {
    const follow = rig.start("logs", "lamp", "-f", "-n", "0");
    const file = rig.dir.join("bus", "logs", "lamp.log");
    const line = (message: string): string => `${JSON.stringify({ time: new Date().toISOString(), level: "info", source: "lamp", message })}\n`;
    // Keep writing, because the follower shows nothing until a new line is written.
    const writing = setInterval(() => appendFileSync(file, line("fresh")), 50);
    await follow.printed(/fresh/);
    clearInterval(writing);
    appendFileSync(file, line("last of the old"));
    renameSync(file, `${file}.1`);
    writeFileSync(file, line("first of the new"));
    await follow.printed(/last of the old\n[^]*first of the new/);
    expect(follow.output()).not.toContain("started");
    expect(await follow.kill("SIGTERM")).toEqual({ code: 0, signal: null });

    const writes = setInterval(() => appendFileSync(file, line("nobody reads this")), 50);
    await using piped = spawnProcess("/bin/sh", ["-c", `"${process.execPath}" "${vjProgram}" logs -f | head -n 1`], rig.env);
    expect(await piped.exited).toEqual({ code: 0, signal: null });
    clearInterval(writes);
    expect(piped.output().trim().split("\n")).toHaveLength(1);
  });
});

describe("osc", () => {
  it("shows the messages of the workers, without a fixed port", async () => {
    const both = await rig.run("osc", "-n", "2", "--json");
    const messages = both.stdout.trim().split("\n").map((line): unknown => JSON.parse(line));
    expect(messages).toContainEqual({ time: expect.any(Number), address: "/lamp/level", tags: "f", args: [0.5] });
    expect(messages).toContainEqual({ time: expect.any(Number), address: "/lamp/colour", tags: "s", args: ["red"] });
    const one = await rig.run("osc", "-n", "1", "--filter", "/lamp/c*");
    expect(one.stdout).toMatch(/^\d\d:\d\d:\d\d\.\d{3} \/lamp\/colour s "red"\n$/);
    expect(await rig.run("osc", "--filter", "lamp")).toMatchObject({ code: 64 });
  });

  it("says what a filter is compared with when nothing fits it, once", async () => {
    const watch = rig.start("osc", "--filter", "/lamp/level/all", "--raw");
    await watch.printed(/nothing that workers send fits --filter \/lamp\/level\/all so far; it is compared with addresses as the workers send them/);
    expect(await watch.kill("SIGTERM")).toMatchObject({ signal: null });
    expect(watch.output().match(/so far/g)).toHaveLength(1);
  });

  it("follows a worker that comes later", async () => {
    await using later = new VjRig("lamp");
    const watch = later.start("osc", "-n", "2", "--json");
    await watch.printed(/no worker is running yet/);
    await later.run("up");
    expect(await watch.exited).toEqual({ code: 0, signal: null });
    expect(watch.output()).toContain("/lamp/level");
  });

  it("names a port that is taken, its owner, and the next step", async () => {
    const socket = createSocket("udp4");
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    const { port } = socket.address();
    const outcome = await rig.run("osc", "--port", String(port));
    socket.close();
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(`UDP port ${port} is taken by`);
    expect(outcome.stderr).toContain("leave out --port");
    expect(await rig.run("osc", "--port", "70000")).toMatchObject({ code: 64 });
  });

  it("listens on a port, and reports dropped packets with sender and reason", async () => {
    const probe = createSocket("udp4");
    probe.bind(0, "127.0.0.1");
    await once(probe, "listening");
    const { port } = probe.address();
    const closed = once(probe, "close");
    probe.close();
    await closed;
    const watch = rig.start("osc", "--port", String(port), "-n", "1", "--json");
    await watch.printed(/listening on UDP port/);
    const sender = createSocket("udp4");
    sender.send("fullscreen\0\0,i\0\0\0\0\0\u0001", port, "127.0.0.1");
    sender.send("/\u001b[2J\0\0\0\0\u0001\0\0\0", port, "127.0.0.1");
    sender.send(Buffer.from("/hello\0\0,i\0\0\0\0\0\u0007"), port, "127.0.0.1");
    expect(await watch.exited).toEqual({ code: 0, signal: null });
    const from = `dropped 1 packet from 127.0.0.1:${sender.address().port}`;
    sender.close();
    expect(watch.output()).toContain(`${from}: not OSC: it begins with neither / nor #bundle\n`);
    expect(watch.output()).toContain(`${from}: / has arguments without type tags\n`);
    expect(watch.output()).toContain('"address":"/hello","tags":"i","args":[7]');
  });
});
