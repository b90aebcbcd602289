import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir, waitFor } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { findCheckout } from "../src/dev/checkout.ts";
import { reachedBy, readPackages } from "../src/dev/package-graph.ts";
import { watchFolders } from "../src/dev/watch-folders.ts";

function addPackage(dir: TempDir, folder: string, manifest: Record<string, unknown>): void {
  mkdirSync(dir.join(folder), { recursive: true });
  writeFileSync(dir.join(folder, "package.json"), JSON.stringify(manifest));
}

it("a change reaches the changed package and all that depend on it, and no other", async () => {
  await using dir = tempDir();
  addPackage(dir, "packages/words", { name: "words" });
  addPackage(dir, "packages/bus", { name: "bus", dependencies: { words: "1", zod: "4" } });
  addPackage(dir, "packages/sound", { name: "sound" });
  addPackage(dir, "apps/lamp", { name: "lamp", dependencies: { bus: "1" }, vj: { worker: "lamp" } });
  addPackage(dir, "apps/ear", { name: "ear", dependencies: { sound: "1", bus: "1" }, vj: { worker: "ear" } });
  mkdirSync(dir.join("apps/empty"));
  const packages = readPackages(dir.path);
  const reached = (name: string): string[] => reachedBy(new Set([name]), packages).map((found) => found.name).sort();
  expect(reached("words")).toEqual(["bus", "ear", "lamp", "words"]);
  expect(reached("sound")).toEqual(["ear", "sound"]);
  expect(reached("lamp")).toEqual(["lamp"]);
  expect(packages.find(({ name }) => name === "lamp")?.worker).toBe("lamp");
});

it("finds the checkout around this file, and none around an installed package", async () => {
  const root = findCheckout()?.root;
  expect(root).toBe(path.resolve(import.meta.dirname, "../../.."));
  await using dir = tempDir();
  mkdirSync(dir.join("node_modules/@vj/cli/dist"), { recursive: true });
  writeFileSync(dir.join("pnpm-workspace.yaml"), "");
  writeFileSync(dir.join("node_modules/@vj/cli/dist/x.js"), "");
  expect(findCheckout(dir.join("node_modules/@vj/cli/dist/x.js"))).toBeUndefined();
});

describe("watchFolders", () => {
  it("reports files written, replaced, and in folders created later, until it is ended", async () => {
    await using dir = tempDir();
    mkdirSync(dir.join("src/deep"), { recursive: true });
    const seen = new Set<string>();
    const undo = watchFolders([dir.join("src"), dir.join("not-there")], (file) => seen.add(file));
    const expectChange = async (file: string, change: () => void): Promise<void> => {
      seen.clear();
      // A folder's watch begins shortly after the folder is created, so a fast editor's first write can be missed: write
      // again.
      await waitFor(`a change of ${file}`, () => {
        change();
        return seen.has(file);
      });
    };
    await expectChange(dir.join("src/a.ts"), () => writeFileSync(dir.join("src/a.ts"), "1"));
    await expectChange(dir.join("src/deep/b.ts"), () => writeFileSync(dir.join("src/deep/b.ts"), "1"));
    for (let time = 0; time < 2; time += 1) {
      await expectChange(dir.join("src/a.ts"), () => {
        writeFileSync(dir.join("src/a.tmp"), "2");
        renameSync(dir.join("src/a.tmp"), dir.join("src/a.ts"));
      });
    }
    mkdirSync(dir.join("src/new/er"), { recursive: true });
    await expectChange(dir.join("src/new/er/c.ts"), () => writeFileSync(dir.join("src/new/er/c.ts"), "1"));
    undo();
    seen.clear();
    // A second watch shows that the change was reported to active watches.
    const reported = new Set<string>();
    const undoWitness = watchFolders([dir.join("src")], (file) => reported.add(file));
    await waitFor("the second watch to report", () => {
      writeFileSync(dir.join("src/a.ts"), "3");
      return reported.size > 0;
    });
    undoWitness();
    expect([...seen]).toEqual([]);
  });
});
