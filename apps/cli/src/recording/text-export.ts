import type { ReadableMessage } from "./readable-message.ts";

/** Writes a message as lines of text. @param at epoch nanoseconds */
export interface TextFormat {
  readonly head: string;
  lines(message: ReadableMessage, at: bigint): string;
}

/** One JSON object a line. */
export const ndjson: TextFormat = {
  head: "",
  lines: ({ address, tags, values }, at) => `{"time":${seconds(at)},${JSON.stringify({ address, tags, args: values }).slice(1)}\n`,
};

/** One line an argument: spreadsheets and pandas turn it by `address` and `argument`. */
export const csv: TextFormat = {
  head: "time,address,argument,value\n",
  lines: ({ address, values }, at) => {
    const begin = `${seconds(at)},${cell(address)},`;
    const entries = Object.entries(values);
    if (entries.length === 0) return `${begin},\n`;
    return entries.map(([name, value]) => `${begin}${cell(name)},${cell(typeof value === "string" ? value : value === null ? "" : JSON.stringify(value))}\n`).join("");
  },
};

/** Epoch seconds with all digits. */
function seconds(at: bigint): string {
  return `${at / 1_000_000_000n}.${String(at % 1_000_000_000n).padStart(9, "0")}`;
}

function cell(text: string): string {
  // A text that begins like a formula would be one in a spreadsheet; numbers stay numbers.
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.]+(?:e[+-]?\d+)?$/i.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
