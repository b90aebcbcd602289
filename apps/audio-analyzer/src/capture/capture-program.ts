import { lstatSync, mkdtempSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { makeFolder } from "@vj/files";
import { environmentWith } from "../environment.ts";

/** The same path from `src` and from `dist`. */
const program = fileURLToPath(new URL("../../bin/vj-capture.js", import.meta.url));

/** How to start `vj-capture`: program, arguments, environment. */
export interface CaptureProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
}

/** How `vj-capture` is started. */
export interface CaptureOptions {
  /** A sound server records its default output instead of its default input. Default false. */
  readonly monitor?: boolean | undefined;
}

/** @param args for `vj-capture` */
export function captureProgram(args: readonly string[], { monitor = false }: CaptureOptions = {}): CaptureProgram {
  return {
    command: process.execPath,
    args: [program, ...args],
    env: environmentWith({
      // Every hanging stream occupies one thread of Node's pool.
      UV_THREADPOOL_SIZE: "8",
      ...(monitor ? { PULSE_SOURCE: "@DEFAULT_MONITOR@" } : {}),
    }),
    cwd: captureDirectory(),
  };
}

/** The folder for the native module's `crash.log`, closed to other users. */
function captureDirectory(): string {
  const { uid, username } = userInfo();
  const directory = path.join(tmpdir(), `vj-capture-${uid < 0 ? username : uid}`);
  try {
    makeFolder(directory);
    const found = lstatSync(directory);
    if (found.isDirectory() && (uid < 0 || (found.uid === uid && (found.mode & 0o077) === 0))) return directory;
  } catch {
    // Another user has put something in its place.
  }
  return mkdtempSync(path.join(tmpdir(), "vj-capture-"));
}
