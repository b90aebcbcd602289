import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { exportsOf } from "../api-docs/exported.mjs";
import { page } from "../api-docs/page.mjs";
import { apiPages, publishedApis } from "../api-docs/pages.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const dir = mkdtempSync(path.join(tmpdir(), "vj-api-"));
afterAll(() => rmSync(dir, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(dir, name);
  writeFileSync(file, text);
  return file;
}

describe("the API reference", () => {
  it("is as the doc comments have it (`pnpm api-docs` writes it anew)", () => {
    const pages = apiPages(root);
    expect(readdirSync(path.join(root, "docs/api")).toSorted()).toEqual([...pages.keys()].toSorted());
    const outdated = [...pages].filter(([name, text]) => readFileSync(path.join(root, "docs/api", name), "utf8") !== text).map(([name]) => name);
    expect(outdated).toEqual([]);
  });

  it("has a doc comment for every export of every published package", () => {
    const all = publishedApis(root).flatMap(({ name, entries }) => entries.flatMap(({ exported }) => exported.map((one) => ({ ...one, of: name }))));
    expect(all.length).toBeGreaterThan(700);
    expect(all.filter(({ doc, from }) => doc === "" && from === undefined).map(({ of, name, file }) => `${of}: ${name} in ${path.relative(root, file)}`)).toEqual([]);
  });

  it("follows exports to where they are declared, without bodies and without what is private", () => {
    write("deep.ts", `
      /** Adds. @param a one number, dB @throws RangeError if it is not finite */
      export function add(a: number): number { return a; }
      const hidden = ["x", "y"] as const;
      export type Letter = (typeof hidden)[number];
      export class Box extends Array {
        #secret = 1;
        private alsoSecret = 2;
        /** How many. */
        readonly size: number = 3;
        open(): void { this.#secret = 4; }
      }`);
    const entry = write("entry.ts", `import { z } from "zod";\nexport { z };\nexport * from "./deep.ts";\nexport { add as plus } from "./deep.ts";\n`);
    const found = exportsOf(entry);
    expect(found.map(({ name }) => name)).toEqual(["z", "add", "Letter", "Box", "plus"]);
    const [z, add, letter, box] = found;
    expect(z?.from).toBe("zod");
    expect(add?.code).toBe("function add(a: number): number;");
    expect(letter?.madeFrom?.code).toBe('const hidden = ["x", "y"] as const;');
    expect(box?.code).toBe("class Box extends Array {\n  /** How many. */\n  readonly size: number;\n  open(): void;\n}");
    const text = page({ name: "@vj/x", description: "X", folder: "packages/x", entries: [{ specifier: "@vj/x", exported: found }] }, dir);
    expect(text).toContain("Adds.\n\n- `a`: one number, dB\n- throws: RangeError if it is not finite");
    expect(text).toContain("| [`plus`](#plus) | Adds. |");
  });

  it("gives names that differ in case their own anchors, and links to them", () => {
    const entry = write("case.ts", "/** A box, made by {@link box}. */\nexport interface Box {}\n/** Makes one. */\nexport function box(): Box { return {}; }\n");
    const text = page({ name: "@vj/x", description: "X", folder: "packages/x", entries: [{ specifier: "@vj/x", exported: exportsOf(entry) }] }, dir);
    expect(text).toContain("[`box`](#box-1)");
  });
});
