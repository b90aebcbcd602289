export { createProgress } from "./progress.ts";
export type { Progress, ProgressOptions } from "./progress.ts";
export { interrupted, interruptedCode } from "./interrupted.ts";
export { lineWidth } from "./width.ts";
export { wrapLine } from "./wrap.ts";
export type { WrapOptions } from "./wrap.ts";
