import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { tempDir } from "@vj/test-kit";
import { assertZod4 } from "../src/zod-version.ts";

it("refuses a schema of another major in words", () => {
  expect(() => assertZod4({ _def: { typeName: "ZodObject" }, shape: {} }, "a setting")).toThrow(expect.objectContaining({ code: "zod", message: expect.stringContaining("npm install zod@4") }));
});

const stub = "class WorkerError extends Error { constructor(code, message) { super(`${code}: ${message}`); } }";

it("refuses to be loaded beside another major in words", async () => {
  await using dir = tempDir();
  mkdirSync(dir.join("node_modules/zod"), { recursive: true });
  writeFileSync(dir.join("node_modules/zod/package.json"), '{"name":"zod","version":"3.24.0","type":"module","exports":"./index.js"}');
  writeFileSync(dir.join("node_modules/zod/index.js"), "export const z = { object: () => ({}) };");
  // The compiled module: the source without types.
  writeFileSync(dir.join("check.mjs"), `import { z } from "zod";\n${stub}\n${await guardOf()}`);
  await expect(promisify(execFile)(process.execPath, [dir.join("check.mjs")])).rejects.toThrow(/zod: @vj\/worker needs zod 4/);
});

async function guardOf(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  const source = await readFile(new URL("../src/zod-version.ts", import.meta.url), "utf8");
  return source.split("\n").find((line) => line.startsWith("if (")) ?? "";
}
