import { mkdirSync } from "node:fs";
import path from "node:path";
import { checkStore } from "@vj/files";
import { readEnvironment } from "@vj/worker";

/**
 * Lets a worker start from code that V8 compiled before, where Node can (22 and later; others ignore the variable). What
 * lies there is run, so a directory that other users could change is not used. A variable that a person set is left alone,
 * and coverage is measured without the cache, which would make it less precise.
 * @returns what to add to the environment of a worker
 */
export function compileCache(env: NodeJS.ProcessEnv = process.env): { readonly NODE_COMPILE_CACHE?: string } {
  if (env["NODE_COMPILE_CACHE"] !== undefined || env["NODE_V8_COVERAGE"] !== undefined) return {};
  try {
    const dir = path.join(readEnvironment(env).cacheDir, "node-compile-cache");
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    checkStore(dir);
    return { NODE_COMPILE_CACHE: dir };
  } catch {
    // Only a help: the worker starts without it.
    return {};
  }
}
