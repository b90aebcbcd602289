import { z } from "zod";

const place = z.looseObject({ line: z.number() });
/** What vitest writes: each file with the places of its statements, and how often each ran. */
export const inTestsSchema = z.record(z.string(), z.looseObject({ statementMap: z.record(z.string(), z.looseObject({ start: place })), s: z.record(z.string(), z.number()) }));

/** Lines with a statement. @typedef {{ all: number, inTests: number, covered: number }} Lines */

/**
 * The lines of each folder with a statement, those that ran in the tests themselves, and those that ran there or in their processes.
 * @param {z.output<typeof inTestsSchema>} files by path
 * @param {ReadonlyMap<string, ReadonlySet<number>>} children lines that ran in processes, by path
 * @param {(file: string) => string} folderOf
 * @returns {Map<string, Lines>} in alphabetic order
 */
export function sumFolders(files, children, folderOf) {
  /** @type {Map<string, Lines>} */
  const sums = new Map();
  for (const [file, { statementMap, s }] of Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const all = new Set(Object.values(statementMap).map(({ start }) => start.line));
    const ran = new Set(Object.entries(statementMap).flatMap(([key, { start }]) => ((s[key] ?? 0) > 0 ? start.line : [])));
    const sum = sums.get(folderOf(file)) ?? { all: 0, inTests: 0, covered: 0 };
    sum.all += all.size;
    sum.inTests += ran.size;
    sum.covered += [...all].filter((line) => ran.has(line) || children.get(file)?.has(line) === true).length;
    sums.set(folderOf(file), sum);
  }
  return sums;
}
