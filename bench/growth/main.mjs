// How figures grow with the number of workers, clients, targets, messages and minutes: as tables, and on request as pictures.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { curve } from "./curve.mjs";
import { clients } from "./clients.mjs";
import { messages } from "./messages.mjs";
import { recordings } from "./recordings.mjs";
import { targets } from "./targets.mjs";
import { workers } from "./workers.mjs";

/**
 * What grows (`by`), and the figures at each step; figures of one unit share an axis in the picture.
 * @typedef {{ readonly name: string, readonly title: string, readonly by: string, readonly series: readonly string[], readonly unit: string, readonly digits: number, readonly points: readonly { readonly at: number, readonly values: readonly number[] }[] }} Growth
 */

const pictures = path.resolve(import.meta.dirname, "../../docs/pictures");

/**
 * @param {boolean} draw whether the pictures are written
 * @param {(table: import("../../scripts/report.mjs").Table) => void} report takes each table as soon as it is measured: the whole takes minutes
 */
export async function growth(draw, report) {
  for (const measure of [workers, clients, targets, messages, recordings]) {
    const found = await measure();
    if (found === undefined) continue;
    report(tableOf(found));
    if (draw) writeFileSync(path.join(pictures, `growth-${found.name}.svg`), curve(found));
  }
}

/** @param {Growth} growth @returns {import("../../scripts/report.mjs").Table} */
function tableOf({ title, by, series, unit, digits, points }) {
  return { title, head: [by, ...series], rows: points.map(({ at, values }) => [String(at), ...values.map((value) => ({ value, unit, digits }))]) };
}
