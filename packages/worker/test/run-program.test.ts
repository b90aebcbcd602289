import { writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { tempDir } from "@vj/test-kit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { runProgram } from "../src/index.ts";

const { argv } = process;
let printed = "";

beforeEach(() => {
  printed = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  process.argv = argv;
  process.exitCode = undefined;
});

/** What the program of this package.json prints. */
async function program(manifest: string, ...args: string[]): Promise<string> {
  await using dir = tempDir();
  writeFileSync(dir.join("package.json"), manifest);
  process.argv = ["node", "main.js", ...args];
  await runProgram(() => {
    throw new Error("nothing is to run");
  }, { manifest: pathToFileURL(dir.join("package.json")) });
  return printed;
}

it.each([
  ["its bin", '{ "name": "@x/lamp", "version": "1.2.3", "bin": { "lamp-worker": "./main.js" } }', "lamp-worker"],
  ["its package, where bin is a path", '{ "name": "@x/lamp", "version": "1.2.3", "bin": "./main.js" }', "lamp"],
  ["its package, where it has no bin", '{ "name": "lamp", "version": "1.2.3" }', "lamp"],
])("a program is named like %s", async (_, manifest, name) => {
  expect(await program(manifest, "--help")).toMatch(new RegExp(`^Usage: ${name} \\[options\\]\n\nRuns until`));
});

it("a program prints its version", async () => {
  expect(await program('{ "name": "lamp", "version": "1.2.3" }', "--version")).toBe("1.2.3\n");
});

it("a package.json that cannot be used is named, in words and with a code", async () => {
  await expect(program('{ "name": "lamp" }', "--version")).rejects.toMatchObject({ code: "package", message: expect.stringMatching(/package\.json cannot be used: version/) });
  await expect(program("{", "--version")).rejects.toMatchObject({ code: "package" });
});
