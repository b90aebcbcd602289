/** What the command itself takes from the environment; the rest of it goes to the workers. */
export interface CliEnvironment {
  /** There is a terminal that shows a full screen, and no build server around it. */
  readonly fullScreen: boolean;
  /** Started by npm, npx, pnpm or the like. */
  readonly underPackageRunner: boolean;
}

/** Reads `CI`, `TERM` and `npm_execpath`. */
export function readCliEnvironment(env: NodeJS.ProcessEnv = process.env): CliEnvironment {
  const inCi = env["CI"] !== undefined && env["CI"] !== "0" && env["CI"] !== "false";
  return {
    fullScreen: process.stdout.isTTY && env["TERM"] !== "dumb" && !inCi,
    underPackageRunner: env["npm_execpath"] !== undefined,
  };
}
