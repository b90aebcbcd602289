import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createServer } from "node:net";
import { once } from "node:events";
import { connect } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { has, needs, spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir, TestProcess } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const fixture = (name: string): string => `${import.meta.dirname}/fixtures/${name}`;
const [mallory, victim] = [65_534, 1];

function call(dir: TempDir, name: string): Promise<ControlClient> {
  return waitFor(name, () => connect(dir.join("bus", `${name}.sock`), { reconnect: false }));
}

/** A device like /dev/zero, whose content has no end. Root, who could damage the real one, gets another where containers allow it. */
function device(folder: string): string {
  const own = path.join(folder, "zero");
  if (has("root") && !existsSync(own)) spawnSync("mknod", [own, "c", "1", "5"]);
  return existsSync(own) ? own : "/dev/zero";
}

/** Functions that put something other than a plain file at a path. */
const makers: Readonly<Record<string, (file: string) => Promise<void> | void>> = {
  FIFO: (file) => void execFileSync("mkfifo", [file]),
  directory: (file) => mkdirSync(file),
  "link to a device": (file) => symlinkSync(device(path.dirname(file)), file),
  "sparse file of a terabyte": (file) => void execFileSync("truncate", ["-s", "1T", file]),
  socket: async (file) => {
    const server = createServer().listen(file).unref();
    await once(server, "listening");
  },
};

describe.each(Object.entries(makers))("a %s in place of every file", (kind, make) => {
  it("delays neither start nor settings nor stop, and is reported", async () => {
    await using dir = tempDir();
    for (const folder of ["bus", "bus/logs", "config"]) mkdirSync(dir.join(folder), { mode: 0o700 });
    const inPlace = ["bus/logs/patient.log", "config/patient.json", "config/patient.json.starts", "config/targets.json"];
    for (const file of inPlace) await make(dir.join(file));
    const kinds = (): string => inPlace.map((file) => statSync(dir.join(file), { throwIfNoEntry: false })?.mode ?? 0).map((mode) => mode >> 12).join();
    const before = kinds();
    await using worker = spawnNode([fixture("patient.mjs")], { ...tempEnvironment(dir), VJ_OSC_TARGETS: "", VJ_SUPERVISED: "" });
    const client = await call(dir, "patient");
    const { data } = await client.request("get_state");
    expect(data?.["config_problem"]).toMatch(/patient\.json/);
    expect(worker.output()).toMatch(/targets\.json/);
    // It may be refused or saved, but it must be answered.
    await client.request("set_config", { allow_remote_subscribers: true });
    expect(await client.request("shutdown")).toMatchObject({ success: true });
    expect(await worker.exited).toEqual({ code: 0, signal: null });
    await client.close();
    // Nothing replaces it, or the target of a link.
    expect(kinds()).toBe(before);
    if (kind === "sparse file of a terabyte") return;
    expect(worker.output()).toMatch(/cannot write .*patient\.log/);
  });
});

describe("a process that cannot end", () => {
  it("ends all the same when the system keeps a thread of its pool", async () => {
    await using dir = tempDir();
    execFileSync("mkfifo", [dir.join("fifo")]);
    await using worker = spawnNode([fixture("stuck.mjs")], { ...tempEnvironment(dir), FIFO: dir.join("fifo") });
    const client = await call(dir, "stuck");
    await client.request("shutdown");
    expect(await worker.exited).toEqual({ code: null, signal: "SIGKILL" });
    await client.close();
  });

  it("ends a while after shutdown when its stop hook hangs", async () => {
    await using dir = tempDir();
    await using worker = spawnNode([fixture("stuck.mjs")], { ...tempEnvironment(dir), HANG: "1" });
    const client = await call(dir, "stuck");
    await client.request("shutdown");
    expect(await worker.exited).toEqual({ code: 1, signal: null });
    expect(worker.output()).toContain("did not stop within");
    await client.close();
  });
});

/** Starts a worker as the victim, in a directory that the other user prepared. */
async function startAsVictim(dir: TempDir, environment: Record<string, string>): Promise<TestProcess> {
  return spawnNode([fixture("as-user.mjs"), String(victim), "patient.mjs"], { ...tempEnvironment(dir), VJ_SUPERVISED: "", ...environment });
}

/** Entries of a directory, of any kind. */
function contents(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).toSorted();
}

// Only root can act as two users.
describe("another user of the machine", needs("root"), () => {
  /** A directory below one in which anybody may create entries. */
  function shared(dir: TempDir, mode: number): string {
    chmodSync(dir.path, 0o755);
    mkdirSync(dir.join("t"));
    chmodSync(dir.join("t"), mode);
    writeFileSync(dir.join("precious"), "precious");
    chownSync(dir.join("precious"), victim, victim);
    return dir.join("t", "bus");
  }

  /** Creates a directory with links in it, as its owner. */
  function squat(bus: string, owner: number, mode: number, precious: string): void {
    mkdirSync(`${bus}/logs`, { recursive: true });
    for (const link of ["patient.log", "patient.log.1", "patient.out.log"]) symlinkSync(precious, `${bus}/logs/${link}`);
    for (const folder of [bus, `${bus}/logs`]) {
      chmodSync(folder, mode);
      chownSync(folder, owner, owner);
    }
  }

  it.each([
    ["squats the bus directory", 0o1777, mallory, 0o777],
    ["squats it, closed to others", 0o1777, mallory, 0o755],
    ["can change what is in it", 0o1777, victim, 0o777],
    ["can replace it, as its parent is open", 0o777, victim, 0o700],
  ])("%s: it is refused, and nothing is written into it or through its links", async (_what, parentMode, owner, mode) => {
    await using dir = tempDir();
    const bus = shared(dir, parentMode);
    squat(bus, owner, mode, dir.join("precious"));
    const before = contents(bus);
    await using worker = await startAsVictim(dir, { VJ_BUS_DIR: bus, VJ_CONFIG_DIR: dir.join("none") });
    expect(await worker.exited).toEqual({ code: 1, signal: null });
    // One line, without internals of the program.
    expect(worker.output()).toMatch(/^refusing the bus directory .*(belongs to another user|open to other users|other users can write).*\n$/);
    expect(readFileSync(dir.join("precious"), "utf8")).toBe("precious");
    expect(contents(bus)).toEqual(before);
  });

  it("owns or can change the settings: they are neither read nor written, and that is reported", async () => {
    await using dir = tempDir();
    shared(dir, 0o1777);
    const config = dir.join("t", "config");
    mkdirSync(config);
    chownSync(config, mallory, mallory);
    chmodSync(config, 0o777);
    writeFileSync(`${config}/patient.json`, '{"allow_remote_subscribers":true}');
    writeFileSync(`${config}/targets.json`, '{"targets":[]}');
    mkdirSync(dir.join("bus"), { mode: 0o700 });
    chownSync(dir.join("bus"), victim, victim);
    const before = contents(config);
    await using worker = await startAsVictim(dir, { VJ_CONFIG_DIR: config, VJ_OSC_TARGETS: "" });
    const client = await call(dir, "patient");
    const { data } = await client.request("get_state");
    expect(data).toMatchObject({ config: { allow_remote_subscribers: false }, config_problem: expect.stringContaining(`${config} belongs to another user`) });
    expect(await client.request("set_config", { allow_remote_subscribers: true })).toMatchObject({
      success: false,
      message: expect.stringContaining("belongs to another user"),
    });
    await client.request("shutdown");
    expect(await worker.exited).toMatchObject({ code: 0 });
    await client.close();
    expect(worker.output()).toMatch(/targets\.json.*belongs to another user/);
    expect(contents(config)).toEqual(before);
    expect(existsSync(`${config}/patient.json`)).toBe(true);
  });
});
