/** Environment variables of the command itself; the others are for the workers. */
export interface CliEnvironment {
  /** There is a terminal for a full screen, and no build server around it. */
  readonly fullScreen: boolean;
  /** Started by npm, npx, pnpm or a similar runner. */
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
