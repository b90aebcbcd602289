import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { connect } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { workerStateSchema } from "@vj/schema";
import { needs, smallDisk, spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { z } from "zod";
import { ConfigStore } from "../src/config-store.ts";

const nobody = 65_534;

/** A configuration directory that the worker may read but not write. */
function prepare(dir: TempDir, text: string, mode: number): void {
  chmodSync(dir.path, 0o755);
  mkdirSync(dir.join("bus"), { mode: 0o700 });
  chownSync(dir.join("bus"), nobody, nobody);
  mkdirSync(dir.join("config"), { mode: 0o755 });
  writeFileSync(dir.join("config", "lamp.json"), text, { mode });
}

function startLamp(dir: TempDir) {
  return spawnNode([`${import.meta.dirname}/fixtures/nobody.mjs`], { ...tempEnvironment(dir), VJ_OSC_TARGETS: "" });
}

/** Root may connect to anybody's socket; with a path the owner of the directory is not checked. */
function call(dir: TempDir): Promise<ControlClient> {
  return waitFor("the lamp", () => connect(dir.join("bus", "lamp.sock"), { reconnect: false }));
}

// Only root can become another user.
describe("a configuration directory that is read-only", needs("root"), () => {
  it("is read; a change is refused with the reason, and the old setting stays in force", async () => {
    await using dir = tempDir();
    prepare(dir, '{ "level": 3 }', 0o644);
    await using lamp = startLamp(dir);
    const client = await call(dir);
    expect(await client.request("set_config", { level: 4 })).toMatchObject({
      success: false,
      message: expect.stringMatching(/cannot save .*lamp\.json: .*(?:EACCES|permission denied)/),
    });
    const { config } = workerStateSchema.parse((await client.request("get_state")).data);
    expect(config).toMatchObject({ level: 3 });
    expect(readdirSync(dir.join("config"))).toEqual(["lamp.json"]);
    expect(lamp.child.exitCode).toBeNull();
    await client.close();
  });

  it("with a file that may not be read gives defaults, reports that, and is not overwritten", async () => {
    await using dir = tempDir();
    prepare(dir, '{ "level": 3 }', 0o600);
    await using lamp = startLamp(dir);
    const client = await call(dir);
    const state = workerStateSchema.parse((await client.request("get_state")).data);
    expect(state.config).toMatchObject({ level: 1 });
    expect(state["config_problem"]).toMatch(/cannot read .*lamp\.json: .*defaults are used/);
    chownSync(dir.join("config"), nobody, nobody);
    expect(await client.request("set_config", { level: 4 })).toMatchObject({ success: false, message: expect.stringMatching(/cannot read/) });
    expect(readFileSync(dir.join("config", "lamp.json"), "utf8")).toBe('{ "level": 3 }');
    expect(lamp.output()).toMatch(/ERROR.*cannot read/);
    await client.close();
  });

  it("with a broken file gives defaults, although the file cannot be kept aside", async () => {
    await using dir = tempDir();
    prepare(dir, '{ "level": 3', 0o644);
    await using lamp = startLamp(dir);
    const client = await call(dir);
    const state = workerStateSchema.parse((await client.request("get_state")).data);
    expect(state.config).toMatchObject({ level: 1 });
    expect(state["config_problem"]).toMatch(/it is not JSON: line 1, column 13: it ends before its last }; defaults are used; it could not be kept aside/);
    expect((await client.request("set_config", { level: 4 })).success).toBe(false);
    expect(readFileSync(dir.join("config", "lamp.json"), "utf8")).toBe('{ "level": 3');
    expect(lamp.child.exitCode).toBeNull();
    await client.close();
  });
});

describe("a full disk", needs("mount"), () => {
  it("refuses a change with the reason, leaves the old file whole, and takes the change once there is room", async () => {
    await using dir = tempDir();
    using disk = smallDisk(dir.join("config"));
    const file = dir.join("config", "lamp.json");
    const store = new ConfigStore(z.object({ text: z.string().default("") }), { dir: dir.join("config"), worker: "lamp" });
    await store.commit({ text: "old" });
    const before = readFileSync(file, "utf8");
    disk.fill();
    await expect(store.commit({ text: "new".repeat(2000) })).rejects.toThrow(/cannot save .*ENOSPC/);
    expect(store.value.text).toBe("old");
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(readdirSync(dir.join("config")).sort()).toEqual(["filler", "lamp.json"]);
    disk.makeRoom();
    await store.commit({ text: "new" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ text: "new" });
  });
});
