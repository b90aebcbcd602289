import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { launchFolder } from "../environment.ts";

/**
 * The absolute path for a typed one: `~` is the home directory; a relative path is resolved in the working folder, or,
 * when the file is not there, in the folder where the rig was started.
 */
export function locate(text: string): string {
  if (text === "~" || text.startsWith("~/")) return path.join(homedir(), text.slice(1));
  if (path.isAbsolute(text)) return text;
  const here = path.resolve(text);
  const there = path.resolve(launchFolder(), text);
  return !existsSync(here) && existsSync(there) ? there : here;
}
