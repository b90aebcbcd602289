export { createProgress } from "./progress.ts";
export type { Progress, ProgressOptions } from "./progress.ts";
export { interrupted, interruptedCode } from "./interrupted.ts";
