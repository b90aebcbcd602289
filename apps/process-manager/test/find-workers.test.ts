import { mkdirSync, realpathSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { findWorkers } from "../src/find-workers.ts";

function addPackage(dir: TempDir, folder: string, manifest: unknown): string {
  const target = dir.join(folder);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  return target;
}

it("finds the workers beside this package by what their package.json says", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "process-manager", { name: "@vj/process-manager", vj: { worker: "process_manager" }, bin: "m.js" });
  addPackage(dir, "lights", { name: "@x/lights", bin: { other: "o.js", lights: "./bin/lights.js" }, vj: { worker: "lights" } });
  addPackage(dir, "smoke", { name: "smoke", bin: { go: "go.js" }, vj: { worker: "smoke", enabled: false } });
  addPackage(dir, "tui", { name: "@vj/tui", bin: "tui.js" });
  mkdirSync(dir.join("empty"));

  const { programs, problems } = findWorkers({ named: [], home });
  const real = realpathSync(dir.path);
  expect([...programs.values()]).toEqual([
    { name: "lights", enabled: true, entry: path.join(real, "lights/bin/lights.js"), folder: path.join(real, "lights") },
    { name: "smoke", enabled: false, entry: path.join(real, "smoke/go.js"), folder: path.join(real, "smoke") },
  ]);
  expect(problems).toEqual([]);
});

it("reports packages that cannot be used and keeps the others", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "home", { name: "home" });
  addPackage(dir, "broken", "{ not json");
  addPackage(dir, "nameless", { name: "nameless", bin: "x.js", vj: { worker: "Not A Name" } });
  addPackage(dir, "no-bin", { name: "no-bin", vj: { worker: "no_bin" } });
  addPackage(dir, "two-bins", { name: "two-bins", bin: { a: "a.js", b: "b.js" }, vj: { worker: "two_bins" } });
  addPackage(dir, "fine", { name: "fine", bin: "x.js", vj: { worker: "fine" } });

  const { programs, problems } = findWorkers({ named: [dir.join("nowhere")], home });
  expect([...programs.keys()]).toEqual(["fine"]);
  expect(problems).toHaveLength(5);
  for (const [index, folder] of ["nowhere", "broken", "nameless", "no-bin", "two-bins"].entries()) {
    expect(problems[index]).toContain(dir.join(folder));
  }
});

it("lets a named folder replace a worker of the same name", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "apps/home", { name: "home" });
  addPackage(dir, "apps/lights", { name: "lights", bin: "x.js", vj: { worker: "lights" } });
  const mine = addPackage(dir, "mine", { name: "my-lights", bin: "x.js", vj: { worker: "lights" } });
  expect(findWorkers({ named: [mine], home }).programs.get("lights")?.folder).toBe(realpathSync(mine));
});

it("finds what @vj/cli depends on when the packages do not lie side by side", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "node_modules/.store/manager/node_modules/@vj/process-manager", { name: "@vj/process-manager" });
  addPackage(dir, "node_modules/@vj/cli", { name: "@vj/cli", dependencies: { "@vj/lights": "1", "@vj/gone": "1", zod: "4" } });
  addPackage(dir, "node_modules/@vj/cli/node_modules/@vj/lights", { name: "@vj/lights", bin: "x.js", vj: { worker: "lights" } });
  const { programs, problems } = findWorkers({ named: [], home });
  expect([...programs.keys()]).toEqual(["lights"]);
  expect(problems).toEqual([]);
});
