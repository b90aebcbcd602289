import path from "node:path";
import { checkStore, makeFolder } from "@vj/files";
import { readEnvironment } from "@vj/worker";

/**
 * Lets a worker load code from V8's compile cache, where Node supports it (22 and later; others ignore the variable). The
 * code in the cache is executed, so a directory that other users could change is not used. A variable set by a person is
 * kept. Coverage is measured without the cache, which would make it less precise.
 * @returns additions to the environment of a worker
 */
export function compileCache(env: NodeJS.ProcessEnv = process.env): { readonly NODE_COMPILE_CACHE?: string } {
  if (env["NODE_COMPILE_CACHE"] !== undefined || env["NODE_V8_COVERAGE"] !== undefined) return {};
  try {
    const dir = path.join(readEnvironment(env).cacheDir, "node-compile-cache");
    makeFolder(dir);
    checkStore(dir);
    return { NODE_COMPILE_CACHE: dir };
  } catch {
    // The cache is only a help: the worker starts without it.
    return {};
  }
}
