import { execFileSync } from "node:child_process";

/**
 * The lines of source files that differ from a commit, the working tree included.
 * @param {string} base for example `main`
 * @returns {Map<string, Set<number>>} path from the root of the repository -> lines, counted from 1
 */
export function changedLines(base) {
  const from = execFileSync("git", ["merge-base", base, "HEAD"], { encoding: "utf8" }).trim();
  const diff = execFileSync("git", ["diff", "--unified=0", "--no-color", from, "--", "packages/*/src", "apps/*/src"], { encoding: "utf8", maxBuffer: 2 ** 28 });
  return readDiff(diff);
}

/**
 * @param {string} diff as `git diff --unified=0` prints it
 * @returns {Map<string, Set<number>>}
 */
export function readDiff(diff) {
  /** @type {Map<string, Set<number>>} */
  const files = new Map();
  let file = "";
  for (const line of diff.split("\n")) {
    const name = /^\+\+\+ b\/(.+\.ts)$/.exec(line)?.[1];
    if (line.startsWith("+++ ")) file = name ?? "";
    const hunk = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null || file === "") continue;
    const lines = files.get(file) ?? new Set();
    const first = Number(hunk[1]);
    for (let at = first; at < first + Number(hunk[2] ?? 1); at += 1) lines.add(at);
    files.set(file, lines);
  }
  return files;
}
