// How scripts start pnpm where it is not in the search path, as in a checkout that is used by `npx -y pnpm@10 …` alone.
import path from "node:path";

/**
 * The pnpm that runs this script, else the one that npx fetches.
 * @param {NodeJS.ProcessEnv} env
 * @returns {[program: string, ...args: string[]]} what stands before the arguments of pnpm
 */
export function pnpmCommand(env) {
  // Other package managers set this variable, too.
  const program = env["npm_execpath"] ?? "";
  if (!/^pnpm\b/.test(path.basename(program))) return ["npx", "--prefer-offline", "-y", "pnpm@10"];
  return /\.[cm]?js$/.test(program) ? [process.execPath, program] : [program];
}
