import { closeSync, openSync } from "node:fs";
import { devNull } from "node:os";
import { isatty } from "node:tty";

const standard = [0, 1, 2] as const;
let installed = false;

/**
 * Lets a program end in order after its terminal has closed. Node sets the terminal back when it ends, and where that is
 * gone it aborts instead, with a core file: so what was a terminal becomes the null device before. To be called at the
 * start of a program that outlives SIGHUP; further calls change nothing.
 */
export function outliveTerminal(): void {
  if (installed) return;
  installed = true;
  const terminals = standard.filter((descriptor) => isatty(descriptor));
  process.on("exit", () => {
    for (const descriptor of terminals) if (!isatty(descriptor)) replace(descriptor);
  });
}

/** The number of a closed descriptor is the first that the next file gets. */
function replace(descriptor: number): void {
  try {
    closeSync(descriptor);
    openSync(devNull, "r+");
  } catch {
    // Closed already: then there is nothing to set back.
  }
}
