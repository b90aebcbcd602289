import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { z } from "zod";
import { changeAway, noEffect, schemaAway, secret, settingsAway } from "../src/index.ts";
import { keepSchema } from "../src/kept-schema.ts";

const schema = z.object({
  level: z.number().min(0).max(1).default(0.5),
  colour: z.enum(["red", "blue"]).default("red"),
  names: z.array(z.string().max(4)).max(2).default([]),
  token: secret(z.string().default("")),
  later: noEffect(z.boolean().default(false)),
});

it("changes of a worker that is away are checked against the settings that it had when it ran last", async () => {
  await using dir = tempDir();
  const places = { configDir: dir.join("config"), cacheDir: dir.join("cache") };
  await keepSchema(places.cacheDir, "lamp", schema);
  const change = (changes: Record<string, unknown>) => changeAway(places, "lamp", changes);
  const file = dir.join("config/lamp.json");

  for (const [bad, why] of [[{ level: 2 }, /level/], [{ level: "much" }, /level/], [{ colour: "green" }, /colour/], [{ names: ["a", "toolong"] }, /names/], [{ bogus: 1 }, /unknown setting "bogus"; there are: level, colour/]] as const) {
    expect(await change(bad)).toEqual({ ok: false, reason: expect.stringMatching(why), issues: [{ path: expect.stringMatching(Object.keys(bad).join()), message: expect.any(String) }] });
  }
  expect(settingsAway(places, "lamp")?.config).toMatchObject({ level: 0.5 });
  expect(schemaAway(places, "lamp")).toMatchObject({ properties: { level: { maximum: 1 }, token: { secret: true }, later: { noEffect: true } } });
  expect(await change({ level: 0.7, token: "hidden", colour: null })).toEqual({
    ...{ ok: true, file, checked: true, withoutEffect: [], problem: undefined },
    shown: { level: 0.7, token: "•••", colour: null },
  });
  expect(await change({ later: true })).toMatchObject({ ok: true, withoutEffect: ["later"] });
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ level: 0.7, token: "hidden", later: true });
  expect(settingsAway(places, "lamp")).toEqual({
    config: { level: 0.7, colour: "red", names: [], token: "•••", later: true },
    config_origin: { level: "file", colour: "default", names: "default", token: "file", later: "file" },
  });
});

it("values that cannot be checked are saved and reported as unchecked; an unusable file is kept aside", async () => {
  await using dir = tempDir();
  const places = { configDir: dir.join("config"), cacheDir: dir.join("cache") };
  expect(settingsAway(places, "lamp")).toBeUndefined();
  expect(schemaAway(places, "lamp")).toBeUndefined();
  mkdirSync(dir.join("config"));
  mkdirSync(dir.join("cache/settings"), { recursive: true });
  for (const kept of ["", "nonsense", "[]", '{"type":"string"}', '{"type":"object","properties":{"a":{"$ref":"#/nowhere"}}}']) {
    writeFileSync(dir.join("cache/settings/lamp.json"), kept);
    expect(await changeAway(places, "lamp", { anything: 1 }), kept).toMatchObject({ ok: true, checked: false });
  }
  writeFileSync(dir.join("config/lamp.json"), "{ broken");
  expect(await changeAway(places, "lamp", { other: "x" })).toMatchObject({ ok: true, problem: expect.stringContaining("it is not JSON: line 1, column 3: the name of a key") });
  expect(JSON.parse(readFileSync(dir.join("config/lamp.json"), "utf8"))).toEqual({ other: "x" });
});
