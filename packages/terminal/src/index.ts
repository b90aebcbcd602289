// Layout, in reading order:
//   progress      a line that shows how far a long command is; fit: cut to the terminal
//   interrupted   the end of a long command by Ctrl-C
//   reader        the end of a command whose reader closes the pipe; reader-watch: also while nothing is written
//   wrap          a line broken between words; width: the cells that a text takes
export { createProgress } from "./progress.ts";
export type { Progress, ProgressOptions } from "./progress.ts";
export { interrupted, interruptedCode } from "./interrupted.ts";
export { endWithReader, hasReaderLeft } from "./reader.ts";
export { watchReader } from "./reader-watch.ts";
export { lineWidth } from "./width.ts";
export { wrapLine } from "./wrap.ts";
export type { WrapOptions } from "./wrap.ts";
