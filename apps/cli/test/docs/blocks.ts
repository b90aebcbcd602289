import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** The checkout. */
export const root = path.resolve(import.meta.dirname, "../../../..");

/** A fenced block of a document. */
export interface Block {
  /** Document, relative to the checkout. */
  readonly file: string;
  /** Number of its first fence, 1-based. */
  readonly line: number;
  readonly language: string;
  /** The reason of a fence `no-run: <reason>`. */
  readonly noRun: string | undefined;
  /** The file that a fence `file=<path>` shows. */
  readonly shows: string | undefined;
  readonly text: string;
}

/** Every document for readers. */
export function documents(): string[] {
  const readmes = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((folder) => `${top}/${folder}/README.md`));
  const docs = ["docs", "docs/programs"].flatMap((folder) => readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".md")).map((name) => `${folder}/${name}`));
  return ["README.md", "examples/README.md", ...docs, ...readmes];
}

/** A fenced block of Markdown: indent, fence, language, the rest of its first line, content. */
const fenced = /^( *)(`{3,}|~{3,}) *([\w-]*)([^\n]*)\n([^]*?)^\1\2 *$/gm;

/** The text of a document, relative to the checkout. */
export const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");

/** The fenced blocks of a document, or of a text in its place. */
export function blocksOf(file: string, text = textOf(file)): Block[] {
  return [...text.matchAll(fenced)].map(({ index, 3: language = "", 4: info = "", 5: body = "" }) => ({
    file,
    line: text.slice(0, index).split("\n").length,
    language,
    noRun: /no-run:\s*(.*)/.exec(info)?.[1],
    shows: /file=(\S+)/.exec(info)?.[1],
    text: body,
  }));
}

/** Running text without its blocks. */
export const proseOf = (text: string): string => text.replaceAll(fenced, "");

/** Blocks by their indent, which no test reads. @returns the first line of each */
export function indentedBlocks(text: string): string[] {
  return [...proseOf(text).matchAll(/(?:^|\n\n)(?: {4}|\t)(?![-*\d|])(.*)/g)].map(([, line = ""]) => line);
}

/** Command lines of a shell block: comments removed, continued lines joined. */
export function commandsOf({ text }: Block): string[] {
  return text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** Commands in running text: `vj up`, `npx -y pnpm@10 bench`, `VJ_ASCII=1 vj tui`, `node scripts/osc-docs.mjs`. */
export function inlineCommands(text: string): string[] {
  const commands = [...proseOf(text).matchAll(/`((?:[A-Z][A-Z0-9_]*=\S+ )*(?:vj|pnpm|npx|npm|node) [^`\n]+)`/g)].map(([, command = ""]) => command);
  // `pnpm …` stands for any command.
  return commands.filter((command) => !/^(vj|pnpm|npx -y pnpm@10) …$/.test(command));
}
