import { isOf, send, sendSignal } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";
import { processSource } from "./process-facts.ts";
import type { ProcessFacts } from "./process-facts.ts";

/** Looks after the first; each finds what was started while the one before was at work. */
const rounds = 3;

/**
 * What belongs to a process: its children and theirs, and the group and the session that it leads or led, to which also those
 * belong whose parent has ended. Not what has a session of its own and lost its parent: that is a daemon which somebody
 * meant to stay, such as a sound server.
 * @param processes every process there is, at one moment
 */
export function belongingsOf(owner: ProcessIdentity, processes: readonly ProcessFacts[]): ProcessFacts[] {
  // All orphans of a system or a container are children of its first process.
  if (owner.pid === 1) return [];
  const holder = processes.find(({ pid }) => pid === owner.pid);
  // The system gives no pid away while a group or a session has its number: with a new holder nothing is left of the old.
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

/** This process and those above it, which no worker takes along. */
export function ourselves(processes: readonly ProcessFacts[]): Set<number> {
  const line = new Set<number>();
  for (let pid: number | undefined = process.pid; pid !== undefined && pid > 0 && !line.has(pid); ) {
    line.add(pid);
    pid = processes.find((facts) => facts.pid === pid)?.parent;
  }
  return line;
}

/**
 * Kills a process with what belongs to it. @returns whether it was still there.
 * @throws Error when the system cannot be asked, or does not let us.
 */
export function killTree(owner: ProcessIdentity): boolean {
  const belongings = belongingsOf(owner, processSource.all());
  // First, so that it starts nothing more.
  const wasThere = sendSignal(owner, "SIGKILL");
  killAll(owner, belongings);
  return wasThere;
}

/**
 * The children of a process and theirs, for {@link killLeftBehind}: those with a session of their own cannot be found any more once
 * it has ended. Cheap; empty where that would need a list of all processes.
 * @throws Error when the system cannot be asked.
 */
export function descendantsOf(owner: ProcessIdentity): ProcessIdentity[] {
  const facts = processSource.facts(owner.pid);
  if (facts === undefined || !isOf(facts, owner)) return [];
  const found: ProcessIdentity[] = [];
  const pids = processSource.children(owner.pid);
  // It grows while it is walked; no process is its own descendant, but a pid may be reused meanwhile.
  for (const pid of pids) {
    const child = processSource.facts(pid);
    if (child === undefined || found.some((known) => known.pid === pid)) continue;
    found.push({ pid, start: child.start });
    pids.push(...processSource.children(pid));
  }
  return found;
}

/**
 * Kills what a process that has ended left behind.
 * @param known what it had started, as far as somebody looked while it ran
 * @throws Error as {@link killTree} does.
 */
export function killLeftBehind(owner: ProcessIdentity, known: readonly ProcessIdentity[] = []): void {
  killAll(owner, known);
}

/** Kills the group that a process leads or led, in one system call and without a look at all processes. */
export function killGroup(leader: ProcessIdentity): void {
  // -1 would be every process there is.
  if (leader.pid === 1) return;
  const facts = processSource.facts(leader.pid);
  // Led by nobody that still has the pid, or by this very process: else the number is of another group by now.
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
