import { readdirSync, watch } from "node:fs";
import type { FSWatcher } from "node:fs";
import path from "node:path";
import { systemErrorCode } from "@vj/control";

/**
 * Reports every change below some folders, including folders created later. One watch per folder, because Node's
 * recursive watch follows files by inode on Linux and loses those that an editor replaces.
 * @param onChange called with the changed path.
 * @returns a function that ends it.
 */
export function watchFolders(roots: readonly string[], onChange: (file: string) => void): () => void {
  const watchers = new Map<string, FSWatcher>();

  const forget = (folder: string): void => {
    watchers.get(folder)?.close();
    watchers.delete(folder);
  };
  const follow = (folder: string): void => {
    if (watchers.has(folder)) return;
    try {
      const watcher = watch(folder, (_event, entry) => {
        // The name does not show whether it is a new folder: a scan is cheap and finds all new ones.
        followBelow(folder);
        onChange(entry === null ? folder : path.join(folder, entry));
      });
      watcher.on("error", () => forget(folder));
      watchers.set(folder, watcher);
      followBelow(folder);
    } catch (error) {
      // Deleted meanwhile.
      if (systemErrorCode(error) !== "ENOENT") throw error;
      forget(folder);
    }
  };
  const followBelow = (folder: string): void => {
    for (const child of foldersIn(folder)) follow(child);
  };

  for (const root of roots) follow(root);
  return () => {
    for (const folder of [...watchers.keys()]) forget(folder);
  };
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}
