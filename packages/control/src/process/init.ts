import path from "node:path";
import { processSource } from "./process-source.ts";

/** Programs that do not collect orphans, and are often the first process of a container. */
const nodePattern = /^(?:node|bun|npm|npx|pnpm|yarn|vj)\b/;

/**
 * Command of the first process if it is a program that leaves ended orphans as zombies, as Node does, unlike an init.
 * Undefined when it is an init or a shell, or cannot be read.
 */
export function poorInit(): string | undefined {
  try {
    const command = processSource.command(1);
    const [program = "", ...args] = command.split(" ");
    return nodePattern.test([path.basename(program), ...args].join(" ")) ? command : undefined;
  } catch {
    return undefined;
  }
}

/** Number of ended processes that the first process has not collected. 0 where the system cannot be asked. */
export function orphanZombies(): number {
  try {
    return processSource.all().filter(({ parent, ended }) => ended && parent === 1).length;
  } catch {
    return 0;
  }
}
