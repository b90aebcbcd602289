import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { tempDir } from "@vj/test-kit";
import type { TempDir } from "@vj/test-kit";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { bundleApp } from "../bundle/bundle-app.mjs";

const apps = path.resolve(import.meta.dirname, "../../apps");
const reportSchema = z.object({ result: z.array(z.object({ url: z.string() })) });

/** The files that a program loads until it has printed its version. */
async function loadedBy(program: string): Promise<string[]> {
  await using dir = tempDir();
  const { stdout } = spawnSync(process.execPath, [program, "--version"], { encoding: "utf8", env: { ...process.env, NODE_V8_COVERAGE: dir.path } });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const reports = readdirSync(dir.path).map((name) => reportSchema.parse(JSON.parse(readFileSync(dir.join(name), "utf8"))));
  return reports.flatMap(({ result }) => result.map(({ url }) => url)).filter((url) => url.startsWith("file:")).map((url) => fileURLToPath(url));
}

const programs = readdirSync(apps).flatMap((app) => (existsSync(path.join(apps, app, "bin")) ? readdirSync(path.join(apps, app, "bin")).map((bin) => [app, bin] as const) : []))
  .filter(([, bin]) => bin.endsWith(".js"));

describe.each(programs)("%s/bin/%s", (app, bin) => {
  it("loads its bundle, and nothing else", async () => {
    const program = path.join(apps, app, "bin", bin);
    const loaded = await loadedBy(program);
    expect(loaded).toContain(path.join(apps, app, "dist/bundle", bin));
    expect(loaded.filter((file) => file !== program && !file.startsWith(path.join(apps, app, "dist/bundle/")))).toEqual([]);
    expect(readFileSync(path.join(apps, app, "dist/bundle/THIRD-PARTY.txt"), "utf8")).toContain("THE SOFTWARE IS PROVIDED");
  });
});

/** An app in a folder of its own, with these sources. */
function writeApp(dir: TempDir, sources: Readonly<Record<string, string>>, dependencies: Readonly<Record<string, string>> = {}): void {
  mkdirSync(dir.join("src/deep"), { recursive: true });
  writeFileSync(dir.join("package.json"), JSON.stringify({ name: "lamp", type: "module", version: "7.8.9", bin: { "a-lamp": "./bin/lamp.js" }, dependencies }));
  mkdirSync(dir.join("bin"), { recursive: true });
  for (const name of ["lamp", "lamp-wick"]) writeFileSync(dir.join("bin", `${name}.js`), "");
  for (const [name, text] of Object.entries({ "lamp-wick.ts": `console.log("wick");`, ...sources })) writeFileSync(dir.join("src", name), text);
}
const run = (dir: TempDir, bin: string) => spawnSync(process.execPath, [dir.join("dist/bundle", `${bin}.js`)], { encoding: "utf8" });

describe("bundleApp", () => {
  const main = `import { word } from "./word.ts"; console.log(word, (await import("./deep/late.ts")).late);`;

  it("makes a file of each program, which a change of a source changes, with late parts that stay for running programs", async () => {
    await using dir = tempDir();
    writeApp(dir, { "main.ts": main, "word.ts": `export const word: string = "one";`, "deep/late.ts": `export const late = "slow";` });
    await bundleApp(dir.path);
    expect(run(dir, "lamp").stdout).toBe("one slow\n");
    expect(run(dir, "lamp-wick").stdout).toBe("wick\n");
    // A program that has begun before the next build.
    renameSync(dir.join("dist/bundle/lamp.js"), dir.join("dist/bundle/begun.js"));
    writeFileSync(dir.join("dist/bundle/ancient-part.js"), "");
    utimesSync(dir.join("dist/bundle/ancient-part.js"), 0, 0);
    writeApp(dir, { "word.ts": `export const word = "two";`, "deep/late.ts": `export const late = "slower";` });
    await bundleApp(dir.path);
    expect(run(dir, "lamp").stdout).toBe("two slower\n");
    expect(run(dir, "begun").stdout).toBe("one slow\n");
    expect(existsSync(dir.join("dist/bundle/ancient-part.js"))).toBe(false);
  });

  it("lets a source find the files of its package, as without the bundle", async () => {
    await using dir = tempDir();
    writeApp(dir, { "main.ts": `import { here } from "./deep/here.ts"; console.log(here);`, "deep/here.ts": `export const here = import.meta.url;` });
    await bundleApp(dir.path);
    expect(run(dir, "lamp").stdout).toBe(`file://${dir.join("dist/deep/here.js")}\n`);
  });

  it("bundles packages written for require, with what they use of it", async () => {
    await using dir = tempDir();
    writeApp(dir, { "main.ts": `import old from "./old.cjs"; console.log(old);`, "old.cjs": `module.exports = [typeof __filename, typeof __dirname, require("node:path").sep].join(" ");` });
    await bundleApp(dir.path);
    expect(run(dir, "lamp").stdout).toBe(`string string ${path.sep}\n`);
  });

  it("refuses what would not be found where the bundle is", async () => {
    await using dir = tempDir();
    writeApp(dir, { "main.ts": `console.log(await import("@audio/decode-wav"));` });
    await expect(bundleApp(dir.path)).rejects.toThrow("lamp loads @audio/decode-wav at run time: declare it as a dependency of lamp, too");
    expect(existsSync(dir.join("dist"))).toBe(false);
    writeApp(dir, {}, { "@audio/decode-wav": "1" });
    await bundleApp(dir.path);
    writeApp(dir, { "main.ts": `console.log(import.meta.dirname);` });
    await expect(bundleApp(dir.path)).rejects.toThrow("main.ts asks for its file or folder, which is another one in a bundle: use import.meta.url");
    writeApp(dir, { "main.ts": `import { gone } from "./word.ts"; console.log(gone);`, "word.ts": `export const word = 1;` });
    await expect(bundleApp(dir.path)).rejects.toThrow("gone");
    writeApp(dir, { "main.ts": `import "not-there";` });
    await expect(bundleApp(dir.path)).rejects.toThrow("not-there");
  });
});
