import path from "node:path";
import { messageOf } from "@vj/control";
import type { Target } from "@vj/schema";
import { watchTargets } from "@vj/telemetry";
import { readEnvironment } from "@vj/worker";
import { isUdpPortFree, udpPortOwner } from "../osc/port-owner.ts";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";

/** Where telemetry goes, and who listens there. */
export async function checkTargets(): Promise<Finding[]> {
  const problems: string[] = [];
  let targets: readonly Target[];
  try {
    targets = await readTargets((problem) => problems.push(problem));
  } catch (error) {
    // An environment that cannot be read is told of elsewhere.
    return [failure("targets", messageOf(error), "correct or unset this variable")];
  }
  const broken = problems.map((problem) => failure("targets", problem, "correct this file; until then the last good targets count"));
  const shared = sharedPorts(targets).map((where) => warning("targets", `two targets send to ${where}`, "switch one of them off"));
  return [...broken, ...shared, ...(await Promise.all(targets.map(checkTarget)))];
}

async function readTargets(onProblem: (problem: string) => void): Promise<readonly Target[]> {
  const { targets: fixed, configDir } = readEnvironment();
  if (fixed !== undefined) return fixed;
  let targets: readonly Target[] = [];
  const watch = watchTargets(path.join(configDir, "targets.json"), (read) => (targets = read), onProblem);
  await watch.ready;
  watch.close();
  return targets;
}

/** Places that more than one enabled target sends to: every message arrives twice there. */
export function sharedPorts(targets: readonly Target[]): string[] {
  const places = targets.filter(({ enabled }) => enabled).map(({ host, port }) => `${host}:${port}`);
  return [...new Set(places.filter((place, index) => places.indexOf(place) !== index))];
}

async function checkTarget({ name, host, port, enabled }: Target): Promise<Finding> {
  const place = `${host}:${port}`;
  const subject = name === place ? `target ${place}` : `target ${name} (${place})`;
  if (!enabled) return fine(subject, "switched off");
  if (!isThisMachine(host)) return fine(subject, "on another machine; whether it listens cannot be seen from here");
  if (await isUdpPortFree(port)) return warning(subject, "nobody listens", `start the program that is to receive, or let it listen on UDP port ${port}`);
  return fine(subject, `received by ${(await udpPortOwner(port)) ?? "a program that the system does not name"}`);
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || host.startsWith("127.");
}
