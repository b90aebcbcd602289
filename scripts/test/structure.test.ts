import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { circlesIn, importsIn, readPackages } from "./source-imports.ts";
import type { SourcePackage } from "./source-imports.ts";

const root = path.resolve(import.meta.dirname, "../..");
const packages = readPackages(root);

/** The floors of the house, lowest first: who stands on one may import from its own floor and from those below. */
const floors: readonly (readonly string[])[] = [
  ["contract"],
  ["schema", "telemetry", "supervisor"],
  ["control", "discovery", "logs", "files", "http", "audio", "link", "zeroconf", "terminal"],
  ["worker", "rig", "recording"],
  ["playback"],
];
/** For tests only, and for the program that is a test of the whole rig. */
const testKit = "packages/test-kit";
const harness = "apps/harness";
/** Programs made of other programs, which they start as processes. */
const bundles: readonly string[] = ["apps/cli", harness];

/** Packages that do this without a clock, timers, files or network. */
const pure: readonly string[] = ["packages/audio", "packages/supervisor", "packages/schema", "packages/contract"];
const effects = /^node:(fs|net|dgram|http|https|tls|child_process|timers|worker_threads|dns)/;

function floorOf({ folder }: SourcePackage): number {
  const name = folder.replace(/^packages\//, "");
  const floor = floors.findIndex((names) => names.includes(name));
  if (floor < 0 && folder.startsWith("packages/") && folder !== testKit) throw new Error(`${folder} stands on no floor: name it here`);
  return floor < 0 ? floors.length : floor;
}

const packageOf = (specifier: string): string => specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
const byName = new Map(packages.map((one) => [one.name, one]));
const importsOfOthers = (one: SourcePackage): SourcePackage[] =>
  [...new Set(one.imports.map(({ specifier }) => byName.get(packageOf(specifier))))].filter((other) => other !== undefined).filter((other) => other !== one);
const shown = (file: string): string => path.relative(root, file);

describe("the structure of the house", () => {
  it("has a file for every import, and no circle of files", () => {
    const files = new Set(packages.flatMap(({ imports }) => imports.map(({ file }) => file)));
    const arrows = new Map<string, string[]>();
    for (const { file, specifier } of packages.flatMap(({ imports }) => imports)) {
      if (specifier.startsWith(".")) arrows.set(file, [...(arrows.get(file) ?? []), path.resolve(path.dirname(file), specifier)]);
    }
    expect(files.size).toBeGreaterThan(400);
    expect(circlesIn(arrows).map((circle) => circle.map(shown).join(" -> "))).toEqual([]);
  });

  it("has limits that load no zod: @vj/schema/limits passes on those of a package without dependencies", () => {
    const of = (folder: string, file = ""): string[] =>
      packages.filter((one) => one.folder === folder).flatMap(({ imports }) => imports.filter((found) => found.file.endsWith(file)).map(({ specifier }) => specifier));
    expect(of("packages/schema", "schema/src/limits.ts")).toEqual(["@vj/contract"]);
    expect(of("packages/contract").filter((specifier) => !specifier.startsWith("."))).toEqual([]);
  });

  it("has folders inside each package and app whose arrows go one way", () => {
    const circles = packages.flatMap(({ folder, imports }) => {
      const src = path.join(root, folder, "src");
      const top = (file: string): string | undefined => /^([^/.][^/]*)\//.exec(path.relative(src, file))?.[1];
      const arrows = new Map<string, string[]>();
      for (const { file, specifier } of imports) {
        const [from, to] = [top(file), specifier.startsWith(".") ? top(path.resolve(path.dirname(file), specifier)) : undefined];
        if (from !== undefined && to !== undefined && from !== to) arrows.set(from, [...(arrows.get(from) ?? []), to]);
      }
      return circlesIn(arrows).map((circle) => `${folder}: ${circle.join(" -> ")}`);
    });
    expect(circles).toEqual([]);
  });

  it("has arrows between packages that go one way", () => {
    const up = packages.flatMap((one) =>
      importsOfOthers(one).filter((other) => floorOf(other) > floorOf(one)).map((other) => `${one.folder} imports ${other.folder}`));
    expect(up).toEqual([]);
    const arrows = new Map(packages.map((one) => [one.folder, importsOfOthers(one).map(({ folder }) => folder)]));
    expect(circlesIn(arrows)).toEqual([]);
  });

  it("imports what the table of docs/architecture.md says", () => {
    const rows = readFileSync(path.join(root, "docs/architecture.md"), "utf8").matchAll(/^\| ([a-z, ]+) \| ((?:[a-z]+, )*[a-z]+|none of the others) \|$/gm);
    const stated = [...rows].flatMap(([, names = "", imported = ""]) => names.split(", ").map((name) => `${name}: ${imported === "none of the others" ? "" : imported.split(", ").sort().join(", ")}`));
    const found = packages.filter(({ folder }) => folder.startsWith("packages/") && folder !== testKit).map((one) => `${path.basename(one.folder)}: ${importsOfOthers(one).map(({ folder }) => path.basename(folder)).sort().join(", ")}`);
    expect(stated.sort()).toEqual(found.sort());
  });

  it("has no app that imports another one, but those that are made of others; nothing imports the test kit", () => {
    const wrong = packages.flatMap((one) =>
      importsOfOthers(one)
        .filter(({ folder }) => (folder.startsWith("apps/") && !bundles.includes(one.folder)) || (folder === testKit && one.folder !== harness))
        .map((other) => `${one.folder} imports ${other.folder}`));
    expect(wrong).toEqual([]);
  });

  it("declares what it imports, and imports what it declares", () => {
    const undeclared = packages.flatMap(({ declared, imports }) =>
      imports.filter(({ specifier }) => !/^(\.|node:)/.test(specifier) && !declared.has(packageOf(specifier))).map(({ file, specifier }) => `${shown(file)} imports ${specifier}`));
    expect(undeclared).toEqual([]);
    const unused = packages.flatMap(({ folder, declared, imports }) => {
      const used = new Set(imports.map(({ specifier }) => packageOf(specifier)));
      return bundles.includes(folder) ? [] : [...declared].filter((name) => byName.has(name) && !used.has(name)).map((name) => `${folder} declares ${name}`);
    });
    expect(unused).toEqual([]);
  });

  it("has pure packages that touch nothing outside", () => {
    const impure = packages.filter(({ folder }) => pure.includes(folder)).flatMap(({ imports }) =>
      imports.filter(({ specifier }) => effects.test(specifier)).map(({ file, specifier }) => `${shown(file)} imports ${specifier}`));
    expect(impure).toEqual([]);
  });
});

describe("reading imports", () => {
  it("finds every way to write one", () => {
    const text = 'import { a,\n  b } from "./a.ts";\nimport type { C } from "c/d";\nexport * from "e";\nimport "f";\nconst g = await import("./g.ts");\nconst from = "h";\n';
    expect(importsIn(text)).toEqual(["./a.ts", "c/d", "e", "f", "./g.ts"]);
  });

  it("finds circles, and none where arrows only meet", () => {
    expect(circlesIn(new Map([["a", ["b", "c"]], ["b", ["d"]], ["c", ["d"]], ["d", []]]))).toEqual([]);
    expect(circlesIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]))).toEqual([["b", "c", "b"]]);
    expect(circlesIn(new Map([["a", ["a"]]]))).toEqual([["a", "a"]]);
  });
});

it("no source calls what a file handle lacks under yarn's Plug'n'Play: @vj/files has it", () => {
  const lacking = /(?<!#)\bhandle\.(?:sync|datasync|utimes|readv)\(/;
  const folders = packages.map(({ folder }) => path.join(root, folder, "src"));
  const sources = folders.flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file)).map((file) => path.join(folder, file)));
  expect(sources.length).toBeGreaterThan(400);
  expect(sources.filter((file) => lacking.test(readFileSync(file, "utf8"))).map(shown)).toEqual([]);
});
