import path from "node:path";
import { messageOf, placeText } from "@vj/schema";
import type { Target } from "@vj/schema";
import { isPortFree, portOwner } from "@vj/telemetry";
import { readEnvironment, watchTargets } from "@vj/worker";
import { runningStates } from "../running-states.ts";
import { failure, fine, warning } from "./check.ts";
import type { Finding } from "./check.ts";
import { reachOf } from "./reach.ts";
import { usedTargets } from "./worker-targets.ts";
import type { UsedTarget } from "./worker-targets.ts";

/** Checks the targets of the running workers and their listeners; while none runs, the configured targets. */
export async function checkTargets(): Promise<Finding[]> {
  const problems: string[] = [];
  let configured: readonly Target[];
  try {
    configured = await readTargets((problem) => problems.push(problem));
  } catch (error) {
    // Another check reports an environment that cannot be read.
    return [failure("targets", messageOf(error), "correct or unset this variable")];
  }
  const broken = problems.map((problem) => failure("targets", problem, "correct this file"));
  const shared = sharedPorts(configured).map((where) => warning("targets", `two targets send to ${where}`, "switch one of them off"));
  const { targets: used, workers } = usedTargets(await runningStates());
  const enabled = configured.filter((target) => target.enabled);
  return [
    ...broken,
    ...shared,
    ...configured.filter((target) => !target.enabled).map((target) => fine(subjectOf(target), "switched off")),
    ...(await Promise.all(used.map(checkUsed))),
    // No worker sends yet: check the targets of the next start.
    ...(workers.length === 0 ? await Promise.all(enabled.map(checkListener)) : []),
    // The content of a broken file is not known.
    ...(broken.length === 0 ? differences(enabled, used, workers) : []),
  ];
}

/**
 * Configured targets that a worker does not have, and targets of workers that are not configured. @param workers all that
 * have telemetry
 */
export function differences(configured: readonly Target[], used: readonly UsedTarget[], workers: readonly string[]): Finding[] {
  const fix = "the workers were started with other targets than this shell has (VJ_OSC_TARGETS or VJ_CONFIG_DIR): use the same, then vj down and vj up";
  const unused = configured.flatMap((target) => {
    const having = used.find(({ place }) => place === placeText(target))?.workers ?? [];
    const others = workers.filter((worker) => !having.includes(worker));
    return others.length === 0 ? [] : [warning(subjectOf(target), `configured here, but no target of ${others.join(", ")}`, fix)];
  });
  const places = new Set(configured.map(placeText));
  const unknown = used.filter(({ place }) => !places.has(place));
  return [...unused, ...unknown.map((target) => warning(subjectOf(target), `not configured here, but a target of ${target.workers.join(", ")}`, fix))];
}

async function readTargets(onProblem: (problem: string) => void): Promise<readonly Target[]> {
  const { targets: fixed, configDir } = readEnvironment();
  if (fixed !== undefined) return fixed;
  let targets: readonly Target[] = [];
  const watch = watchTargets(path.join(configDir, "targets.json"), (read) => (targets = read), onProblem);
  await watch.ready;
  await watch.close();
  return targets;
}

/** Targets with the same address: every message arrives twice there. */
export function sharedPorts(targets: readonly Target[]): string[] {
  const places = targets.filter(({ enabled }) => enabled).map(placeText);
  return [...new Set(places.filter((place, index) => places.indexOf(place) !== index))];
}

async function checkUsed(target: UsedTarget): Promise<Finding> {
  const subject = subjectOf(target);
  const by = target.senders.length === 0 ? "nothing sent yet" : `sent to by ${target.senders.join(", ")}`;
  if (target.unreachable.length > 0) {
    return failure(subject, `cannot be reached by ${target.unreachable.join(", ")}${target.problem === undefined ? "" : `: ${target.problem.replace(/^cannot be reached: /, "")}`}`, "correct its host in targets.json, or connect this machine to its network");
  }
  if (target.refused) return warning(subject, `nobody listens; ${by}`, listenFix(target));
  if (target.errors + target.dropped > 0) {
    const why = target.problem === undefined ? "" : `; last: ${target.problem}`;
    return warning(subject, `${by}, with ${target.errors} errors and ${target.dropped} dropped of ${target.sent} messages${why}`, "see when and why with: vj logs");
  }
  const { level, found, fix } = await checkListener(target);
  return { level, subject, found: `${found}; ${by}`, ...(fix === undefined ? {} : { fix }) };
}

async function checkListener(target: Place): Promise<Finding> {
  const subject = subjectOf(target);
  const { host, port } = target;
  const reach = await reachOf(host);
  if (reach.kind !== "here") return fine(subject, `${distant[reach.kind]}; whether it listens cannot be seen from here`);
  if (await isPortFree("udp", port, reach.address)) return warning(subject, "nobody listens", listenFix(target));
  return fine(subject, `received by ${(await portOwner("udp", port)) ?? "a program that the system does not name"}`);
}

type Place = Pick<Target, "name" | "host" | "port">;

const distant = {
  elsewhere: "on another machine",
  broadcast: "every machine of the network (broadcast)",
  multicast: "every machine that has joined this group (multicast)",
} as const;

function subjectOf(target: Place): string {
  const place = placeText(target);
  return target.name === place ? `target ${place}` : `target ${target.name} (${place})`;
}

const listenFix = ({ port }: Place): string => `start the program that is to receive, or let it listen on UDP port ${port}`;
