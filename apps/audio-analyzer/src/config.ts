/** Our environment with additions, for the programs we start. */
export function environmentWith(additions: Record<string, string>): NodeJS.ProcessEnv {
  return { ...process.env, ...additions };
}
