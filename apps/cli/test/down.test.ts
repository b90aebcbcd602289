import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { identify, isProcessAlive, recordChild } from "@vj/control";
import { needs, spawnNode, waitFor } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { VjRig } from "./vj-rig.ts";

const fixtures = `${import.meta.dirname}/fixtures`;

it("without a manager, ends workers and kills those that do not end: a stopped one, a mute one, and a foreign one with a false pid", needs("proc"), async () => {
  await using rig = new VjRig("lamp", "mute");
  await rig.run("up", "--wait", "0");
  await rig.until("lamp", "running");
  const mute = await waitFor("the process of the mute one", async () => (await rig.worker("mute"))?.pid ?? undefined);
  await rig.run("send", "process_manager", "shutdown", "keep_workers=true");
  const [lamp] = rig.pids("lamp");
  if (lamp === undefined) throw new Error("the lamp does not run");
  process.kill(lamp, "SIGSTOP");
  await using stranger = spawnNode([`${fixtures}/stranger.mjs`], rig.env);
  const child = Number((await stranger.printed(/child (\d+)/))[1]);

  const down = await rig.run("down");
  expect(down).toMatchObject({ code: 0, stderr: "" });
  // The signal wakes it, and it ends in order.
  expect(down.stdout).toContain("stopped lamp\n");
  expect(down.stdout).toContain(`killed stranger (pid ${stranger.pid}): it refused: never\n`);
  expect(down.stdout).toContain(`killed mute (pid ${mute}): it neither answered nor ended within 5 s\n`);
  expect([lamp, mute, stranger.pid, child].map(isProcessAlive)).toEqual([false, false, false, false]);
  expect(await rig.run("down")).toMatchObject({ code: 0, stdout: "nothing is running\n" });
});

it("ends a rig whose directory was deleted, also a process of it that hangs; until then status, doctor and up find it", needs("proc"), async () => {
  await using rig = new VjRig("lamp");
  await rig.run("up");
  const bus = rig.dir.join("bus");
  const pids = rig.pids();
  const [manager = 0] = rig.pids("process_manager");
  const [lamp = 0] = rig.pids("lamp");
  rmSync(bus, { recursive: true });
  expect(await rig.run("status")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^lamp +running/m) });
  rmSync(bus, { recursive: true });
  expect((await rig.run("doctor")).stdout).toContain(`process manager: runs (pid ${manager})`);
  rmSync(bus, { recursive: true });
  expect(await rig.run("up")).toMatchObject({ code: 0 });
  // A worker listens again a moment later; another one in its place would differ for good.
  await waitFor("the same processes", () => rig.pids().length === pids.length);
  expect(new Set(rig.pids())).toEqual(new Set(pids));

  await rig.run("send", "process_manager", "shutdown", "keep_workers=true");
  await waitFor("the end of the manager", () => !isProcessAlive(manager));
  process.kill(lamp, "SIGSTOP");
  rmSync(bus, { recursive: true });
  expect(await rig.run("down")).toMatchObject({ code: 0, stdout: "stopped lamp\n", stderr: "" });
  expect(pids.map(isProcessAlive)).toEqual(pids.map(() => false));
});

it("neither waits for nor ends a foreign program whose socket was deleted: it need not listen again", needs("proc"), async () => {
  await using rig = new VjRig();
  mkdirSync(rig.dir.join("bus"), { mode: 0o700 });
  await using stranger = spawnNode([`${fixtures}/stranger.mjs`], rig.env);
  const child = Number((await stranger.printed(/child (\d+)/))[1]);
  onTestFinished(() => void process.kill(child, "SIGKILL"));
  rmSync(rig.dir.join("bus/stranger.sock"));
  expect(await rig.run("down")).toMatchObject({ code: 0, stderr: "", stdout: "nothing is running\n" });
  expect(isProcessAlive(stranger.pid)).toBe(true);
});

it("ends a manager that is stopped, with its workers", async () => {
  await using rig = new VjRig("lamp");
  await rig.run("up");
  const pids = rig.pids();
  const [manager] = rig.pids("process_manager");
  if (manager === undefined) throw new Error("no manager runs");
  process.kill(manager, "SIGSTOP");
  // A slow worker is named, too.
  const stdout = expect.stringMatching(/^stopped the process manager and its workers\n(?:stopped lamp\n)?$/);
  expect(await rig.run("down")).toMatchObject({ code: 0, stdout, stderr: "" });
  expect(pids.map(isProcessAlive)).toEqual([false, false]);
});

it("ends no process that has reused the pid of a worker, and starts beside its lock", async () => {
  await using rig = new VjRig("lamp");
  await using bystander = spawnNode(["-e", "setInterval(() => {}, 1000)"]);
  const start = identify(bystander.pid)?.start ?? 0;
  mkdirSync(rig.dir.join("bus"), { mode: 0o700 });
  for (const name of ["lamp", "process_manager"]) writeFileSync(rig.dir.join("bus", `${name}.${bystander.pid}.${start - 1000}.lock`), "held");
  expect(await rig.run("down")).toMatchObject({ code: 0, stdout: "nothing is running\n" });
  expect(await rig.run("up")).toMatchObject({ code: 0, stdout: expect.stringContaining("running: lamp\n") });
  expect(await rig.run("down")).toMatchObject({ code: 0 });
  expect(isProcessAlive(bystander.pid)).toBe(true);
});

it("kills what a worker left behind that died while no manager ran", needs("proc"), async () => {
  await using rig = new VjRig();
  mkdirSync(rig.dir.join("bus"), { mode: 0o700 });
  const worker = spawn("sh", ["-c", "sleep 60 >/dev/null 2>&1 & echo $!; wait"], { detached: true, stdio: ["ignore", "pipe", "ignore"] });
  const left = Number(String(await once(worker.stdout, "data")));
  onTestFinished(() => {
    if (isProcessAlive(left)) process.kill(left, "SIGKILL");
  });
  const identity = identify(worker.pid ?? 0);
  if (identity === undefined) throw new Error("the worker is not there");
  recordChild(rig.dir.join("bus"), "lamp", identity);
  const closed = once(worker, "close");
  worker.kill("SIGKILL");
  await closed;
  expect(isProcessAlive(left)).toBe(true);
  expect(await rig.run("down")).toMatchObject({ code: 0, stderr: "" });
  await waitFor("what it left behind to end", () => !isProcessAlive(left));
});

it("up waits for a manager that is shutting down, and that down does not end the new one", async () => {
  await using rig = new VjRig("lamp", "snail");
  await rig.run("up");
  const [first] = rig.pids("process_manager");
  const down = rig.run("down");
  const log = rig.dir.join("bus/logs/process_manager.log");
  await waitFor("the end to begin", () => readFileSync(log, "utf8").includes("lamp: ended"));
  const up = await rig.run("up");
  expect(up).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("process manager started") });
  expect((await down).code).toBe(0);
  expect(rig.pids("process_manager")).not.toContain(first);
  expect(await rig.worker("lamp")).toMatchObject({ state: "running" });
  expect(await rig.worker("snail")).toMatchObject({ state: "running" });
});
