import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const { scripts } = z.looseObject({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
const built = Object.entries(scripts).filter(([, line]) => line.startsWith("node scripts/build/then.mjs "));

it("programs that are built first show their help without building, by the name that starts them", { timeout: 400_000 }, () => {
  expect(built.length).toBeGreaterThan(8);
  for (const [name, line] of built) {
    const [, ...words] = line.split(" ");
    const { status, stdout, stderr } = spawnSync(process.execPath, [...words, "--help"], { cwd: root, encoding: "utf8" });
    expect({ name, status, stderr }).toEqual({ name, status: 0, stderr: "" });
    expect(stdout).toMatch(new RegExp(`^Usage: pnpm ${name}[ \n]`));
  }
});
