import path from "node:path";

/** What the environment tells the command itself; the rest of it goes to the workers. */
export interface CliEnvironment {
  /** Somebody watches and types: a terminal on both sides, and no build server around it. */
  readonly interactive: boolean;
  /** Folders of programs. */
  readonly searchPath: readonly string[];
}

/** Reads `CI` and `PATH`. */
export function readCliEnvironment(env: NodeJS.ProcessEnv = process.env): CliEnvironment {
  const ci = env["CI"] !== undefined && env["CI"] !== "" && env["CI"] !== "false";
  return {
    interactive: process.stdin.isTTY && process.stdout.isTTY && !ci,
    searchPath: (env["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== ""),
  };
}
