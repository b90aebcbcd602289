// The progress of a script that takes longer than two seconds, and its end by Ctrl-C. Needs a build.
import { createProgress, interrupted, interruptedCode } from "@vj/terminal";
import { hasReaderLeft } from "./command-line.mjs";

/**
 * Shows progress from now on. Ctrl-C removes it from the terminal and ends the process with 130: for work that waits, and
 * that leaves what has to be cleaned up to `after-us.mjs`. Work that computes without a pause uses `createProgress` alone: a signal without a
 * listener ends it at once.
 * @returns {import("@vj/terminal").Progress}
 */
export function beginWork() {
  const progress = createProgress();
  interrupted().addEventListener("abort", () => {
    progress.end();
    process.exit(hasReaderLeft() ? 0 : interruptedCode);
  });
  return progress;
}
