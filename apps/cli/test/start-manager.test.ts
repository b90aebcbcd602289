import { appendFileSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { lastPrinted } from "../src/start-manager.ts";

it("reports what this manager printed, and nothing that an earlier one printed into the same file", async () => {
  await using folder = tempDir();
  const dir = folder.path;
  const file = `${dir}/logs/process_manager.out.log`;
  mkdirSync(`${dir}/logs`, { mode: 0o700 });
  writeFileSync(file, "Error: of the manager before\n", { mode: 0o600 });
  const { size, ino: inode } = statSync(file);
  const output = { mark: { size, inode }, problem: undefined };
  expect(lastPrinted(dir, output)).toBe("it printed nothing");
  appendFileSync(file, "one\ntwo\nthree\nError: no disk\n");
  expect(lastPrinted(dir, output)).toBe("two three Error: no disk");
});

it("says why the output of a manager is not kept", () => {
  expect(lastPrinted("/", { mark: undefined, problem: "there is no /bin/sh to keep it" })).toBe("its output is not kept: there is no /bin/sh to keep it");
});
