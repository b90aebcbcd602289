import { existsSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { longest } from "../longest-first.ts";

it("the test files that begin first are there", () => {
  const root = path.resolve(import.meta.dirname, "../..");
  expect(longest.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});
