import { existsSync, readFileSync, readdirSync, readlinkSync } from "node:fs";
import path from "node:path";
import { identify, isRunning } from "./identity.ts";
import type { ProcessIdentity } from "./identity.ts";
import { ourselves } from "./kill-tree.ts";
import { processSource } from "./process-source.ts";

/** Flag of a listening socket in `/proc/net/unix`. */
const listening = 0x10000;

/**
 * The process that listens on a Unix socket bound at this path, whatever pid it claims. If several share it (a server and
 * its forks), the oldest. Undefined when there is none, when it was bound under another name, or where the system does
 * not show it (no `/proc`).
 */
export function socketOwner(file: string): ProcessIdentity | undefined {
  const inodes = boundAt(file);
  if (inodes.size === 0) return undefined;
  return processSource
    .all()
    .filter(({ pid, ended }) => !ended && holdsOne(pid, inodes))
    .toSorted((a, b) => a.start - b.start || a.pid - b.pid)
    .map(({ pid, start }) => ({ pid, start }))[0];
}

/**
 * The process of a peer that claims this pid; call it while the connection is open. If the system shows another owner,
 * that one is returned. Where the system shows none, the claim is accepted, except for a pid of our own processes or of
 * the first process.
 */
export function ownerByClaim(pid: number, file: string): ProcessIdentity | undefined {
  const claimed = identify(pid);
  const inodes = boundAt(file);
  if (inodes.size > 0) return claimed !== undefined && holdsOne(pid, inodes) ? claimed : socketOwner(file);
  if (claimed === undefined || !isRunning(claimed) || pid === 1 || ourselves(processSource.all()).has(pid)) return undefined;
  return claimed;
}

/**
 * The processes that listen on a socket which they bound in this directory and which is no longer there under that name: it was
 * deleted, or moved to another name. Empty where the system does not list them (no `/proc`). Processes that see other files (in a
 * container on the network of this machine) do not count.
 */
export function listenersWithoutFile(dir: string): ProcessIdentity[] {
  const inodes = listeningSockets((file) => path.dirname(file) === dir && !existsSync(file));
  if (inodes.size === 0) return [];
  return processSource
    .all()
    .filter(({ pid, ended }) => !ended && holdsOne(pid, inodes) && seesOurFiles(pid))
    .map(({ pid, start }) => ({ pid, start }));
}

/** Whether a path means the same file to a process as to us: it has our mounts. */
function seesOurFiles(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/ns/mnt`) === readlinkSync("/proc/self/ns/mnt");
  } catch {
    // It has just ended.
    return false;
  }
}

/** Inodes of the sockets listening at a path, as far as the system lists them. */
function boundAt(file: string): Set<string> {
  return listeningSockets((other) => other === file);
}

function listeningSockets(isWanted: (file: string) => boolean): Set<string> {
  const inodes = new Set<string>();
  for (const line of readTable().split("\n")) {
    const [, , , flags, , , inode, ...words] = line.trim().split(/\s+/);
    if (inode !== undefined && (Number.parseInt(flags ?? "", 16) & listening) !== 0 && isWanted(words.join(" "))) inodes.add(inode);
  }
  return inodes;
}

function readTable(): string {
  try {
    return readFileSync("/proc/net/unix", "utf8");
  } catch {
    // Not Linux, or no access.
    return "";
  }
}

/** Whether a process holds one of these sockets, as far as we may look. */
export function holdsOne(pid: number, inodes: ReadonlySet<string>): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((fd) => inodes.has(socketInode(`/proc/${pid}/fd/${fd}`)));
  } catch {
    // Another user's process, or one that has just ended.
    return false;
  }
}

function socketInode(link: string): string {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1] ?? "";
  } catch {
    // Closed meanwhile.
    return "";
  }
}
