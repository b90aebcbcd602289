import { spawnSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { tempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { ChildCoverage } from "../covered-lines/children.mjs";
import { sumFolders } from "../covered-lines/lines.mjs";

const schema = path.resolve(import.meta.dirname, "../../packages/schema");

it("counts the lines of a source that ran in a process which ended, and no others", async () => {
  await using dir = tempDir();
  const program = `const { shorten } = await import(${JSON.stringify(pathToFileURL(path.join(schema, "dist/shorten.js")).href)}); shorten("short", 10);`;
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], { env: { ...process.env, NODE_V8_COVERAGE: dir.path } });
  expect(status).toBe(0);
  writeFileSync(dir.join("half.json"), '{"result":[');
  const children = new ChildCoverage(dir.path, (file) => file.startsWith(`${schema}/dist/`));
  children.take();
  const source = path.join(schema, "src/shorten.ts");
  const lines = readFileSync(source, "utf8").split("\n");
  const ran = [...(children.lines.get(source) ?? [])].map((line) => lines[line - 1] ?? "");
  expect(children.processes).toBe(1);
  expect(ran.some((line) => line.includes("if (text.length <= ")), ran.join("\n")).toBe(true);
  expect(ran.some((line) => line.includes("const head")), ran.join("\n")).toBe(false);
  expect(readdirSync(dir.path)).toEqual(["half.json"]);
});

it("counts the lines of each source in a bundle, and none of packages from elsewhere", async () => {
  await using dir = tempDir();
  const app = path.resolve(import.meta.dirname, "../../apps/now-playing");
  const { status } = spawnSync(process.execPath, [path.join(app, "bin/now-playing.js"), "--version"], { env: { ...process.env, NODE_V8_COVERAGE: dir.path } });
  expect(status).toBe(0);
  const children = new ChildCoverage(dir.path, (file) => file.startsWith(`${app}/dist/`));
  children.take();
  const ran = (source: string): string[] => {
    const lines = readFileSync(source, "utf8").split("\n");
    return [...(children.lines.get(source) ?? [])].map((line) => lines[line - 1] ?? "");
  };
  const program = ran(path.resolve(schema, "../worker/src/run-program.ts"));
  expect(program.some((line) => line.includes("text: version"))).toBe(true);
  expect(program.some((line) => line.includes("rows = lines.map"))).toBe(false);
  expect(ran(path.join(app, "src/main.ts"))).not.toEqual([]);
  expect([...children.lines.keys()].filter((source) => !/\/(apps|packages)\/[^/]+\/src\//.test(source))).toEqual([]);
});

it("leaves out what the bundler wrote itself, which stands for no source", async () => {
  await using dir = tempDir();
  const built = dir.join("built.js");
  writeFileSync(built, "own();\nlamp();");
  // The first line and the first four characters of the second have no source, the rest is line 3 of lamp.ts.
  writeFileSync(`${built}.map`, JSON.stringify({ version: 3, sources: ["lamp.ts"], names: [], mappings: "A;A,IAEA" }));
  const ranges = [{ startOffset: 0, endOffset: 14, count: 1 }];
  writeFileSync(dir.join("report.json"), JSON.stringify({ result: [{ url: pathToFileURL(built).href, functions: [{ ranges }] }] }));
  const children = new ChildCoverage(dir.path, (file) => file === built);
  // The program and its map lie in the same folder and are not reports.
  children.take();
  expect([...children.lines].map(([source, lines]) => [path.basename(source), ...lines])).toEqual([["lamp.ts", 3]]);
});

it("a line counts once, whether it ran in a test or in its process, and per folder", () => {
  const at = (line: number) => ({ start: { line } });
  const file = { statementMap: { 0: at(1), 1: at(1), 2: at(2), 3: at(3) }, s: { 0: 0, 1: 4, 2: 0, 3: 0 } };
  const sums = sumFolders({ "/b/x.ts": file, "/a/x.ts": file }, new Map([["/a/x.ts", new Set([1, 3, 9])]]), (name) => name.slice(0, 2));
  expect([...sums]).toEqual([
    ["/a", { all: 3, inTests: 1, covered: 2 }],
    ["/b", { all: 3, inTests: 1, covered: 1 }],
  ]);
});
