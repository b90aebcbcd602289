import { isOf, send, sendSignal } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";
import { processSource } from "./process-source.ts";
import type { ProcessFacts } from "./process-facts.ts";

/** Number of rounds; each finds processes that were started during the one before. */
const rounds = 3;

/**
 * Processes that belong to a process: its descendants, and the members of the group and the session that it leads or led,
 * even if their parent has ended. A process with a session of its own and an ended parent does not belong: it is a daemon
 * that was meant to stay, such as a sound server.
 * @param processes all processes of the system at one moment
 */
export function belongingsOf(owner: ProcessIdentity, processes: readonly ProcessFacts[]): ProcessFacts[] {
  // The children of the first process include all orphans of a system or a container.
  if (owner.pid === 1) return [];
  const holder = processes.find(({ pid }) => pid === owner.pid);
  // The system does not reuse a pid while a group or a session has that number: a new holder means that nothing is left
  // of the old one.
  if (holder !== undefined && !isOf(holder, owner)) return [];
  const leads = (facts: ProcessFacts): boolean => facts.group === owner.pid || facts.session === owner.pid;
  const found = new Map(processes.filter((facts) => facts.pid !== owner.pid && leads(facts)).map((facts) => [facts.pid, facts]));
  const parents = new Set([owner.pid, ...found.keys()]);
  for (let before = -1; before < parents.size; ) {
    before = parents.size;
    for (const facts of processes) {
      if (!parents.has(facts.parent) || parents.has(facts.pid)) continue;
      parents.add(facts.pid);
      found.set(facts.pid, facts);
    }
  }
  for (const pid of ourselves(processes)) found.delete(pid);
  return [...found.values()].filter(({ ended }) => !ended);
}

/** This process and its ancestors, which must never be killed along with a worker. */
export function ourselves(processes: readonly ProcessFacts[]): Set<number> {
  const line = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined && pid > 0 && !line.has(pid); ) {
    line.add(pid);
    pid = processes.find((facts) => facts.pid === pid)?.parent;
  }
  return line;
}

/**
 * Kills a process and everything that belongs to it. @returns whether it was still running.
 * @throws ControlError `processes` when the system cannot be asked; the system's error when it does not permit the signal.
 */
export function killTree(owner: ProcessIdentity): boolean {
  const belongings = belongingsOf(owner, processSource.all());
  // The process itself first, so that it starts nothing more.
  const wasThere = sendSignal(owner, "SIGKILL");
  killAll(owner, belongings);
  return wasThere;
}

/**
 * The descendants of a process, for {@link killLeftBehind}: those with a session of their own cannot be found any more
 * once it has ended. Cheap; empty where it would need a list of all processes.
 * @throws ControlError `processes` when the system cannot be asked.
 */
export function descendantsOf(owner: ProcessIdentity): ProcessIdentity[] {
  const facts = processSource.facts(owner.pid);
  if (facts === undefined || !isOf(facts, owner)) return [];
  const found: ProcessIdentity[] = [];
  const pids = processSource.children(owner.pid);
  // The list grows during the loop. No process is its own descendant, but a pid may be reused meanwhile.
  for (const pid of pids) {
    const child = processSource.facts(pid);
    if (child === undefined || found.some((known) => known.pid === pid)) continue;
    found.push({ pid, start: child.start });
    pids.push(...processSource.children(pid));
  }
  return found;
}

/**
 * Kills the processes that an ended process left behind.
 * @param known its descendants, as recorded while it ran
 * @throws as {@link killTree} does.
 */
export function killLeftBehind(owner: ProcessIdentity, known: readonly ProcessIdentity[] = []): void {
  killAll(owner, known);
}

/** Kills the group that a process leads or led: one system call, without a list of all processes. */
export function killGroup(leader: ProcessIdentity): void {
  // -1 would mean all processes.
  if (leader.pid === 1) return;
  const facts = processSource.facts(leader.pid);
  // Only if no process has the pid, or this process still leads the group: otherwise the number belongs to another group
  // by now.
  if (facts === undefined || (isOf(facts, leader) && facts.group === leader.pid)) send(-leader.pid, "SIGKILL");
}

function killAll(owner: ProcessIdentity, known: readonly ProcessIdentity[]): void {
  for (const victim of known) sendSignal(victim, "SIGKILL");
  for (let round = 0; round < rounds; round += 1) {
    const processes = processSource.all();
    const left = [owner, ...known].flatMap((identity) => belongingsOf(identity, processes));
    if (left.length === 0) return;
    for (const victim of left) sendSignal(victim, "SIGKILL");
  }
}
