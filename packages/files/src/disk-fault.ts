import { statfsSync } from "node:fs";

/**
 * Whether the disk of a directory is full. Never throws.
 * @returns the fault, for a person; undefined when there is room, or the system does not say
 */
export function diskFault(dir: string): string | undefined {
  try {
    const { bavail, files, ffree } = statfsSync(dir);
    if (bavail === 0) return `the disk of ${dir} is full`;
    return files > 0 && ffree === 0 ? `the disk of ${dir} has no room for another file` : undefined;
  } catch {
    return undefined;
  }
}
