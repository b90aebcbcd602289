import { writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { needs, tempDir } from "@vj/test-kit";
import { nameOwner, serve } from "../src/index.ts";

it("is the process that holds the lock, not one that has got its pid since", needs("proc"), async () => {
  await using dir = tempDir();
  expect(nameOwner(dir.join("nowhere"), "a")).toBeUndefined();
  const server = await serve({ path: dir.join("a.sock"), onCommand: () => ({ type: "response", data: {} }) });
  expect(nameOwner(dir.path, "a")).toBe(process.pid);
  expect(nameOwner(dir.path, "b")).toBeUndefined();
  await server.close();
  expect(nameOwner(dir.path, "a")).toBeUndefined();
  writeFileSync(dir.join(`a.${process.pid}.1.lock`), "held");
  writeFileSync(dir.join(`a.${process.pid}.0.lock`), "held");
  expect(nameOwner(dir.path, "a")).toBeUndefined();
});
