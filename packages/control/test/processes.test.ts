import { spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { needs, spawnNode, spawnProcess, tempDir, waitFor } from "@vj/test-kit";
import { identify, isProcessAlive, isRunning, killTree, ownerByClaim, sendSignal, socketOwner, terminate } from "../src/index.ts";
import type { ProcessFacts } from "../src/index.ts";
import { belongingsOf } from "../src/process/kill-tree.ts";
import { parseStat, procFiles } from "../src/process/proc-files.ts";
import { parsePs, psCommand } from "../src/process/ps-command.ts";

describe("facts from the system", () => {
  it("is read from /proc whatever the command is called", () => {
    const text = `41 (a) R (b)) S 40 39 38 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1 2\n`;
    expect(parseStat(41, text)).toEqual({ pid: 41, parent: 40, group: 39, session: 38, start: 98_765, ended: false });
    expect(parseStat(41, text.replace("S 40", "Z 40")).ended).toBe(true);
  });

  it("is read from ps", () => {
    const lines = "    1     0     1 Ss   Thu Nov 26 04:26:45 2026\n 4711   1 4711 Z+ Thu Jan  1 00:00:09 1970\nPID rubbish\n";
    expect(parsePs(lines)).toEqual([
      { pid: 1, parent: 0, group: 1, session: 0, start: Date.UTC(2026, 10, 26, 4, 26, 45) / 1000, ended: false },
      { pid: 4711, parent: 1, group: 4711, session: 0, start: 9, ended: true },
    ]);
  });

  it("is the same from both sources", needs("proc", "ps"), async () => {
    await using child = spawnProcess("sleep", ["60"]);
    const [byFile, byProgram] = [procFiles.facts(child.pid), psCommand.facts(child.pid)];
    expect(byFile).toMatchObject({ pid: child.pid, parent: process.pid, group: child.pid, session: child.pid, ended: false });
    expect(byProgram).toMatchObject({ pid: child.pid, parent: process.pid, group: child.pid, ended: false });
    expect(Math.abs((byProgram?.start ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    for (const source of [procFiles, psCommand]) expect(source.all().map(({ pid }) => pid)).toContain(child.pid);
    await child.kill();
    expect(procFiles.facts(child.pid)).toBeUndefined();
    expect(psCommand.facts(child.pid)).toBeUndefined();
  });
});

it("a system without ps is reported with a code", () => {
  vi.stubEnv("PATH", "/nowhere");
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(() => psCommand.all()).toThrow(expect.objectContaining({ name: "ControlError", code: "processes", message: expect.stringContaining("cannot ask ps") }));
});

describe("the identity of a process", () => {
  it("limits a signal to that process, not one that has its pid now", async () => {
    await using child = spawnProcess("sleep", ["60"]);
    const identity = identify(child.pid);
    if (identity === undefined) throw new Error("the child is not there");
    const other = { pid: child.pid, start: identity.start - 5000 };
    expect([isRunning(identity), isRunning(other)]).toEqual([true, false]);
    expect(sendSignal(other, "SIGKILL")).toBe(false);
    expect(killTree(other)).toBe(false);
    expect(isRunning(identity)).toBe(true);
    // A stopped process does not receive the signal until it continues.
    sendSignal(identity, "SIGSTOP");
    expect(terminate(identity)).toBe(true);
    expect(await child.exited).toEqual({ code: null, signal: "SIGTERM" });
    expect(isRunning(identity)).toBe(false);
    expect(sendSignal(identity, "SIGTERM")).toBe(false);
  });

  it("is never all processes, a group, or nonsense", () => {
    for (const pid of [-1, 0, -process.pid, 1.5, Number.NaN, 2 ** 40]) expect(identify(pid)).toBeUndefined();
  });

  it("counts as ended once it is a zombie", needs("proc"), async () => {
    // The shell starts a child and becomes a program that collects none.
    await using parent = spawnProcess("/bin/sh", ["-c", "sleep 0.01 & echo $!; exec sleep 60"]);
    const pid = Number((await parent.printed(/\d+/))[0]);
    await waitFor("its end", () => procFiles.facts(pid)?.ended === true);
    expect(isProcessAlive(pid)).toBe(false);
    const zombie = identify(pid);
    expect(zombie === undefined || isRunning(zombie)).toBe(false);
  });
});

const base: ProcessFacts = { pid: 0, parent: 1, group: 0, session: 0, start: 100, ended: false };
const at = (pid: number, parent: number, group: number, session = group): ProcessFacts => ({ ...base, pid, parent, group, session });

describe("what belongs to a process", () => {
  const others = [at(1, 0, 1), at(50, 1, 50), at(60, 1, 60)];
  const pids = (owner: { pid: number; start: number }, table: ProcessFacts[]): number[] => belongingsOf(owner, table).map(({ pid }) => pid);

  it("is its children and theirs, its group and its session", () => {
    const table = [...others, at(70, 1, 70), at(71, 70, 70), at(72, 1, 72, 70), at(73, 70, 73), at(74, 73, 74), at(75, 72, 75)];
    expect(pids({ pid: 70, start: 100 }, table).toSorted((a, b) => a - b)).toEqual([71, 72, 73, 74, 75]);
  });

  it("is still its group and session when it has ended, but not those of a process that has its pid now", () => {
    const left = [...others, at(71, 1, 70), at(72, 1, 72, 70)];
    expect(pids({ pid: 70, start: 100 }, left).toSorted((a, b) => a - b)).toEqual([71, 72]);
    expect(pids({ pid: 70, start: 100 }, [...left, { ...at(70, 1, 70), start: 200 }])).toEqual([]);
  });

  it("is not the group that it was started in, nor a daemon, nor us", () => {
    const shell = [...others, at(70, 50, 50), at(71, 50, 50), at(80, 1, 80)];
    expect(pids({ pid: 70, start: 100 }, shell)).toEqual([]);
    const above = [at(70, 1, 70), at(process.pid, 70, 70)];
    expect(pids({ pid: 70, start: 100 }, above)).toEqual([]);
    expect(pids({ pid: 1, start: 100 }, others)).toEqual([]);
  });
});

/** A process with a child in its group, one in a session of its own, and one whose parent has ended; it prints their pids. */
const family = `
const { spawn } = require("node:child_process");
const start = (program, args, detached) => spawn(program, args, { detached, stdio: ["ignore", "pipe", "ignore"] });
const plain = start("sleep", ["61"], false), own = start("sleep", ["62"], true);
const orphan = start("/bin/sh", ["-c", "sleep 63 & echo $!"], false);
orphan.stdout.once("data", (pid) => orphan.once("exit", () => console.log("pids", plain.pid, own.pid, Number(pid))));
process.on("SIGTERM", () => {});
setInterval(() => {}, 1000);`;

it("a process is killed with its children, wherever they are, also when it is stopped", async () => {
  await using parent = spawnNode(["-e", family]);
  const match = await parent.printed(/pids (\d+) (\d+) (\d+)/);
  const children = [match[1], match[2], match[3]].map(Number);
  expect(children.map(isProcessAlive)).toEqual([true, true, true]);
  const identity = identify(parent.pid);
  if (identity === undefined) throw new Error("it is not there");
  sendSignal(identity, "SIGSTOP");
  expect(killTree(identity)).toBe(true);
  expect((await parent.exited).signal).toBe("SIGKILL");
  for (const pid of children) await waitFor(`the end of ${pid}`, () => !isProcessAlive(pid));
});

it("works where there is no /proc", needs("ps"), () => {
  const { status, stderr } = spawnSync(process.execPath, [`${import.meta.dirname}/ps-child.mjs`], {
    env: { ...process.env, VJ_PROCESS_FACTS: "ps", TZ: "Asia/Kolkata", LC_ALL: "de_DE.UTF-8" },
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
});

it("the process behind a socket is found from the system, whatever pid it claims", needs("linux", "proc"), async () => {
  await using dir = tempDir();
  const file = dir.join("a.sock");
  expect(socketOwner(file)).toBeUndefined();
  const server = createServer().listen(file);
  await once(server, "listening");
  const own = identify(process.pid);
  expect(socketOwner(file)).toEqual(own);
  expect(ownerByClaim(process.pid, file)).toEqual(own);
  expect(ownerByClaim(process.ppid, file)).toEqual(own);
  server.close();
  await once(server, "close");
  // The owner of a removed socket is unknown: a claim is accepted, except of our own pid, our ancestors' and the first
  // process's.
  for (const pid of [process.pid, process.ppid, 1]) expect(ownerByClaim(pid, file)).toBeUndefined();
  await using child = spawnProcess("sleep", ["60"]);
  expect(ownerByClaim(child.pid, file)).toEqual(identify(child.pid));
});
