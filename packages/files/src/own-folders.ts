import { homedir, userInfo } from "node:os";
import path from "node:path";
import envPaths from "env-paths";

/** The folders of this user's vj-bus, absolute. */
export interface OwnFolders {
  /** Settings, targets, secrets, themes. */
  readonly configDir: string;
  /** Data that costs time or money to recreate. */
  readonly dataDir: string;
  /** Data that can be recreated. */
  readonly cacheDir: string;
}

/** Reads `VJ_CONFIG_DIR`, `VJ_DATA_DIR` and `VJ_CACHE_DIR`; default: the usual places of the system. */
export function ownFolders(env: NodeJS.ProcessEnv = process.env): OwnFolders {
  const defaults = envPaths("vj", { suffix: "" });
  const folder = (variable: string, fallback: string): string => path.resolve(env[variable] || absoluteDefault(fallback));
  return {
    configDir: folder("VJ_CONFIG_DIR", defaults.config),
    dataDir: folder("VJ_DATA_DIR", defaults.data),
    cacheDir: folder("VJ_CACHE_DIR", defaults.cache),
  };
}

/**
 * A default folder, absolute. Where HOME is empty or not absolute it is below the home of the system's records: else each working
 * directory would have settings of its own.
 * @param home HOME, as the default has it @param recorded the home in the system's records; throws for a user without one, as in containers
 */
export function absoluteDefault(folder: string, home = homedir(), recorded = (): string => userInfo().homedir): string {
  if (path.isAbsolute(home) || path.isAbsolute(folder)) return folder;
  try {
    return path.resolve(recorded(), path.relative(home, folder));
  } catch {
    return folder;
  }
}
