import { readFileSync, statSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { changeConfig } from "../src/change-config.ts";
import { ConfigStore } from "../src/config-store.ts";
import { describeWorker } from "../src/describe.ts";
import { noEffect, secret, withoutSecrets } from "../src/setting-marks.ts";

const config = z.object({
  rate: z.number().default(1),
  model: noEffect(z.string().default("").describe("Its model")),
  key: secret(noEffect(z.string().max(10).default(""))),
  password: secret(z.string().default("")),
});

const hooks = {
  vet: async (_: unknown, changes: Record<string, unknown>) => ({ ok: true, changes }) as const,
  apply: async () => "Config updated",
};

describe("a setting", () => {
  it("without effect is checked, saved, reported as such, and left out of forms", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(config, { dir: dir.join("config"), worker: "w" });
    expect(await changeConfig(store, { rate: 2 }, hooks)).toMatchObject({ message: "Config updated" });
    const reply = await changeConfig(store, { rate: 3, model: "m", key: "k" }, hooks);
    expect(reply).toMatchObject({ success: true, message: "Config updated; model, key are kept, but have no effect yet" });
    expect(await changeConfig(store, { key: "x".repeat(11) }, hooks)).toMatchObject({ success: false });
    const { config_schema } = describeWorker({ name: "w", version: "1.0.0", description: "", config, commands: {}, osc: {} });
    expect(Object.keys(Object(config_schema["properties"]))).toEqual(["rate", "password"]);
  });

  it("that is a secret is saved for this user alone and never shown", async () => {
    await using dir = tempDir();
    const store = new ConfigStore(config, { dir: dir.join("config"), worker: "w" });
    const reply = await changeConfig(store, { password: "hunter2" }, hooks);
    expect(JSON.stringify(reply)).not.toContain("hunter2");
    expect(store.shown).toMatchObject({ password: "•••", key: "" });
    expect(store.value.password).toBe("hunter2");
    expect(await changeConfig(store, { password: "•••", rate: 5 }, hooks)).toMatchObject({ success: true });
    expect(store.value).toMatchObject({ password: "hunter2", rate: 5 });
    const file = dir.join("config", "w.json");
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({ password: "hunter2", rate: 5 });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(
    Object.entries({
      "with a default outside": secret(z.string().max(100)).default("").describe("Its password"),
      "that may be missing": secret(z.string()).optional(),
      "that may be nothing": secret(z.string()).nullable().default(null),
      "in a list": z.array(secret(z.string())).default([]),
      "in an object": z.object({ user: z.string(), password: secret(z.string()) }).default({ user: "", password: "" }),
      "that is made from another text": z.string().pipe(secret(z.string())).default(""),
      "with a fallback": secret(z.string()).catch(""),
    }),
  )("secret %s is a secret", (_, setting) => {
    const schema = z.object({ setting, rate: z.number().default(1) });
    expect(withoutSecrets(schema, { setting: "hunter2", rate: 2 })).toEqual({ setting: "•••", rate: 2 });
    const { config_schema, commands } = describeWorker({ name: "w", version: "1.0.0", description: "", config: schema, commands: {}, osc: {} });
    expect({ config_schema, commands }).toMatchObject({ config_schema: { properties: { setting: { secret: true }, rate: { default: 1 } } } });
  });
});
