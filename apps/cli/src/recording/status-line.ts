import { sanitizeText } from "@vj/schema";
import { printLine } from "../output.ts";

/** One line that changes in place on a terminal; elsewhere now and then a line of its own. */
export interface StatusLine {
  /** Removes the line from the terminal: something else is to be printed. */
  clear(): void;
  end(): void;
}

const drawMs = 250;
/** Interval of lines without a terminal. */
const plainMs = 10_000;

/** @param text made anew for each drawing */
export function statusLine(text: () => string): StatusLine {
  const { stderr } = process;
  const draw = (): void => void stderr.write(`\r\u001B[K${sanitizeText(text(), Math.max(20, (stderr.columns || 80) - 1))}`);
  const timer = stderr.isTTY ? setInterval(draw, drawMs) : setInterval(() => printLine(text()), plainMs);
  const clear = (): void => {
    if (stderr.isTTY) stderr.write("\r\u001B[K");
  };
  return {
    clear,
    end: () => {
      clearInterval(timer);
      clear();
    },
  };
}
