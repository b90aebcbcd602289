import path from "node:path";
import { processSource } from "./process-facts.ts";

/** Programs that do not collect the children of others, and are found as the first process of a container. */
const nodePattern = /^(?:node|bun|npm|npx|pnpm|yarn|vj)\b/;

/**
 * The first process when it is a program that leaves orphans that have ended as zombies, as Node is and an init is not; its command.
 * Undefined when it is an init or a shell, or cannot be seen.
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

/** How many processes have ended and wait for the first process to collect them. 0 where the system cannot be asked. */
export function orphanZombies(): number {
  try {
    return processSource.all().filter(({ parent, ended }) => ended && parent === 1).length;
  } catch {
    return 0;
  }
}
