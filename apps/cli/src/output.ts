import { sanitizeText } from "@vj/schema";
import { wrapLine } from "@vj/terminal";
import { formatTable } from "./table.ts";

const longestLine = 4000;

/** Prints one line for a person. Foreign text in it cannot move the cursor or recolour the terminal. */
export function printLine(line: string): void {
  print(process.stdout, line);
}

/** Prints a table: see {@link formatTable}. In a terminal the last column is broken between words. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  for (const line of formatTable(head, rows, columnsOf(process.stdout))) printLine(line);
}

/** Prints one JSON value on one line, for a program. */
export function printJson(value: unknown): void {
  process.stdout.write(`${toSafeJson(value)}\n`);
}

/** Prints one line about a fault. */
export function printError(line: string): void {
  print(process.stderr, line);
}

/** In a terminal a long line is broken between words. */
function print(stream: NodeJS.WriteStream, line: string): void {
  for (const row of wrapLine(sanitizeText(line, longestLine), { columns: columnsOf(stream) })) stream.write(`${row}\n`);
}

const columnsOf = ({ isTTY, columns }: NodeJS.WriteStream): number => (isTTY && columns > 0 ? columns : Infinity);

/** JSON on one line that is also safe in a terminal: control characters are escaped, so nothing is lost. */
export function toSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
