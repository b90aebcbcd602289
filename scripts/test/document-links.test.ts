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

/** Where this repository is on the web: documents that are published elsewhere, too, link to it in full. */
const web = /^https:\/\/github\.com\/vj-bus\/vj-bus\/(?:blob|tree)\/main\//;

/** Where the links of a document lead in the checkout, without the part after `#`, relative to it or from its root `/`; those in code are text. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/^ *```[^]*?^ *```$/gm, "").replaceAll(/`[^`\n]*`/g, "code");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|href)="([^"]+)"/gm)].map(([, inline, reference, html]) => inline ?? reference ?? html ?? "");
  return targets.map((target) => target.replace(web, "/").replace(/#.*$/, "")).filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

const files = documents();

it("finds the documents and their links", () => {
  expect(files).toEqual(expect.arrayContaining(["README.md", "docs/architecture.md", "packages/worker/README.md"]));
  expect(linksOf("[a](b.md#c) [`d`](e/f.ts) [g](https://h.i) [j](#k) `[l](m)`")).toEqual(["b.md", "e/f.ts"]);
  expect(linksOf("[n](https://github.com/vj-bus/vj-bus/blob/main/docs/o.md#p)")).toEqual(["/docs/o.md"]);
});

it.each(files)("every link of %s into the checkout leads to a file", (file) => {
  const missing = linksOf(readFileSync(path.join(root, file), "utf8")).filter((target) => !existsSync(target.startsWith("/") ? path.join(root, target) : path.join(root, path.dirname(file), target)));
  expect(missing).toEqual([]);
});
