import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** What the Layout comments of a package and its files disagree about. */
export interface LayoutFaults {
  /** Source files that are named neither themselves nor by their folder, below `src`. */
  readonly unnamed: readonly string[];
  /** Names at the beginning of a line of a Layout that no file and no folder has. */
  readonly stale: readonly string[];
}

/** Compares the Layout comments below a folder of sources with its files. @param src absolute */
export function layoutFaults(src: string): LayoutFaults {
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  const layout = files.flatMap((file) => layoutLines(readFileSync(path.join(src, file), "utf8")));
  const words = new Set(layout.flatMap((line) => line.match(/[\w-]+\/?/g) ?? []));
  const folders = new Set(files.flatMap((file) => path.dirname(file).split("/")));
  const bases = new Set(files.map(baseOf));
  const isNamed = (file: string): boolean => words.has(baseOf(file)) || path.dirname(file).split("/").some((folder) => words.has(`${folder}/`));
  return {
    unnamed: files.filter((file) => baseOf(file) !== "index" && !isNamed(file)),
    stale: layout.flatMap(leading).filter((name) => !bases.has(name) && !folders.has(name) && !existsSync(path.join(src, name))),
  };
}

const baseOf = (file: string): string => path.basename(file).replace(/\.tsx?$/, "");

/** The lines of the Layout in a source text, without the signs of the comment. */
export function layoutLines(text: string): string[] {
  const rows = text.split("\n");
  const begin = rows.findIndex((row) => /^(?:\/\/| \*) (?:.*\. )?Layout, in/.test(row));
  if (begin < 0) return [];
  const rest = rows.slice(begin + 1);
  const end = rest.findIndex((row) => !/^(?:\/\/| \*) /.test(row));
  return rest.slice(0, end < 0 ? undefined : end).map((row) => row.slice(3));
}

/** The names at the beginning of a line, before a gap of two spaces or more: `main, config   the program`. */
function leading(row: string): string[] {
  const names = /^ {1,9}(?=[a-z])([\w-]+\/?(?:(?:, |  )[\w-]+\/?)*)(?= {2})/.exec(row)?.[1] ?? "";
  return names.split(/[,\s]+/).filter((name) => name !== "").map((name) => name.replace(/\/$/, ""));
}
