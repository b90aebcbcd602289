import { execFileSync } from "node:child_process";

/**
 * A figure with its unit; one without a unit is a ratio.
 * @typedef {{ readonly value: number, readonly unit: string, readonly digits: number }} Figure
 */

/**
 * The results of a bench. The first column names the row.
 * @typedef {{ readonly title: string, readonly head: readonly string[], readonly rows: readonly (readonly (string | number | Figure)[])[] }} Table
 */

/**
 * Quantile of numbers, by nearest rank; NaN of none.
 * @param {Iterable<number>} values
 * @param {number} q 0 to 1
 */
export function quantile(values, q) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN;
}

/** @param {readonly number[]} values */
export const median = (values) => quantile(values, 0.5);

/** @type {(unit: string, digits: number) => (value: number) => Figure} */
const figure = (unit, digits) => (value) => ({ value, unit, digits });
export const us = figure("µs", 1);
export const ms = figure("ms", 2);
export const bytes = figure("bytes", 0);
export const percent = figure("%", 1);
export const ratio = figure("", 2);

/** A table for a person. @param {Table} table @returns {string} aligned lines */
export function toText({ title, head, rows }) {
  const cells = [head, ...rows].map((row) => row.map((cell) => (typeof cell === "object" ? `${cell.value.toFixed(cell.digits)} ${cell.unit}`.trim() : String(cell))));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (/** @type {string[]} */ row) => row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  return [`\n${title}`, ...cells.map((row) => `  ${line(row)}`)].join("\n");
}

/**
 * A table for a program: each row an object, whose keys are the heads of the columns, with the unit where there is one.
 * @param {Table} table
 */
export function toJson({ title, head, rows }) {
  const entry = (/** @type {string | number | Figure} */ cell, /** @type {number} */ column) => {
    const key = column === 0 ? "name" : (head[column] ?? "");
    return typeof cell === "object" ? [`${key} ${cell.unit}`.trim(), cell.value] : [key, cell];
  };
  return { title, rows: rows.map((row) => Object.fromEntries(row.map(entry))) };
}

/** Whether a program is installed. @param {string} command */
export function installed(command) {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
