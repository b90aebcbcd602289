import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { waitFor } from "./wait-for.ts";

/** A directory of one test. `await using dir = tempDir()` removes it at the end of the scope. */
export interface TempDir extends AsyncDisposable {
  readonly path: string;
  /** Path of an entry inside. */
  join(...parts: string[]): string;
  remove(): void;
}

/** Makes an empty directory with a short path: Unix socket paths must stay under 104 bytes. */
export function tempDir(): TempDir {
  const dir = mkdtempSync("/tmp/vj-t-");
  const remove = (): void => rmSync(dir, { recursive: true, force: true });
  return {
    path: dir,
    join: (...parts) => path.join(dir, ...parts),
    remove,
    // A process that is just ending may write a file meanwhile.
    [Symbol.asyncDispose]: () =>
      waitFor(`${dir} to be removed`, () => {
        remove();
        return true;
      }).then(() => {}),
  };
}

/** Variables that keep a rig started by a test inside its own directory, without outside targets. */
export function tempEnvironment(dir: TempDir): Record<string, string> {
  return {
    VJ_BUS_DIR: dir.join("bus"),
    VJ_CONFIG_DIR: dir.join("config"),
    VJ_DATA_DIR: dir.join("data"),
    VJ_CACHE_DIR: dir.join("cache"),
  };
}
