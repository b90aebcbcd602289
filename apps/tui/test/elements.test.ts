import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const guide = readFileSync(path.resolve(import.meta.dirname, "../../../docs/testing.md"), "utf8");
const [, section = ""] = guide.split("## The screens, element by element");
/** Rows of the table, without its head. */
const elements = section.split("\n").filter((row) => row.startsWith("| ")).slice(1);

it.each(elements.map((row): [string, string] => [row.split("|")[1]?.trim() ?? "", row]))("%s: the tests that see it exist", (_element, row) => {
  const named = row.matchAll(/`([a-z-]+)`((?:(?: · )? ?"[^"]+")+)/g);
  const tests = [...named].flatMap(([, file = "", titles = ""]) => [...titles.matchAll(/"([^"]+)"/g)].map(([, title = ""]) => ({ file, title })));
  expect(tests.length).toBeGreaterThan(0);
  for (const { file, title } of tests) expect(readFileSync(path.join(import.meta.dirname, `${file}.test.ts`), "utf8")).toContain(`("${title}"`);
});
