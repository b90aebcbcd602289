import { sanitizeText } from "@vj/schema";

/** Says how far a long work is. */
export interface Progress {
  /** @param done so many of all are done @param doing what is done now */
  step(done: number, doing: string): void;
  /** Something else is to be printed: the bar gives its line back. */
  clear(): void;
}

const barWidth = 20;

/** A bar on the last line of a terminal, drawn anew each time; nothing where there is not a terminal. */
export function progressBar(all: number, stream: Pick<NodeJS.WriteStream, "isTTY" | "columns" | "write"> = process.stderr, ascii = process.env["VJ_ASCII"] === "1"): Progress {
  if (!stream.isTTY) return { step: () => {}, clear: () => {} };
  const [full, empty] = ascii ? ["#", "."] : ["█", "·"];
  return {
    step(done, doing) {
      const filled = Math.round((done / Math.max(1, all)) * barWidth);
      const line = `${full.repeat(filled)}${empty.repeat(barWidth - filled)} ${done}/${all} ${sanitizeText(doing, 200)}`;
      stream.write(`\r\u001b[K${fit(line, (stream.columns || 80) - 1)}`);
    },
    clear: () => void stream.write("\r\u001b[K"),
  };
}

/** Cut to so many columns; signs of wide scripts take two. */
function fit(line: string, columns: number): string {
  let [kept, width] = ["", 0];
  for (const sign of line) {
    width += (sign.codePointAt(0) ?? 0) >= 0x1100 && !/[█·\u2010-\u27bf]/u.test(sign) ? 2 : 1;
    if (width > columns) break;
    kept += sign;
  }
  return kept;
}
