import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { layoutFaults, layoutLines } from "./layouts.ts";

const root = path.resolve(import.meta.dirname, "../..");
const folders = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((name) => `${top}/${name}`));

describe("the Layout comment", () => {
  it.each(folders)("of %s names each of its files, by itself or by its folder", (folder) => {
    expect(layoutFaults(path.join(root, folder, "src"))).toEqual({ unnamed: [], stale: [] });
  });
});

describe("reading Layout comments", () => {
  it("finds the lines of one, in either kind of comment", () => {
    expect(layoutLines('// A package.\n//\n// Layout, in reading order:\n//   a, b   text\n//          more\nexport * from "./a.ts";\n// other\n')).toEqual(["  a, b   text", "         more"]);
    expect(layoutLines("/**\n * Layout, in the order of a sample:\n * - `a/`: text\n */\nconst a = 1;\n")).toEqual(["- `a/`: text"]);
    expect(layoutLines("// nothing\n")).toEqual([]);
  });

  it("finds files without a name, and names without a file", () => {
    const src = mkdtempSync(path.join(tmpdir(), "vj-layout-"));
    try {
      mkdirSync(path.join(src, "parts"));
      for (const file of ["a.ts", "b.ts", "parts/c.ts"]) writeFileSync(path.join(src, file), "");
      writeFileSync(path.join(src, "index.ts"), "// Layout, in reading order:\n//   a, gone   text\n//   parts/    more text\n");
      expect(layoutFaults(src)).toEqual({ unnamed: ["b.ts"], stale: ["gone"] });
    } finally {
      rmSync(src, { recursive: true });
    }
  });
});
