import { statfsSync } from "node:fs";

/**
 * Reason why a process could not record why it ended: the disk of a directory is full. Never throws.
 * @returns the fault and the next step, for a person; undefined when there is room, or the system does not say
 */
export function diskFault(dir: string): string | undefined {
  try {
    const { bavail, files, ffree } = statfsSync(dir);
    if (bavail === 0) return `the disk of ${dir} is full; make room there`;
    return files > 0 && ffree === 0 ? `the disk of ${dir} has no room for another file; remove some there` : undefined;
  } catch {
    return undefined;
  }
}
