import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { readDiff } from "../mutate/changed-lines.mjs";
import { mutationsOf } from "../mutate/mutations.mjs";
import { mutantPlugins } from "../mutate/plugin.ts";

const root = path.resolve(import.meta.dirname, "../..");

/** The source with each change in turn. */
const mutants = (source: string, lines?: ReadonlySet<number>): string[] =>
  mutationsOf(source, lines).map(({ start, end, to }) => source.slice(0, start) + to + source.slice(end));

describe("the changes of a source", () => {
  it("are of its code, one operator, condition or call at a time", () => {
    expect(mutants("if (a === 1) b = c + 1;")).toEqual(["if (!a === 1) b = c + 1;", "if (a !== 1) b = c + 1;", "if (a === 1) b = c - 1;"]);
    expect(mutants("{\n  this.#close();\n}")).toEqual(["{\n  ;\n}"]);
    expect(mutants("return a ?? b;")).toEqual(["return a && b;"]);
  });

  it("leave comments, texts, imports and types alone", () => {
    expect(mutants('// a === b\n/* c + d */\nimport { e } from "f + g";\nexport interface H {\n  i: true;\n}\nconst j = "k && l";')).toEqual([]);
  });

  it("are of the given lines, counted from 1", () => {
    expect(mutants("a + b;\nc + d;", new Set([2]))).toEqual(["a + b;\nc - d;"]);
  });
});

it("the lines of a diff are those of the new file", () => {
  const diff = "--- a/x/src/a.ts\n+++ b/x/src/a.ts\n@@ -3 +3,2 @@ f\n-old\n+new\n+new\n@@ -9,2 +10,0 @@\n-gone\n+++ /dev/null\n@@ -1 +1 @@\n";
  expect(readDiff(diff)).toEqual(new Map([["x/src/a.ts", new Set([3, 4])]]));
});

it("a change is made only in its file, as it is loaded", () => {
  const [plugin] = mutantPlugins({ VJ_MUTANT: JSON.stringify({ file: "/a.ts", start: 2, end: 3, to: "-" }) });
  expect([plugin?.transform("a + b", "/a.ts?v=1"), plugin?.transform("a + b", "/b.ts")]).toEqual(["a - b", undefined]);
  expect(mutantPlugins({ VJ_MUTANT: "" })).toEqual([]);
});

it("names the change that no test detects, and no other", { timeout: 180_000 }, async () => {
  await using dir = tempDir();
  for (const folder of ["src", "test"]) mkdirSync(dir.join("packages/small", folder), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), dir.join("node_modules"));
  const plugin = JSON.stringify(path.join(root, "scripts/mutate/plugin.ts"));
  writeFileSync(dir.join("vitest.config.js"), `import { mutantPlugins } from ${plugin};\nexport default { plugins: mutantPlugins(), test: { include: ["**/test/*.test.js"] } };\n`);
  writeFileSync(dir.join("packages/small/src/sum.ts"), "export const sum = (a: number, b: number): number => a + b;\nexport const product = (a: number, b: number): number => a * b;\n");
  const test = 'import { expect, it } from "vitest";\nimport { product, sum } from "../src/sum.ts";\nit("adds", () => expect([sum(2, 3), product(4, 1)]).toEqual([5, 4]));\n';
  writeFileSync(dir.join("packages/small/test/sum.test.js"), test);
  const run = (): string => execFileSync(process.execPath, [path.join(root, "scripts/mutate/main.mjs"), "packages/small/src/sum.ts"], { cwd: dir.path, encoding: "utf8" });
  expect(run().trim().split("\n")).toEqual([
    "2 of 2 changes in 1 files",
    "packages/small/src/sum.ts:2  *  ->  /   no test notices",
    "1 of 2 changes were not noticed",
  ]);
  writeFileSync(dir.join("packages/small/test/sum.test.js"), test.replace("[5, 4]", "[6, 4]"));
  expect(run()).toContain("packages/small/src/sum.ts: its tests fail without a change, left out");
});
