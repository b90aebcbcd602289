import { execFile } from "node:child_process";
import { identify, isRunning } from "@vj/control";

const pollMs = 500;

/** Package runners, and the shells they put between themselves and what they run. */
const launcherPattern = /(?:^|[/\s@])(?:npm|npx|pnpm|pnpx|yarn|bunx?|corepack)(?:[\s@./]|-cli|$)|(?:^|\/)(?:ba|da|z)?sh -c /;

/**
 * Calls back when one of the package runners above this process has ended: `npx` and its like do not pass on the signal
 * that ends them, and what they run would be left over.
 * @returns the undo.
 */
export async function watchLaunchers(onGone: () => void): Promise<() => void> {
  const launchers = launchersOf(process.pid, await listProcesses()).map(identify).filter((identity) => identity !== undefined);
  const timer = setInterval(() => {
    if (!launchers.every(isRunning)) onGone();
  }, pollMs);
  return () => clearInterval(timer);
}

/** The unbroken row of package runners above a process, nearest first. @param list lines of `ps -o pid=,ppid=,args=` */
export function launchersOf(pid: number, list: string): number[] {
  const parents = new Map<number, number>();
  const commands = new Map<number, string>();
  for (const line of list.split("\n")) {
    const match = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line);
    if (match === null) continue;
    parents.set(Number(match[1]), Number(match[2]));
    commands.set(Number(match[1]), match[3] ?? "");
  }
  const launchers: number[] = [];
  for (let above = parents.get(pid); above !== undefined && launcherPattern.test(commands.get(above) ?? ""); above = parents.get(above)) {
    launchers.push(above);
  }
  return launchers;
}

/** Nothing on a system without `ps`: then nothing is watched. */
function listProcesses(): Promise<string> {
  return new Promise((resolve) => {
    execFile("ps", ["-A", "-o", "pid=,ppid=,args="], { maxBuffer: 16 * 1_048_576 }, (_error, stdout) => resolve(stdout));
  });
}
