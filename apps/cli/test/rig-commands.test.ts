import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { isProcessAlive } from "@vj/control";
import { waitFor } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { VjRig } from "./vj-rig.ts";

describe("up, status, down", () => {
  it("starts the rig, shows its state, and stops it without a trace", async () => {
    await using rig = new VjRig("lamp");
    const up = await rig.run("up");
    expect(up).toMatchObject({ code: 0, stderr: "" });
    expect(up.stdout).toMatch(/process manager started \(pid \d+\)\nrunning: lamp\n/);

    const again = await rig.run("up");
    expect(again.code).toBe(0);
    expect(again).toMatchObject({ stdout: expect.stringMatching(/already running: process manager \(pid \d+\)/), stderr: "" });
    rig.env["VJ_WORKERS"] = `${rig.env["VJ_WORKERS"]}${path.delimiter}${rig.dir.join("other")}`;
    expect((await rig.run("up")).stderr).toContain("VJ_WORKERS counts when the process manager starts, so its workers are not known: vj down, then vj up");

    const status = await rig.run("status");
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/^WORKER +STATE/);
    expect(status.stdout).toMatch(/^lamp +running +\d+ +0 /m);

    const json: unknown = JSON.parse((await rig.run("status", "--json")).stdout);
    expect(json).toMatchObject({ status: "healthy", workers: { lamp: { state: "running", restart_count: 0 } } });

    const pids = rig.pids();
    expect(pids).toHaveLength(2);
    const down = await rig.run("down");
    expect(down).toMatchObject({ code: 0, stdout: "stopped the process manager and its workers\n", stderr: "" });
    expect(pids.filter((pid) => isProcessAlive(pid))).toEqual([]);
    expect(await rig.run("down")).toMatchObject({ code: 0, stdout: "nothing is running\n" });
  });

  it("reports that there is no manager, with exit code 2, wherever one is needed", async () => {
    await using rig = new VjRig("lamp");
    for (const args of [["status"], ["start", "lamp"], ["stop", "lamp"], ["restart", "lamp"]]) {
      const outcome = await rig.run(...args);
      expect(outcome.code).toBe(2);
      expect(outcome.stderr).toContain("no process manager is running\n  start the rig with: vj up");
    }
    const json = await rig.run("status", "--json");
    expect(json.code).toBe(2);
    expect(JSON.parse(json.stdout)).toEqual({ status: "no_manager", workers: {}, unsupervised: [] });
  });

  it("names the workers that do not start, and why", async () => {
    await using rig = new VjRig("lamp", "moth");
    const up = await rig.run("up");
    expect(up.code).toBe(1);
    expect(up.stdout).toContain("running: lamp\n");
    expect(up.stderr).toMatch(/moth (backoff|failed).*too close to the lamp/);
    const status = await rig.run("status");
    expect(status.code).toBe(1);
    expect(status.stdout).toContain("degraded");
  });

  it("starts nothing for a worker that does not exist", async () => {
    await using rig = new VjRig("lamp");
    const outcome = await rig.run("up", "--only", "candle");
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no worker "candle"') });
    await waitFor("the manager to end", () => rig.pids().length === 0);
  });

  it("starts only the given workers, and more of them later", async () => {
    await using rig = new VjRig("lamp", "moth");
    expect(await rig.run("up", "--only", "lamp")).toMatchObject({ code: 0 });
    expect(await rig.worker("moth")).toMatchObject({ state: "stopped" });
    await rig.run("stop", "lamp");
    expect(await rig.run("up", "--only", "lamp")).toMatchObject({ code: 0 });
    expect(await rig.worker("lamp")).toMatchObject({ state: "running" });
    const unknown = await rig.run("up", "--only", "candle");
    expect(unknown.code).toBe(1);
    expect(unknown.stderr).toMatch(/no worker "candle"\n {2}there are: .*lamp/);
  });

  it("stops workers that run without a manager", async () => {
    await using rig = new VjRig("lamp");
    await rig.run("up");
    await rig.run("send", "process_manager", "shutdown", "keep_workers=true");
    const status = await rig.run("status");
    expect(status.code).toBe(2);
    expect(status.stdout).toContain("lamp");
    expect(await rig.run("down")).toMatchObject({ code: 0, stdout: "stopped lamp\n" });
    expect(rig.pids()).toEqual([]);
  });

  it("two at once end with one manager", async () => {
    await using rig = new VjRig("lamp");
    const outcomes = await Promise.all([rig.run("up"), rig.run("up")]);
    expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual([{ code: 0, stderr: "" }, { code: 0, stderr: "" }]);
    expect(rig.pids()).toHaveLength(2);
  });
});

describe("up --foreground", () => {
  it("runs the manager itself, and stops all workers on SIGTERM", async () => {
    await using rig = new VjRig("lamp");
    const up = rig.start("up", "--foreground");
    await up.printed(/lamp: running \(pid \d+\)/);
    expect(rig.pids()).toContain(up.pid);
    const second = await rig.run("up", "--foreground");
    expect(second).toMatchObject({ code: 3, stderr: expect.stringContaining(`process_manager is already running (pid ${up.pid})`) });
    expect(await up.kill("SIGTERM")).toEqual({ code: 0, signal: null });
    expect(rig.pids()).toEqual([]);
  });
});

describe("start, stop, restart", () => {
  it("stop returns when it has ended, start and restart when it answers", async () => {
    await using rig = new VjRig("lamp");
    await rig.run("up");
    const first = await rig.worker("lamp");
    expect(await rig.run("stop", "lamp")).toMatchObject({ code: 0, stdout: "lamp stopped; start it again with: vj start lamp\n", stderr: "" });
    expect(rig.pids()).not.toContain(first?.pid);
    const idle = await rig.run("status");
    expect(idle).toMatchObject({ code: 1, stdout: expect.stringMatching(/^lamp +stopped by you /m) });
    expect(idle.stdout).toContain("degraded: nothing is running");
    expect(idle.stdout).toContain("stopped by you: lamp; start it again with: vj start lamp\n");
    expect(JSON.parse((await rig.run("status", "--json")).stdout)).toMatchObject({ status: "degraded", stopped_by_you: ["lamp"] });
    const doctor = await rig.run("doctor");
    expect(doctor).toMatchObject({ code: 1, stdout: expect.stringMatching(/^fail {2}workers: nothing is running$/m) });
    expect(doctor.stdout).toMatch(/^warn {2}worker lamp: stopped by you\n {6}-> start it again with: vj start lamp$/m);

    const started = await rig.run("start", "lamp");
    expect(started).toMatchObject({ code: 0, stdout: expect.stringMatching(/^lamp running \(pid \d+\)\n$/) });
    const second = await rig.worker("lamp");
    const restarted = await rig.run("restart", "lamp");
    const third = await rig.worker("lamp");
    expect(restarted.stdout).toBe(`lamp running (pid ${third?.pid})\n`);
    expect(third?.pid).not.toBe(second?.pid);

    // A folder in place of the manager's settings: they cannot be written.
    const settings = rig.dir.join("config", "process_manager.json");
    rmSync(settings);
    mkdirSync(settings);
    const unsaved = await rig.run("stop", "lamp");
    expect(unsaved).toMatchObject({ code: 0, stdout: "lamp stopped; start it again with: vj start lamp\n" });
    expect(unsaved.stderr).toMatch(/^process manager: what you started or stopped is not kept for the next start: .*process_manager\.json.*; then start or stop any worker again/);
  });

  it("gives the reason of a failure", async () => {
    await using rig = new VjRig("lamp", "moth");
    await rig.run("up", "--only", "lamp");
    expect(await rig.run("start", "lamp")).toMatchObject({ code: 1, stderr: expect.stringContaining("lamp is not started") });
    expect(await rig.run("stop", "moth")).toMatchObject({ code: 1, stderr: expect.stringContaining("moth is not stopped") });
    expect(await rig.run("up", "--only", "constructor")).toMatchObject({ code: 1, stderr: expect.stringContaining('there is no worker "constructor"') });
    expect(await rig.run("start", "candle")).toMatchObject({ code: 1, stderr: expect.stringContaining('unknown worker "candle"') });
    const moth = await rig.run("start", "moth");
    expect(moth).toMatchObject({ code: 1, stderr: expect.stringContaining("too close to the lamp") });
    expect(moth.stderr).toContain("vj logs moth");
  });
});

it("up starts the rest and names workers that a person stopped, --all starts those too, and none that is off", async () => {
  await using rig = new VjRig("lamp", "fan");
  await rig.run("up");
  await rig.run("stop", "lamp");
  const healthy = await rig.run("status");
  expect(healthy).toMatchObject({ code: 0, stdout: expect.stringMatching(/^healthy; .*\nstopped by you: lamp; start it again with: vj start lamp\n/m) });
  // Also across a restart of the manager, and with a running one.
  await rig.run("down");
  for (let turn = 0; turn < 2; turn += 1) {
    const up = await rig.run("up");
    expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining("running: fan\nstopped by you: lamp; start it again with: vj start lamp\n") });
  }
  const all = await rig.run("up", "--all");
  expect(all).toMatchObject({ code: 0, stdout: expect.stringMatching(/^running: fan, lamp$/m) });
  expect(all.stdout).not.toContain("stopped by you");
  expect(await rig.run("up", "--all", "--only", "lamp")).toMatchObject({ code: 64 });

  const before = [await rig.worker("fan"), await rig.worker("lamp")].map((worker) => worker?.pid);
  expect(await rig.run("restart", "--all")).toMatchObject({ code: 0, stdout: "running: fan, lamp\n" });
  const after = [await rig.worker("fan"), await rig.worker("lamp")].map((worker) => worker?.pid);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  expect(await rig.run("stop", "--all")).toMatchObject({ code: 0, stdout: "stopped: fan, lamp; start them again with: vj start --all\n" });
  const none = await rig.run("up");
  expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("nothing is running") });
  expect(none.stderr).toContain("vj up --all");
  expect(await rig.run("start", "--all")).toMatchObject({ code: 0, stdout: "running: fan, lamp\n" });
  // Workers of the checkout are disabled in this rig.
  expect(rig.pids()).toHaveLength(3);
  for (const command of ["start", "stop", "restart"]) {
    expect(await rig.run(command)).toMatchObject({ code: 64, stderr: expect.stringContaining("--all") });
    expect(await rig.run(command, "lamp", "--all")).toMatchObject({ code: 64 });
  }
});

it("status --watch reports each change once, and ends with a signal", async () => {
  await using rig = new VjRig("lamp");
  const watch = rig.start("status", "--watch", "--json");
  await watch.printed(/"worker":"process_manager","state":"absent"/);
  await rig.run("up");
  await watch.printed(/"worker":"lamp","state":"running"/);
  await rig.run("stop", "lamp");
  await watch.printed(/"worker":"lamp","state":"stopped"/);
  expect(await watch.kill("SIGINT")).toEqual({ code: 0, signal: null });
  const lines = watch.output().trim().split("\n").map((line): unknown => JSON.parse(line));
  const states = lines.map((line) => JSON.stringify({ ...Object(line), time: "" }));
  for (const worker of ["process_manager", "lamp"]) {
    const reported = states.filter((state) => state.includes(`"worker":"${worker}"`));
    expect(reported.filter((state, index) => state === reported[index - 1])).toEqual([]);
  }
});
