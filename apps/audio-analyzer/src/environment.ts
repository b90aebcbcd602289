import { accessSync, constants } from "node:fs";
import path from "node:path";

/** The folder in which the rig was started; the process manager starts its workers in another one. */
export function launchFolder(env: NodeJS.ProcessEnv = process.env): string {
  return env["INIT_CWD"] ?? env["PWD"] ?? process.cwd();
}

/** Folders of `PATH`. */
export function searchPath(env: NodeJS.ProcessEnv = process.env): string[] {
  return (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
}

/** Our environment with additions, for child processes. */
export function environmentWith(additions: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...additions };
}

/** Variables for building native code: `PYTHON` and `npm_config_nodedir`, empty where they are not set. */
export function readBuildEnvironment(env: NodeJS.ProcessEnv = process.env): { readonly python: string; readonly nodedir: string } {
  return { python: env["PYTHON"] ?? "", nodedir: env["npm_config_nodedir"] ?? "" };
}

/** Whether one of the folders of `PATH` contains a program. */
export function isInstalled(program: string, env: NodeJS.ProcessEnv = process.env): boolean {
  return searchPath(env).some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      // Not in this folder.
      return false;
    }
  });
}
