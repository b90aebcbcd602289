import { expect, it } from "vitest";
import { countTasks, createTasks } from "../build/tasks.mjs";

const banner = ["", "   • turbo 2.11.11", "   • Packages in scope: @vj/audio, @vj/cli", ""];

function read(lines: readonly string[]): { begun: [number, string][]; faults: string[] } {
  const begun: [number, string][] = [];
  const tasks = createTasks((count, name) => void begun.push([count, name]));
  for (const line of lines) tasks.add(line);
  return { begun, faults: tasks.faults() };
}

it("counts each task when it begins, built or from the cache, those of the root too", () => {
  const { begun } = read([
    ...banner,
    "@vj/contract:build: cache miss, executing 1ce12",
    "@vj/contract:build: ",
    "@vj/contract:build: > tsc -p tsconfig.json",
    "@vj/schema:build: cache hit, replaying logs 77aa",
    "//:lint: cache miss, executing 99",
  ]);
  expect(begun).toEqual([[1, "@vj/contract:build"], [2, "@vj/schema:build"], [3, "//:lint"]]);
});

it("after a failure shows what the failed tasks printed and what turbo reports, not the others", () => {
  const { faults } = read([
    ...banner,
    "@vj/contract:build: cache miss, executing 1ce12",
    "@vj/audio:build: cache miss, executing 2",
    "@vj/audio:build: built",
    "@vj/contract:build: src/serial.ts(10,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    "@vj/contract:build:  ELIFECYCLE  Command failed with exit code 1.",
    "Failed:    @vj/contract#build",
  ]);
  expect(faults).toEqual([
    "@vj/contract:build: cache miss, executing 1ce12",
    "@vj/contract:build: src/serial.ts(10,14): error TS2322: Type 'string' is not assignable to type 'number'.",
    "@vj/contract:build:  ELIFECYCLE  Command failed with exit code 1.",
    "Failed:    @vj/contract#build",
  ]);
});

it("shows everything where no task says that it failed", () => {
  expect(read(["@vj/audio:build: killed", "  x Unable to find package manager binary"]).faults).toEqual(["@vj/audio:build: killed", "  x Unable to find package manager binary"]);
});

it("knows how many tasks there are", () => {
  expect(countTasks(["build", "lint"], [{ scripts: { build: "tsc" } }, { scripts: { build: "tsc", lint: "x" } }, {}])).toBe(3);
});
