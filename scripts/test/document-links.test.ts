import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Every written document of the checkout, relative to it. */
function documents(folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" || entry.name.startsWith(".") ? [] : documents(file);
    return entry.name.endsWith(".md") ? [file] : [];
  });
}

/** Where the relative links of a document lead, without the part after `#`; those in code are text. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^ *```[^]*?^ *```$/gm, "").replaceAll(/`[^`\n]*`/g, "code");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|href)="([^"]+)"/gm)].map(([, inline, reference, html]) => inline ?? reference ?? html ?? "");
  return targets.filter((target) => !/^(?:[a-z]+:|#)/.test(target)).map((target) => target.replace(/#.*$/, ""));
}

const files = documents();

it("finds the documents and their links", () => {
  expect(files).toEqual(expect.arrayContaining(["README.md", "docs/architecture.md", "packages/worker/README.md"]));
  expect(linksOf("[a](b.md#c) [`d`](e/f.ts) [g](https://h.i) [j](#k) `[l](m)`")).toEqual(["b.md", "e/f.ts"]);
});

it.each(files)("every relative link of %s leads to a file", (file) => {
  const missing = linksOf(readFileSync(path.join(root, file), "utf8")).filter((target) => !existsSync(path.join(root, path.dirname(file), target)));
  expect(missing).toEqual([]);
});
