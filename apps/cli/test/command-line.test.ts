import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { needs, twoClicks } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import type { CommandModule } from "../src/new-command.ts";
import { VjRig, vjProgram } from "./vj-rig.ts";

const names = readdirSync(new URL("../src/commands", import.meta.url)).map((file) => file.replace(/\.ts$/, ""));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe("help", () => {
  it("lists every command", async () => {
    await using rig = new VjRig();
    const { code, stdout } = await rig.run("--help");
    expect(code).toBe(0);
    for (const name of names) expect(stdout).toMatch(new RegExp(`^ {2}${name}\\b`, "m"));
  });

  it.each(names)("%s has a help text with an example", async (name) => {
    const module: CommandModule = await import(`../src/commands/${name}.ts`);
    let help = "";
    module.command().configureOutput({ writeOut: (text) => (help += text) }).outputHelp();
    expect(help).toMatch(new RegExp(`Examples?:\n {2}vj ${name}`));
  });

  it.each(names)("the README names %s and what it consists of", async (name) => {
    const module: CommandModule = await import(`../src/commands/${name}.ts`);
    // A row of the table may name several: `vj start\\|stop\\|restart`.
    const rows = readme.split("\n").filter((line) => line.startsWith("| `vj "));
    const named = rows.filter((row) => new RegExp(`\\bvj (?:[a-z]+\\\\\\|)*${name}\\b`).test(row)).join("\n");
    expect(named, `vj ${name}`).not.toBe("");
    for (const part of module.command().commands) expect(named).toMatch(new RegExp(`\\b${part.name()}\\b`));
  });

  it("refuses unknown words with exit code 64 and a suggestion", async () => {
    await using rig = new VjRig();
    expect(await rig.run("statsu")).toMatchObject({ code: 64, stdout: "", stderr: expect.stringContaining("Did you mean status?") });
    expect(await rig.run("up", "--onyl", "x")).toMatchObject({ code: 64, stderr: expect.stringContaining("--only") });
    expect(await rig.run("send", "../x", "get_state")).toMatchObject({ code: 64, stderr: expect.stringContaining("not the name of a worker") });
    // Quoted words cannot control the terminal.
    for (const args of [["\u001b[31mred"], ["up", "--\u001b]0;title\u0007x"], ["send", "a", "b", "\u001b[2J"], ["logs", "-n", "\u009b2J"], ["config", "\u001b[31m"]]) {
      const { code, stdout, stderr } = await rig.run(...args);
      expect(code).not.toBe(0);
      expect(stdout + stderr.replaceAll("\n", "")).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
    }
    expect(await rig.run("send")).toMatchObject({ code: 64, stderr: expect.stringContaining("worker") });
    expect(await rig.run("--version")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });
});

describe("analyze", () => {
  it("prints one JSON line per file, and goes on after one that it cannot read", async () => {
    await using rig = new VjRig();
    const good = rig.dir.join("clicks.wav");
    const bad = rig.dir.join("noise.wav");
    writeFileSync(good, twoClicks());
    writeFileSync(bad, "this is not sound");
    const outcome = await rig.run("analyze", "--json", bad, good, rig.dir.join("gone.wav"));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain(bad);
    expect(outcome.stderr).toContain("gone.wav");
    const lines = outcome.stdout.trim().split("\n");
    expect(lines).toHaveLength(1);
    const result: unknown = JSON.parse(lines[0] ?? "");
    expect(Object.keys(result ?? {})).toEqual(["file", "duration", "bpm", "beats", "downbeats", "metre", "onsets", "drops", "buildups", "phrases", "sections", "confidence", "tempo_track"]);
    expect(result).toMatchObject({ file: good, duration: 1, confidence: 0, tempo_track: [] });
    const plain = await rig.run("analyze", good);
    // A slow machine also gets lines about the progress.
    expect(plain).toMatchObject({ code: 0, stderr: expect.stringMatching(/^(?: *\d+ % .*\n)*$/), stdout: expect.stringContaining("0:01") });
  });
});

describe("mistyped words", () => {
  it("of a group lead to its help; a worker that does not exist is named with those that do", async () => {
    await using rig = new VjRig();
    for (const group of ["lyrics", "spotify"]) expect(await rig.run(group, "foo")).toMatchObject({ code: 64, stderr: expect.stringMatching(/unknown command 'foo'\n[^]*\(add --help for its commands\)\n/) });
    for (const words of [["send", "nobody", "get_state"], ["config", "show", "nobody"]]) {
      expect(await rig.run(...words)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^vj: there is no worker "nobody"\n {2}there are: .*audio_analyzer/) });
    }
    expect(await rig.run("send", "osc_debugger", "get_state")).toMatchObject({ stderr: expect.stringContaining("osc_debugger is not running") });
    expect((await rig.run("export", rig.dir.join("none.mcap"))).stderr).toContain("none.mcap does not exist");
  });
});

describe("doctor", () => {
  it("and config path show where targets.json is", async () => {
    await using rig = new VjRig();
    const file = rig.dir.join("config", "targets.json");
    expect((await rig.run("doctor")).stdout).toContain(`targets file: ${file}`);
    expect((await rig.run("config", "path")).stdout).toMatch(new RegExp(`^targets +${file} +not there yet$`, "m"));
    expect(JSON.parse((await rig.run("config", "path", "--json")).stdout)).toMatchObject({ targets: file, sockets: rig.dir.join("bus") });
  });

  it("finds no fault in a fresh place, in lines and as JSON", async () => {
    await using rig = new VjRig();
    const lines = await rig.run("doctor");
    expect(lines.stdout).toMatch(/^ok {4}node: v/m);
    expect(lines.stdout).toContain("warn  process manager: is not running\n      -> start the rig with: vj up\n");
    expect(lines.stdout).toMatch(/target 127\.0\.0\.1:9: nobody listens/);
    const findings: unknown = JSON.parse((await rig.run("doctor", "--json")).stdout);
    expect(findings).toContainEqual({ level: "ok", subject: "node", found: process.version });
  });

  it("fails, with the next step, on an unsafe directory and a broken targets file", async () => {
    await using rig = new VjRig();
    writeFileSync(rig.dir.join("bus"), "");
    writeFileSync(rig.dir.join("config", "targets.json"), "{");
    mkdirSync(rig.dir.join("open"));
    chmodSync(rig.dir.join("open"), 0o777);
    Object.assign(rig.env, { VJ_OSC_TARGETS: "", VJ_CACHE_DIR: rig.dir.join("open") });
    const { code, stdout } = await rig.run("doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^fail {2}bus directory: .*not a directory/m);
    expect(stdout).toMatch(/^fail {2}targets: .*targets\.json/m);
    expect(stdout).toMatch(/^fail {2}cache folder: .*open could be changed by another user/m);
    rmSync(rig.dir.join("bus"));
    mkdirSync(rig.dir.join("bus"), { mode: 0o700 });
    symlinkSync(rig.dir.join("open"), rig.dir.join("bus", "logs"));
    expect((await rig.run("doctor")).stdout).toMatch(/^fail {2}bus directory: refusing the log directory .*symbolic link/m);
  });

  it("names a worker that is ill and a socket that is left over", async () => {
    await using rig = new VjRig("lamp", "moth");
    await rig.run("up");
    const { code, stdout } = await rig.run("doctor");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {4}socket lamp: answers/m);
    expect(stdout).toMatch(/^fail {2}worker moth: .*too close to the lamp/m);
    // The lamp sends to the discard port, where nothing listens.
    expect(stdout).toMatch(/^warn {2}target 127\.0\.0\.1:9: nobody listens; (sent to by lamp|nothing sent yet)$/m);
    rig.env["VJ_OSC_TARGETS"] = "127.0.0.1:7";
    const elsewhere = await rig.run("doctor");
    expect(elsewhere.stdout).toMatch(/^warn {2}target 127\.0\.0\.1:7: configured here, but no target of lamp, process_manager$/m);
    expect(elsewhere.stdout).toMatch(/^warn {2}target 127\.0\.0\.1:9: not configured here, but a target of lamp, process_manager$/m);
    // The manager first: it would restart the others.
    for (const pid of [...rig.pids("process_manager"), ...rig.pids("lamp")]) process.kill(pid, "SIGKILL");
    expect((await rig.run("doctor")).stdout).toMatch(/^warn {2}socket lamp: left over/m);
  });
});

describe("devices", () => {
  it("gives a list", needs("naudiodon"), async () => {
    await using rig = new VjRig();
    const { code, stdout } = await rig.run("devices", "--json");
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toBeInstanceOf(Array);
  });

  it("gives the reason why there is no list, and the next step", async () => {
    await using rig = new VjRig();
    rig.env["NODE_OPTIONS"] = `--import=${path.resolve(import.meta.dirname, "../../audio-analyzer/test/fixtures/without-naudiodon.mjs")}`;
    const { code, stdout, stderr } = await rig.run("devices", "--json");
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("VJ_AUDIO_SOURCE=command");
  });
});

it("says in a line that its output does not fit on the disk", needs("proc"), async () => {
  await using rig = new VjRig();
  const { status, stderr } = spawnSync("/bin/sh", ["-c", `"${process.execPath}" "${vjProgram}" target presets > /dev/full`], { env: { ...process.env, ...rig.env }, encoding: "utf8" });
  expect([status, stderr]).toEqual([1, "vj: the output is not whole: ENOSPC: no space left on device, write\n  make room, or let it go elsewhere\n"]);
});
