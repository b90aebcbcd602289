import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const repository = "https://github.com/vj-bus/vj-bus";
/** Fields that npm, bundlers and people read; `publishConfig.exports` is what the published package exports. */
const manifestSchema = z.object({
  name: z.string(),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  private: z.boolean().optional(),
  description: z.string().min(10).max(160),
  keywords: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(3),
  license: z.literal("MIT"),
  author: z.string().min(3),
  homepage: z.string(),
  bugs: z.string(),
  repository: z.object({ type: z.literal("git"), url: z.string(), directory: z.string() }),
  type: z.literal("module"),
  sideEffects: z.union([z.literal(false), z.array(z.string())]),
  engines: z.object({ node: z.string() }),
  vj: z.object({ worker: z.string() }).optional(),
  bin: z.record(z.string(), z.string()).default({}),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
  files: z.array(z.string()),
  scripts: z.object({ prepack: z.string() }).loose(),
  dependencies: z.record(z.string(), z.string()).default({}),
  optionalDependencies: z.record(z.string(), z.string()).default({}),
  publishConfig: z.object({ access: z.literal("public"), exports: z.record(z.string(), z.unknown()) }),
});

const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const json = (file: string): unknown => JSON.parse(read(file));
const folders = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((name) => `${top}/${name}`));
const published = folders.filter((folder) => !z.object({ private: z.boolean().default(false) }).parse(json(`${folder}/package.json`)).private);
const withoutSource = (value: string | Record<string, string>): unknown =>
  typeof value === "string" ? value : Object.fromEntries(Object.entries(value).filter(([condition]) => condition !== "@vj/source"));

describe.each(published)("the package.json of %s", (folder) => {
  const manifest = manifestSchema.parse(json(`${folder}/package.json`));
  const [top = "", unscoped = ""] = folder.split("/");

  it("says what npm and people look for", () => {
    expect(manifest.name).toBe(`@vj/${unscoped}`);
    expect(manifest.homepage).toBe(`${repository}/tree/main/${folder}#readme`);
    expect(manifest.bugs).toBe(`${repository}/issues`);
    expect(manifest.repository).toEqual({ type: "git", url: `git+${repository}.git`, directory: folder });
    expect(new Set(manifest.keywords).size).toBe(manifest.keywords.length);
  });

  it("packs its changes, its examples and the compiled sources", () => {
    expect(manifest.files).toEqual(expect.arrayContaining(["dist", "!dist/.tsbuildinfo", "src", "CHANGELOG.md"]));
    expect(manifest.files.includes("examples")).toBe(existsSync(path.join(root, folder, "examples")));
    expect(read(`${folder}/CHANGELOG.md`)).toMatch(new RegExp(`^# ${manifest.name}\\n\\n## ${manifest.version}\\n`));
  });

  it("exports the same when it is published, without the way into the sources", () => {
    const want = Object.fromEntries(Object.entries(manifest.exports).map(([name, value]) => [name, withoutSource(value)]));
    expect(manifest.publishConfig.exports).toEqual(want);
    expect(Object.keys(manifest.exports)).toContain("./package.json");
  });

  it("has one program, named so that it collides with nobody's, or none", () => {
    const programs = Object.entries(manifest.bin);
    // `npx @vj/x` runs the only program, or the one that is named like the package.
    expect(programs.map(([name]) => name)).toEqual(top === "packages" ? [] : [unscoped === "cli" ? "vj" : `vj-${unscoped}`]);
    for (const [, file] of programs) {
      expect(read(`${folder}/${file}`)).toMatch(/^#!\/usr\/bin\/env node\n/);
      expect(manifest.files).toContain("bin");
    }
    const effects = typeof manifest.sideEffects === "boolean" ? [] : manifest.sideEffects;
    expect(["./bin/*", "./dist/bundle/*", "./dist/main.js"].filter((file) => effects.includes(file))).toHaveLength(top === "packages" ? 0 : 3);
  });

  it("has a README whose example imports what its line of npm installs", () => {
    const readme = read(`${folder}/README.md`);
    const example = /```js\n([^]*?)```/.exec(readme)?.[1] ?? "";
    expect(top === "apps" || example !== "").toBe(true);
    const imported = [...example.matchAll(/ from "((?:@[^/"]+\/)?[^/"]+)[^"]*"/g)].map(([, name = ""]) => name).filter((name) => !name.startsWith("node:"));
    const installed = /^npm install (?!-)(.*)$/m.exec(readme)?.[1]?.split(" ") ?? [];
    expect(imported.filter((name) => !installed.includes(name))).toEqual([]);
  });

  it("names the files that its README names, from within the package or by a full address", () => {
    const links = [...read(`${folder}/README.md`).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = ""]) => target);
    const shipped = manifest.files.filter((entry) => !entry.startsWith("!"));
    expect(links.filter((target) => !existsSync(path.join(root, folder, target)) || !shipped.some((entry) => target === entry || target.startsWith(`${entry}/`)))).toEqual([]);
  });
});

it("versions each package by itself", () => {
  const config = z.object({ fixed: z.array(z.unknown()), linked: z.array(z.unknown()), ignore: z.array(z.unknown()), access: z.string() }).parse(json(".changeset/config.json"));
  expect(config).toEqual({ fixed: [], linked: [], ignore: [], access: "public" });
});

it("has changesets for published packages only", () => {
  const names = new Set(published.map((folder) => manifestSchema.parse(json(`${folder}/package.json`)).name));
  const files = readdirSync(path.join(root, ".changeset")).filter((file) => file.endsWith(".md") && file !== "README.md");
  const named = files.flatMap((file) => [...read(`.changeset/${file}`).matchAll(/^"(@vj\/[^"]+)":/gm)].map(([, name = ""]) => name));
  expect(named.filter((name) => !names.has(name))).toEqual([]);
});
