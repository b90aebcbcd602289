import { mkdirSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it, onTestFinished } from "vitest";
import { lastGood } from "../src/index.ts";

function folder(): ReturnType<typeof tempDir> {
  const dir = tempDir();
  onTestFinished(() => dir.remove());
  return dir;
}

it("keeps a content for the next process, until it is not wanted any more", () => {
  const file = folder().join("targets.json");
  expect(lastGood(file).read()).toBeUndefined();
  lastGood(file).keep({ targets: [1] });
  lastGood(file).keep({ targets: [2] });
  expect(lastGood(file).read()).toEqual({ targets: [2] });
  lastGood(file).forget();
  lastGood(file).forget();
  expect(lastGood(file).read()).toBeUndefined();
});

it("has none where it cannot be written, and none that is damaged", () => {
  const dir = folder();
  writeFileSync(dir.join(".last-good"), "");
  lastGood(dir.join("targets.json")).keep({});
  expect(lastGood(dir.join("targets.json")).read()).toBeUndefined();
  mkdirSync(dir.join("other/.last-good"), { recursive: true });
  writeFileSync(dir.join("other/.last-good/targets.json"), "{");
  expect(lastGood(dir.join("other/targets.json")).read()).toBeUndefined();
});
