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
  readonly text: string;
}

/** Every document for readers. */
export function documents(): string[] {
  const readmes = ["packages", "apps"].flatMap((top) => readdirSync(path.join(root, top)).map((folder) => `${top}/${folder}/README.md`));
  const docs = ["docs", "docs/programs"].flatMap((folder) => readdirSync(path.join(root, folder)).filter((name) => name.endsWith(".md")).map((name) => `${folder}/${name}`));
  return ["README.md", ...docs, ...readmes];
}

/** The fenced blocks of a document. */
export function blocksOf(file: string): Block[] {
  const text = readFileSync(path.join(root, file), "utf8");
  return [...text.matchAll(/^( *)```(\w*)([^\n]*)\n([^]*?)^\1```$/gm)].map(({ index, 2: language = "", 3: info = "", 4: body = "" }) => ({
    file,
    line: text.slice(0, index).split("\n").length,
    language,
    noRun: /no-run:\s*(.*)/.exec(info)?.[1],
    text: body,
  }));
}

/** Command lines of a shell block: comments removed, continued lines joined. */
export function commandsOf({ text }: Block): string[] {
  return text
    .replaceAll("\\\n", " ")
    .split("\n")
    .map((line) => line.replace(/(^|\s)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** Commands in running text: `vj up`, `npx -y pnpm@10 bench`. */
export function inlineCommands(file: string): string[] {
  const text = readFileSync(path.join(root, file), "utf8").replaceAll(/^( *)```[^]*?^\1```$/gm, "");
  const commands = [...text.matchAll(/`((?:vj|pnpm|npx) [^`\n]+)`/g)].map(([, command = ""]) => command);
  // `pnpm …` stands for any command.
  return commands.filter((command) => !/^(vj|pnpm|npx -y pnpm@10) …$/.test(command));
}
