import { chmodSync, chownSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { connect } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { workerStateSchema } from "@vj/schema";
import { spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

/** A configuration directory that the worker may look into, but not write. */
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

/** Root may connect to anybody's socket; the check of who owns the directory is left out with a path. */
function call(dir: TempDir): Promise<ControlClient> {
  return waitFor("the lamp", () => connect(dir.join("bus", "lamp.sock"), { reconnect: false }));
}

// Only root can become somebody who may not write.
describe.skipIf(!isRoot)("a configuration directory that is read-only", () => {
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
    expect(config).toEqual({ level: 3 });
    expect(readdirSync(dir.join("config"))).toEqual(["lamp.json"]);
    expect(lamp.child.exitCode).toBeNull();
    client.close();
  });

  it("with a file that may not be read gives defaults, says so, and is not overwritten", async () => {
    await using dir = tempDir();
    prepare(dir, '{ "level": 3 }', 0o600);
    await using lamp = startLamp(dir);
    const client = await call(dir);
    const state = workerStateSchema.parse((await client.request("get_state")).data);
    expect(state.config).toEqual({ level: 1 });
    expect(state["config_problem"]).toMatch(/cannot read .*lamp\.json: .*defaults are used/);
    chownSync(dir.join("config"), nobody, nobody);
    expect(await client.request("set_config", { level: 4 })).toMatchObject({ success: false, message: expect.stringMatching(/cannot read/) });
    expect(readFileSync(dir.join("config", "lamp.json"), "utf8")).toBe('{ "level": 3 }');
    expect(lamp.output()).toMatch(/ERROR.*cannot read/);
    client.close();
  });

  it("with a broken file gives defaults, although the file cannot be kept aside", async () => {
    await using dir = tempDir();
    prepare(dir, '{ "level": 3', 0o644);
    await using lamp = startLamp(dir);
    const client = await call(dir);
    const state = workerStateSchema.parse((await client.request("get_state")).data);
    expect(state.config).toEqual({ level: 1 });
    expect(state["config_problem"]).toMatch(/no JSON object; defaults are used; it could not be kept aside/);
    expect((await client.request("set_config", { level: 4 })).success).toBe(false);
    expect(readFileSync(dir.join("config", "lamp.json"), "utf8")).toBe('{ "level": 3');
    expect(lamp.child.exitCode).toBeNull();
    client.close();
  });
});
