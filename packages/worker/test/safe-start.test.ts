import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "@vj/control";
import { spawnNode, tempDir, tempEnvironment, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";

const program = `${import.meta.dirname}/fixtures/moody.mjs`;

function prepare(dir: TempDir, settings: unknown, worked?: unknown): void {
  mkdirSync(dir.join("config"), { mode: 0o700 });
  writeFileSync(dir.join("config", "moody.json"), JSON.stringify(settings));
  if (worked !== undefined) writeFileSync(dir.join("config", "moody.json.starts"), JSON.stringify({ good: worked }));
}

const start = (dir: TempDir, more: Record<string, string> = {}) =>
  spawnNode([program], { ...tempEnvironment(dir), VJ_OSC_TARGETS: "", ...more });

async function state(dir: TempDir): Promise<Record<string, unknown>> {
  const client = await waitFor("the worker", () => connect(dir.join("bus", "moody.sock"), { reconnect: false }));
  const { data } = await client.request("get_state");
  await client.close();
  return data ?? {};
}

describe("a worker whose settings make its start fail", () => {
  it.each([
    ["throws", "not today"],
    ["crashes", "Invalid typed array length"],
  ])("starts with the last working settings after two failures: one that %s", async (mood, reason) => {
    await using dir = tempDir();
    prepare(dir, { mood, extra: 1 }, { mood: "calm" });
    for (let count = 0; count < 2; count += 1) {
      await using failing = start(dir);
      expect(await failing.exited).toMatchObject({ code: 1 });
    }
    await using third = start(dir);
    const { config, config_problem } = await state(dir);
    expect(config).toMatchObject({ mood: "calm" });
    expect(config_problem).toContain(`mood was put back from "${mood}" to "calm"`);
    expect(config_problem).toContain(reason);
    expect(third.output()).toMatch(/ERROR .*was put back/);
    expect(JSON.parse(readFileSync(dir.join("config", "moody.json"), "utf8"))).toEqual({ mood: "calm", extra: 1 });
    const [kept = ""] = readdirSync(dir.join("config")).filter((name) => name.includes(".bad-"));
    expect(JSON.parse(readFileSync(dir.join("config", kept), "utf8"))).toEqual({ mood, extra: 1 });
  });

  it.each(["waits", "spins"])("starts with its defaults after two starts without an answer: one that %s", async (mood) => {
    await using dir = tempDir();
    prepare(dir, { mood });
    for (let count = 0; count < 2; count += 1) {
      await using hanging = start(dir, count === 0 ? {} : { VJ_LAST_EXIT: "unanswered" });
      await waitFor("the start to be counted", () => starts(dir).length > count);
      process.kill(hanging.pid, "SIGKILL");
      await hanging.exited;
    }
    await using third = start(dir, { VJ_LAST_EXIT: "unanswered" });
    const { config, config_problem } = await state(dir);
    expect(config).toMatchObject({ mood: "fine" });
    expect(config_problem).toContain(`mood was put back from "${mood}" to its default`);
    expect(config_problem).toContain("it did not answer");
    await third.kill();
  });

  it("reports the change that was put back until a setting is changed, across restarts", async () => {
    await using dir = tempDir();
    prepare(dir, {}, {});
    writeFileSync(dir.join("config", "moody.json.starts"), JSON.stringify({ good: {}, putBack: "mood was put back" }));
    await using worker = start(dir);
    expect(await state(dir)).toMatchObject({ config_problem: "mood was put back" });
    const client = await connect(dir.join("bus", "moody.sock"), { reconnect: false });
    expect(await client.request("set_config", { mood: "calm" })).toMatchObject({ success: true });
    await client.close();
    expect(await state(dir)).toMatchObject({ config_problem: null });
    await worker.kill();
    expect(readFileSync(dir.join("config", "moody.json.starts"), "utf8")).not.toContain("put back");
  });

  it("records the settings that worked, and writes nothing where nothing was set", async () => {
    await using dir = tempDir();
    prepare(dir, { mood: "calm" });
    await using worker = start(dir);
    await state(dir);
    expect(starts(dir)).toHaveLength(1);
    await waitFor("the settings to count as good", () => JSON.stringify(record(dir)["good"]) === '{"mood":"calm"}', 10_000);
    expect(starts(dir)).toEqual([]);
    await worker.kill();

    await using other = tempDir();
    await using plain = start(other);
    await state(other);
    await plain.kill();
    expect(existsSync(other.join("config", "moody.json.starts"))).toBe(false);
  });
});

function record(dir: TempDir): Record<string, unknown> {
  const text = existsSync(dir.join("config", "moody.json.starts")) ? readFileSync(dir.join("config", "moody.json.starts"), "utf8") : "{}";
  return Object(JSON.parse(text));
}

function starts(dir: TempDir): unknown[] {
  const { tries } = record(dir);
  return Array.isArray(tries) ? tries : [];
}
