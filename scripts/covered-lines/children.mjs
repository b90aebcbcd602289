import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { SourceMap } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const range = z.object({ startOffset: z.number(), endOffset: z.number(), count: z.number() });
/** What V8 writes when a process ends. */
const reportSchema = z.object({ result: z.array(z.object({ url: z.string(), functions: z.array(z.object({ ranges: z.array(range) })) })) });

/** Where a built file has code that stands in a line of a source. @typedef {{ readonly length: number, readonly places: readonly { source: string, offset: number, line: number }[] }} Built */

/** The lines of our sources that ran in processes started by tests, by what V8 wrote into a folder as they ended. */
export class ChildCoverage {
  /** Lines, counted from 1, by path of the source. @type {Map<string, Set<number>>} */
  lines = new Map();
  /** Reports read. */
  processes = 0;
  #folder;
  #built;
  /** @type {Map<string, Built | undefined>} */
  #known = new Map();

  /** @param {string} folder @param {(file: string) => boolean} built which files count */
  constructor(folder, built) {
    this.#folder = folder;
    this.#built = built;
  }

  /** Reads and removes the reports that are there; one that is still being written is left for the next time. */
  take() {
    for (const name of readdirSync(this.#folder)) {
      const file = path.join(this.#folder, name);
      const report = readReport(file);
      if (report === undefined) continue;
      rmSync(file);
      this.processes += 1;
      for (const { url, functions } of report.result) this.#add(url, functions.flatMap(({ ranges }) => ranges));
    }
  }

  /** @param {string} url @param {z.output<typeof range>[]} ranges */
  #add(url, ranges) {
    if (!url.startsWith("file://")) return;
    const file = fileURLToPath(url);
    if (!this.#built(file)) return;
    const built = this.#known.has(file) ? this.#known.get(file) : readBuilt(file);
    this.#known.set(file, built);
    if (built === undefined) return;
    // The innermost range counts, and it is the shortest.
    const runs = new Uint8Array(built.length);
    for (const { startOffset, endOffset, count } of ranges.toSorted((a, b) => b.endOffset - b.startOffset - (a.endOffset - a.startOffset))) {
      runs.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    }
    for (const { source, offset, line } of built.places) {
      const covered = this.lines.get(source) ?? new Set();
      this.lines.set(source, covered);
      if (runs[offset] === 1) covered.add(line);
    }
  }
}

/** @param {string} file */
function readReport(file) {
  try {
    return reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return undefined;
  }
}

/** @param {string} file @returns {Built | undefined} undefined when it has no source map */
function readBuilt(file) {
  if (!existsSync(`${file}.map`)) return undefined;
  const code = readFileSync(file, "utf8");
  const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8")));
  /** @type {{ source: string, offset: number, line: number }[]} */
  const places = [];
  let start = 0;
  code.split("\n").forEach((text, row) => {
    let last = "";
    for (let column = 0; column < text.length; column += 1) {
      if (text[column]?.trim() === "") continue;
      const entry = map.findEntry(row, column);
      // A line that stands for no source, such as the comments of a bundle, has only an entry before it; what the bundler wrote itself has one without a source.
      if (!("originalLine" in entry) || entry.generatedLine !== row) continue;
      /** @type {{ originalSource: string | undefined, originalLine: number }} */
      const { originalSource, originalLine } = entry;
      if (originalSource === undefined || last === `${originalLine} ${originalSource}` || originalSource.includes("/node_modules/")) continue;
      last = `${originalLine} ${originalSource}`;
      places.push({ source: path.resolve(path.dirname(file), originalSource), offset: start + column, line: originalLine + 1 });
    }
    start += text.length + 1;
  });
  return { length: code.length, places };
}
