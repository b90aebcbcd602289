import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Folders whose comments, test names and documents are checked. */
const folders = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((name) => `${top}/${name}`)).concat("docs", "scripts", "bench");

/** Phrases that need a second reading, and the plain form. */
const phrases: readonly { readonly pattern: RegExp; readonly plain: string }[] = [
  { pattern: /(?<!\b[Tt]here )\b(?:is|are|was|were) no (?!longer\b|more\b)[a-z]+/g, plain: "is not a …" },
  { pattern: /\b(?:told|heard|hears)\b/g, plain: "reported, received" },
  { pattern: /\b[Ww]hoever\b/g, plain: "the process that …, the caller" },
  { pattern: /\bblames?\b|\bcomplains?\b|\bgreets\b/g, plain: "counts against, reports" },
];

/** The prose of a source file: its comments, joined over line breaks, and its test names. */
function proseOf(source: string): string[] {
  const comments = source.match(/\/\*\*[^]*?\*\/|^\s*\/\/ .*(?:\n\s*\/\/ .*)*/gm) ?? [];
  const names = source.match(/^\s*(?:it|describe)\("[^"]*"/gm) ?? [];
  return [...comments.map((comment) => comment.replace(/\n\s*(?:\*|\/\/) ?/g, " ")), ...names];
}

/** The prose of a document: everything outside code blocks. */
function textOf(document: string): string[] {
  return document.replace(/^```[^]*?^```$/gm, "").split(/\n\s*\n/);
}

function faultsIn(text: string): string[] {
  return phrases.flatMap(({ pattern, plain }) => [...text.matchAll(pattern)].map(([found]) => `"${found}": write "${plain}"`));
}

/** The documents of a folder and its written files; what is installed or built is not read. */
function filesIn(folder: string): string[] {
  return ["", "src", "test", "examples", "bin"].flatMap((part) => {
    const place = path.join(root, folder, part);
    if (!existsSync(place)) return [];
    return readdirSync(place, { recursive: part !== "", encoding: "utf8" })
      .filter((file) => /\.(?:ts|mjs|md)$/.test(file))
      .map((file) => path.join(folder, part, file));
  });
}

describe("comments, test names and documents", () => {
  it.each(folders)("of %s need one reading", (folder) => {
    const faults = filesIn(folder).flatMap((file) => {
      const text = readFileSync(path.join(root, file), "utf8");
      return (file.endsWith(".md") ? textOf(text) : proseOf(text)).flatMap(faultsIn).map((fault) => `${file}: ${fault}`);
    });
    expect(faults).toEqual([]);
  });

  it("are found in every place, and nowhere else", () => {
    const source = '/**\n * A text that is\n * no number.\n */\nconst a = "is no number"; // whoever\n  // He told\n  // us.\nit("is told", () => {});\n';
    expect(proseOf(source).flatMap(faultsIn)).toHaveLength(3);
    expect(textOf("There is no manager.\n\n```ts\nis no code\n```\n\nIt is no longer heard.").flatMap(faultsIn)).toHaveLength(1);
  });
});
