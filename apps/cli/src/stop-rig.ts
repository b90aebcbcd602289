import { busDir, connect } from "@vj/control";
import { probe, removeDead, scan } from "@vj/discovery";
import { managerName } from "@vj/schema";
import { CliError } from "./cli-error.ts";
import { untilGone } from "./gone.ts";

/** The manager gives its workers 4 s; what then still runs hangs. */
const endMs = 10_000;

/**
 * Stops the process manager with its workers, then whatever ran without one. Returns when the processes have ended.
 * @returns the names of what was stopped. @throws CliError naming what has not ended.
 */
export async function stopRig(): Promise<string[]> {
  const stopped: string[] = [];
  const problems: string[] = [];
  const stopOne = async (name: string): Promise<void> => {
    const problem = await stop(name);
    if (problem === null) stopped.push(name);
    if (typeof problem === "string") problems.push(problem);
  };
  if (scan(busDir()).includes(managerName)) await stopOne(managerName);
  // Whatever is still there ran without a manager, or outlived it.
  await Promise.all(scan(busDir()).filter((name) => name !== managerName).map(stopOne));
  if (problems.length > 0) {
    const hint = "each process is listed by: ps ax | grep 'vj '; end it with kill -9 and its pid";
    throw new CliError(`not everything has ended\n  ${problems.join("\n  ")}`, { hint });
  }
  return stopped;
}

/** @returns null when it was stopped, undefined when it did not run, else what is wrong. */
async function stop(name: string): Promise<string | null | undefined> {
  const found = await probe(name, busDir());
  switch (found.status) {
    case "absent":
      return undefined;
    case "dead":
      await removeDead(name, busDir());
      return undefined;
    case "silent":
      return `${name} does not answer`;
    case "unusable":
      return `${name}: ${found.reason}`;
    case "alive":
      return shutDown(name, found.state.pid);
  }
}

async function shutDown(name: string, pid: number): Promise<string | null> {
  const client = await connect(name, { busDir: busDir(), reconnect: false });
  const reply = await client.request("shutdown").finally(() => client.close());
  if (!reply.success) return `${name} refuses to end: ${reply.message ?? "no reason given"}`;
  return (await untilGone(pid, endMs)) ? null : `${name} (pid ${pid}) does not end`;
}
