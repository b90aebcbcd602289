import { sanitizeText } from "@vj/schema";

const refreshMs = 250;
const escape = "\u001B";
/** The alternate screen without a cursor; and back. */
const enter = `${escape}[?1049h${escape}[?25l`;
const leave = `${escape}[?25h${escape}[?1049l`;
const home = `${escape}[H`;
const restOfLine = `${escape}[K`;
const restOfScreen = `${escape}[J`;

/**
 * Draws lines that change in place, four times a second. Foreign text in them cannot steer the terminal.
 * @param lines made anew for each picture @returns leaves the screen as it was
 */
export function liveScreen(lines: (screen: { columns: number; rows: number }) => readonly string[]): () => void {
  const draw = (): void => {
    // A terminal that does not know its size reports 0.
    const text = lines({ columns: process.stdout.columns || 80, rows: process.stdout.rows || 24 }).map((line) => `${sanitizeText(line)}${restOfLine}`).join("\r\n");
    process.stdout.write(`${home}${text}${restOfScreen}`);
  };
  process.stdout.write(enter);
  draw();
  const timer = setInterval(draw, refreshMs);
  process.stdout.on("resize", draw);
  return () => {
    clearInterval(timer);
    process.stdout.off("resize", draw);
    process.stdout.write(leave);
  };
}
