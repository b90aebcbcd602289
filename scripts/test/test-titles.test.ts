import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Titles of `each` in which a percent sign stands for nothing that vitest puts there; `%%` counts as one of the values, so that the next one is wrong. */
function wrongTitles(source: string): string[] {
  const titles = Array.from(source.matchAll(/\)\((["'`])((?:\\.|(?!\1).)*)\1/g), ([, , title = ""]) => title);
  return titles.filter((title) => title.replaceAll(/%[sdifjoOc#$]/g, "").includes("%"));
}

function testFolders(): string[] {
  const folders = ["packages", "apps"].flatMap((group) => readdirSync(path.join(root, group)).map((name) => path.join(root, group, name)));
  return [...folders, path.join(root, "scripts"), path.join(root, "examples")].map((folder) => path.join(folder, "test")).filter((folder) => existsSync(folder));
}

it("titles of tests have the values of their rows in place of each percent sign", () => {
  expect(wrongTitles('it.each([1])("within 0.05 %% of %d", () => {}); it.each([1])("%s is 5 % more", () => {}); it.each([1])("%i×%i, %j", () => {});')).toEqual(["within 0.05 %% of %d", "%s is 5 % more"]);
  const files = testFolders().flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file))).filter((file) => file.endsWith(".test.ts") && file !== import.meta.filename);
  expect(files.length).toBeGreaterThan(300);
  expect(files.flatMap((file) => wrongTitles(readFileSync(file, "utf8")).map((title) => `${path.relative(root, file)}: ${title}`))).toEqual([]);
});
