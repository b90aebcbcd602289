import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tempDir } from "@vj/test-kit";
import { loadConfig, saveConfig } from "../src/config-file.ts";
import { ConfigStore } from "../src/config-store.ts";

const schema = z.object({
  rate: z.number().min(1).max(100).default(10),
  source: z.string().default("auto"),
});

describe("the configuration file", () => {
  it("is made with its directory, for this user alone, and read back", async () => {
    await using dir = tempDir();
    const file = dir.join("deep", "w.json");
    expect(loadConfig(file, schema)).toMatchObject({ stored: {}, text: undefined, problem: undefined });
    const text = await saveConfig(file, { rate: 20 });
    expect(loadConfig(file, schema)).toMatchObject({ stored: { rate: 20 }, text, problem: undefined });
  });

  it("is kept aside when it is broken, never overwritten silently", async () => {
    await using dir = tempDir();
    const file = dir.join("w.json");
    for (const [index, text] of ['{"rate": 2', "", "[1]", "null", "\u0000", Buffer.from('{"source":"B\xfchne"}', "latin1"), '{"rate": 2,}'].entries()) {
      writeFileSync(file, text);
      const { stored, problem } = loadConfig(file, schema);
      expect(stored).toEqual({});
      expect(problem).toMatch(/(line \d+, column \d+: [^;]*|it is empty|it is not a JSON object); (save it as UTF-8 text; )?defaults are used, the old file is kept as/);
      const aside = readdirSync(dir.path).filter((entry) => entry.includes(".bad-"));
      expect(aside).toHaveLength(index + 1);
      loadConfig(file, schema);
      expect(readdirSync(dir.path).filter((entry) => entry.includes(".bad-"))).toEqual(aside);
    }
  });

  it("is kept aside byte by byte when it is not text, also when it became so meanwhile", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    store.load();
    const bytes = Buffer.from('{"source":"B\xfchne"}', "latin1");
    writeFileSync(dir.join("w.json"), bytes);
    expect(store.edited(false)).toEqual({ ok: false, reason: "line 1, column 13: the byte 0xFC is not UTF-8; save it as UTF-8 text" });
    expect(store.edited(false)).toBeUndefined();
    await store.commit({ rate: 20 });
    const aside = readdirSync(dir.path).find((entry) => entry.includes(".bad-")) ?? "";
    expect(readFileSync(dir.join(aside))).toEqual(bytes);
    expect(loadConfig(dir.join("w.json"), schema)).toMatchObject({ stored: { rate: 20 }, problem: undefined });
  });

  it("names a key that stands twice, uses the last, and keeps the file", async () => {
    await using dir = tempDir();
    const file = dir.join("w.json");
    writeFileSync(file, '{"rate": 20,\n"rate": 30}');
    expect(loadConfig(file, schema)).toMatchObject({ stored: { rate: 30 }, lost: false, problem: expect.stringMatching(/line 2, column 1: this key stands there a second time.*: the last one is used, the old file is kept as/) });
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    store.load();
    writeFileSync(file, '{"rate": 25, "rate": 35}');
    expect(store.edited(false)).toMatchObject({ ok: false, reason: expect.stringContaining("line 1, column 14") });
    expect(store.value.rate).toBe(30);
  });

  it("keeps the good keys of a file with a bad one", async () => {
    await using dir = tempDir();
    const file = dir.join("w.json");
    writeFileSync(file, JSON.stringify({ rate: 1000, source: "demo", gone: true }));
    const { stored, problem } = loadConfig(file, schema);
    expect(stored).toEqual({ source: "demo", gone: true });
    expect(problem).toMatch(/no setting gone; rate: .*kept as/);
    const aside = readdirSync(dir.path).find((entry) => entry.includes(".bad-")) ?? "";
    expect(readFileSync(dir.join(aside), "utf8")).toContain("1000");
  });

  it("may begin with a byte order mark", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("w.json"), '\uFEFF{ "rate": 20 }');
    expect(loadConfig(dir.join("w.json"), schema)).toMatchObject({ stored: { rate: 20 }, problem: undefined });
  });

  it("is never waited for: a pipe, a folder, a device or an endless file in its place is named", async () => {
    await using dir = tempDir();
    execFileSync("mkfifo", [dir.join("pipe")]);
    writeFileSync(dir.join("large"), Buffer.alloc(2_000_000, " "));
    for (const file of [dir.join("pipe"), dir.path, "/dev/zero", dir.join("large")]) {
      expect(loadConfig(file, schema)).toMatchObject({ stored: {}, problem: expect.stringMatching(/cannot read .*defaults are used/) });
    }
  });

  it("gives the reason when it cannot be saved", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("file"), "");
    await expect(saveConfig(dir.join("file", "w.json"), {})).rejects.toThrow(/cannot save/);
  });
});

describe("the configuration", () => {
  it("takes environment over file over default, and reports the origin", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" }, { source: { value: "demo", variable: "VJ_X" } });
    writeFileSync(dir.join("w.json"), JSON.stringify({ rate: 5, source: "file" }));
    expect(store.load()).toEqual({ problem: undefined, lost: false });
    expect(store.value).toEqual({ rate: 5, source: "demo" });
    expect(store.origins()).toEqual({ rate: "file", source: "environment" });
    expect(store.check({ source: "none" })).toMatchObject({ ok: false, reason: expect.stringMatching(/VJ_X/) });
  });

  it("refuses an invalid environment", () => {
    expect(
      () => new ConfigStore(schema, { dir: "/nowhere", worker: "w" }, { rate: { value: 0, variable: "VJ_RATE" } }),
    ).toThrow(/VJ_RATE: rate/);
  });

  it("is all or nothing", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    expect(store.check({ rate: 5, source: 7 })).toMatchObject({ ok: false, reason: expect.stringMatching(/source/) });
    expect(store.check({ nonsense: 1 })).toMatchObject({ ok: false, reason: expect.stringMatching(/rate, source/) });
    const change = store.check({ rate: 5 });
    expect(change).toEqual({ ok: true, stored: { rate: 5 }, value: { rate: 5, source: "auto" } });
  });

  it("names every unknown key, and treats an invalid null as absent", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    expect(store.check({ nonsense: 1, rate: 5, more: 2 })).toMatchObject({ code: "bad_arguments", reason: expect.stringMatching(/"nonsense", "more"; there/) });
    expect(store.check({ rate: 5, source: null })).toMatchObject({ ok: true, stored: { rate: 5 } });
  });

  it("has a length: of each text, and of all settings together", async () => {
    await using dir = tempDir();
    const names = z.object({ names: z.array(z.string()).default([]) });
    const store = new ConfigStore(names, { dir: dir.path, worker: "w" });
    expect(store.check({ names: ["x".repeat(4096)] }).ok).toBe(true);
    expect(store.check({ names: ["x".repeat(4097)] })).toMatchObject({ ok: false, reason: "names: longer than 4096 characters" });
    const many = Array.from({ length: 20 }, () => "x".repeat(4000));
    expect(store.check({ names: many })).toMatchObject({ ok: false, reason: expect.stringMatching(/would have \d+ bytes, 65536 are allowed/) });
    writeFileSync(dir.join("w.json"), JSON.stringify({ names: ["x".repeat(4097)] }));
    expect(store.load()).toEqual({ problem: expect.stringMatching(/names: longer than 4096 characters; defaults are used/), lost: true });
    expect(store.value).toEqual({ names: [] });
  });

  it("uses a change once it is on disk, and can undo it", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    const { undo, note } = await store.commit({ rate: 5 });
    expect(note).toBeUndefined();
    expect(store.value.rate).toBe(5);
    expect(JSON.parse(readFileSync(dir.join("w.json"), "utf8"))).toEqual({ rate: 5 });
    await undo();
    expect(store.value.rate).toBe(10);
    expect(JSON.parse(readFileSync(dir.join("w.json"), "utf8"))).toEqual({});
  });

  it("loses neither unknown keys nor an edit made meanwhile", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(schema, { dir: dir.path, worker: "w" });
    writeFileSync(dir.join("w.json"), JSON.stringify({ newer_setting: 1 }));
    expect(store.load()).toEqual({ problem: expect.stringMatching(/no setting newer_setting/), lost: false });
    const change = store.check({ rate: 5 });
    if (!change.ok) throw new Error(change.reason);
    expect((await store.commit(change.stored)).note).toBeUndefined();
    expect(JSON.parse(readFileSync(dir.join("w.json"), "utf8"))).toEqual({ newer_setting: 1, rate: 5 });
    const edited = '{ "rate": 7 }';
    writeFileSync(dir.join("w.json"), edited);
    const { note } = await store.commit({ rate: 6 });
    expect(note).toMatch(/edited meanwhile; the edited file is kept as/);
    expect(readFileSync(note?.split("kept as ")[1] ?? "", "utf8")).toBe(edited);
  });

  it("keeps its value when it cannot be saved", async () => {
    await using dir = tempDir();
    writeFileSync(dir.join("blocked"), "");
    const store = new ConfigStore(schema, { dir: dir.join("blocked"), worker: "w" });
    await expect(store.commit({ rate: 5 })).rejects.toThrow(/cannot save/);
    expect(store.value.rate).toBe(10);
  });
});
