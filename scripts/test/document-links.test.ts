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
  return targetsOf(text).map((target) => target.replace(/#.*$/, "")).filter((target) => target !== "");
}

/** The same with the part after `#`; a link within the document is that part alone. */
function targetsOf(text: string): string[] {
  const prose = text.replaceAll(/^ *```[^]*?^ *```$/gm, "").replaceAll(/`[^`\n]*`/g, "code");
  const targets = [...prose.matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: (\S+)|(?:src|href)="([^"]+)"/gm)].map(([, inline, reference, html]) => inline ?? reference ?? html ?? "");
  return targets.map((target) => target.replace(web, "/")).filter((target) => !/^[a-z]+:/.test(target));
}

/** What `#…` may name in a document: its headings, as GitHub writes them in links. */
function anchorsOf(text: string): string[] {
  const headings = [...text.replaceAll(/^ *```[^]*?^ *```$/gm, "").matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1"));
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const anchor = heading.trim().toLowerCase().replaceAll(/[^\p{L}\p{N}_ -]/gu, "").replaceAll(" ", "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
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

it("finds the headings that links name", () => {
  expect(anchorsOf("# The `vj` command\n## A, b & *c*\n```\n# no heading\n```\n## [Übung](x.md)\n## A, b & c")).toEqual(["the-vj-command", "a-b--c", "übung", "a-b--c-1"]);
});

it.each(files)("every link of %s to a heading leads to one", (file) => {
  const missing = targetsOf(readFileSync(path.join(root, file), "utf8")).filter((target) => {
    const [place = "", anchor] = target.split("#");
    const document = place === "" ? file : path.join(place.startsWith("/") ? "" : path.dirname(file), place);
    if (anchor === undefined || !document.endsWith(".md") || !existsSync(path.join(root, document))) return false;
    return !anchorsOf(readFileSync(path.join(root, document), "utf8")).includes(anchor);
  });
  expect(missing).toEqual([]);
});
