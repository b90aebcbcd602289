import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { expect, it } from "vitest";
import { findProject, findWorkers } from "../src/find-workers.ts";
import { dependenciesOf, resolvePackage } from "../src/package-folders.ts";
import { readWorkerPackage } from "../src/worker-package.ts";

function addPackage(dir: TempDir, folder: string, manifest: unknown): string {
  const target = dir.join(folder);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, "package.json"), typeof manifest === "string" ? manifest : JSON.stringify(manifest));
  return target;
}

it("finds the workers beside this package by their package.json", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "process-manager", { name: "@vj/process-manager", vj: { worker: "process_manager" }, bin: "m.js" });
  addPackage(dir, "lights", { name: "@x/lights", bin: { other: "o.js", lights: "./bin/lights.js" }, vj: { worker: "lights" } });
  addPackage(dir, "smoke", { name: "smoke", bin: { go: "go.js" }, vj: { worker: "smoke", enabled: false } });
  addPackage(dir, "tui", { name: "@vj/tui", bin: "tui.js" });
  mkdirSync(dir.join("empty"));

  const { programs, problems } = findWorkers({ named: [], home });
  const real = realpathSync(dir.path);
  expect([...programs.values()]).toEqual([
    { name: "lights", enabled: true, entry: path.join(real, "lights/bin/lights.js"), folder: path.join(real, "lights") },
    { name: "smoke", enabled: false, entry: path.join(real, "smoke/go.js"), folder: path.join(real, "smoke") },
  ]);
  expect(problems).toEqual([]);
});

it("reports packages that cannot be used and keeps the others", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "home", { name: "home" });
  addPackage(dir, "broken", "{ not json");
  addPackage(dir, "nameless", { name: "nameless", bin: "x.js", vj: { worker: "Not A Name" } });
  addPackage(dir, "no-bin", { name: "no-bin", vj: { worker: "no_bin" } });
  addPackage(dir, "two-bins", { name: "two-bins", bin: { a: "a.js", b: "b.js" }, vj: { worker: "two_bins" } });
  addPackage(dir, "fine", { name: "fine", bin: "x.js", vj: { worker: "fine" } });

  const { programs, problems } = findWorkers({ named: [dir.join("nowhere")], home });
  expect([...programs.keys()]).toEqual(["fine"]);
  expect(problems).toHaveLength(5);
  for (const [index, folder] of ["nowhere", "broken", "nameless", "no-bin", "two-bins"].entries()) {
    expect(problems[index]).toContain(dir.join(folder));
  }
});

it("lets a named folder replace a worker of the same name", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "apps/home", { name: "home" });
  addPackage(dir, "apps/lights", { name: "lights", bin: "x.js", vj: { worker: "lights" } });
  const mine = addPackage(dir, "mine", { name: "my-lights", bin: "x.js", vj: { worker: "lights" } });
  const { programs, problems } = findWorkers({ named: [mine], home });
  expect(programs.get("lights")?.folder).toBe(realpathSync(mine));
  expect(problems).toEqual([]);
  const same = addPackage(dir, "same", { name: "other-lights", bin: "x.js", vj: { worker: "lights" } });
  expect(findWorkers({ named: [mine, same, same], home }).problems).toEqual([`cannot use the worker package ${same}: vj.worker: ${realpathSync(mine)} has the name lights already: choose another one`]);
});

it("finds what @vj/cli depends on when the packages do not lie side by side", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "node_modules/.store/manager/node_modules/@vj/process-manager", { name: "@vj/process-manager" });
  addPackage(dir, "node_modules/@vj/cli", { name: "@vj/cli", dependencies: { "@vj/lights": "1", "@vj/gone": "1", zod: "4" } });
  addPackage(dir, "node_modules/@vj/cli/node_modules/@vj/lights", { name: "@vj/lights", bin: "x.js", vj: { worker: "lights" } });
  const { programs, problems } = findWorkers({ named: [], home });
  expect([...programs.keys()]).toEqual(["lights"]);
  expect(problems).toEqual([]);
});

it("asks the table of Plug'n'Play for what no node_modules has", async () => {
  await using dir = tempDir();
  const from = addPackage(dir, "show", { name: "show", dependencies: { smoke: "1", gone: "1" } });
  const near = addPackage(dir, "show/node_modules/near", { name: "near" });
  const asked: string[] = [];
  const table = {
    resolveToUnqualified(name: string, issuer: string): string | null {
      asked.push(`${name} for ${issuer}`);
      if (name === "gone") throw new Error("your application tried to access gone");
      return name === "builtin" ? null : `/archive.zip/node_modules/${name}`;
    },
  };
  expect(["near", "smoke", "gone", "builtin"].map((name) => resolvePackage(name, from, table))).toEqual([realpathSync(near), "/archive.zip/node_modules/smoke", undefined, undefined]);
  expect(asked).toEqual([`smoke for ${from}/`, `gone for ${from}/`, `builtin for ${from}/`]);
  expect(dependenciesOf(from, true)).toEqual([]);
});

it("takes packages, and folders of packages with and without a scope, by name", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "home/process-manager", { name: "home" });
  addPackage(dir, "all/lights", { name: "lights", bin: "x.js", vj: { worker: "lights" } });
  addPackage(dir, "all/@mine/smoke", { name: "@mine/smoke", bin: "x.js", vj: { worker: "smoke" } });
  addPackage(dir, "all/library", { name: "library" });
  addPackage(dir, "all/broken", "{");
  writeFileSync(dir.join("all/@notes"), "");
  const one = addPackage(dir, "one", { name: "one", bin: "x.js", vj: { worker: "one" } });
  const library = addPackage(dir, "library", { name: "library" });
  const { programs, problems } = findWorkers({ named: [dir.join("all"), one, library], home });
  expect([...programs.keys()].sort()).toEqual(["lights", "one", "smoke"]);
  expect(problems).toEqual([
    expect.stringContaining(`cannot use the worker package ${dir.join("all/broken")}`),
    expect.stringContaining(`in ${library}: it is neither a worker package`),
  ]);
});

it("finds the workers among the direct dependencies of a project, whatever their scope, off until somebody enables them", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "global/@vj/process-manager", { name: "@vj/process-manager" });
  addPackage(dir, "global/@vj/lights", { name: "@vj/lights", bin: "x.js", vj: { worker: "lights" } });
  const project = addPackage(dir, "show", { name: "show", dependencies: { "@her/smoke": "1", zod: "4", gone: "1" }, devDependencies: { "my-lights": "1", fan: "1" } });
  mkdirSync(dir.join("show/visuals/deep"), { recursive: true });
  addPackage(dir, "show/node_modules/@her/smoke", { name: "@her/smoke", bin: "x.js", vj: { worker: "smoke" } });
  addPackage(dir, "show/node_modules/fan", { name: "fan", bin: "x.js", vj: { worker: "fan" } });
  addPackage(dir, "show/node_modules/indirect", { name: "indirect", bin: "x.js", vj: { worker: "indirect" } });
  // It cannot replace a worker that is installed already.
  addPackage(dir, "show/node_modules/my-lights", { name: "my-lights", bin: "x.js", vj: { worker: "lights" } });
  expect(findProject(dir.join("show/visuals/deep"), home)).toBe(project);
  // A project whose workers are all installed already adds none.
  const plain = addPackage(dir, "plain", { name: "plain", dependencies: { lights: "1" } });
  addPackage(dir, "plain/node_modules/lights", { name: "lights", bin: "x.js", vj: { worker: "lights" } });
  expect([findProject(plain, home), findProject(dir.join("global/@vj/lights"), home)]).toEqual([undefined, undefined]);
  const { programs, problems } = findWorkers({ named: [], home, project });
  expect([...programs.values()].map(({ name, enabled }) => `${name} ${enabled}`)).toEqual(["lights true", "smoke false", "fan false"]);
  expect(programs.get("lights")?.folder).toBe(realpathSync(dir.join("global/@vj/lights")));
  expect(problems).toEqual([]);
  expect(findWorkers({ named: [], home, project: dir.join("nowhere") }).problems).toEqual([]);
});

it("says in words why a place that was named cannot be searched, however odd it is, and uses the others", async () => {
  await using dir = tempDir();
  const home = addPackage(dir, "home/home", { name: "home" });
  addPackage(dir, "good", { name: "good", bin: "x.js", vj: { worker: "good" } });
  writeFileSync(dir.join("file"), "");
  symlinkSync(dir.join("loop"), dir.join("loop"));
  const odd = [dir.join("gone"), "relative/gone", dir.join("file"), "/dev/null", dir.join("loop"), `/${"x".repeat(5000)}`, dir.join("a\nb")];
  const { programs, problems } = findWorkers({ named: [...odd, dir.join("good")], home });
  expect([...programs.keys()]).toEqual(["good"]);
  expect(problems).toHaveLength(odd.length);
  const missing = /it does not exist$/;
  const words = [missing, missing, /it is not a directory: name a package/, /it is not a directory/, /too many symbolic links/, /name too long/, missing];
  words.forEach((word, i) => expect(problems[i]).toMatch(word));
  expect(Math.max(...problems.map((problem) => problem.length))).toBeLessThan(500);
});

it("a package that cannot be used is refused with a code", async () => {
  await using dir = tempDir();
  const codes: readonly [code: string, folder: string][] = [
    ["missing", dir.join("none")],
    ["invalid", addPackage(dir, "broken", "{")],
    ["invalid", addPackage(dir, "nameless", { vj: { worker: "lights" } })],
    ["no_program", addPackage(dir, "lights", { name: "lights", vj: { worker: "lights" } })],
  ];
  for (const [code, folder] of codes) expect(() => readWorkerPackage(folder)).toThrow(expect.objectContaining({ name: "WorkerPackageError", code }));
});
