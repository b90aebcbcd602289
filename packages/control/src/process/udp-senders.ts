import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { procFiles } from "./proc-files.ts";
import { holdsOne } from "./socket-owner.ts";

/**
 * Inodes of this machine's UDP sockets connected to an IPv4 address, as far as the system lists them. Empty for other
 * addresses, and on systems other than Linux.
 */
export function udpSocketsTo(address: string, port: number): ReadonlySet<string> {
  return isIPv4(address) ? parseUdpTable(readTable(), address, port) : new Set();
}

/** @param table `/proc/net/udp`, whose addresses are hexadecimal, the bytes of the host in reverse: `0100007F:2328` */
export function parseUdpTable(table: string, address: string, port: number): ReadonlySet<string> {
  const hex = (value: number, digits: number): string => value.toString(16).toUpperCase().padStart(digits, "0");
  const remote = `${address.split(".").reverse().map((byte) => hex(Number(byte), 2)).join("")}:${hex(port, 4)}`;
  const inodes = new Set<string>();
  for (const line of table.split("\n")) {
    const [, , to, , , , , , , inode] = line.trim().split(/\s+/);
    if (to === remote && inode !== undefined) inodes.add(inode);
  }
  return inodes;
}

/** A process that holds a socket. */
export interface SocketHolder {
  readonly pid: number;
  /** Its command line, or the title that it set. */
  readonly command: string;
}

/** The processes of this user that hold one of these sockets and whose command begins with `prefix`. */
export function socketHolders(inodes: ReadonlySet<string>, prefix: string): SocketHolder[] {
  if (inodes.size === 0) return [];
  // Without /proc there are no inodes to look for.
  return procFiles
    .all()
    .filter(({ ended }) => !ended)
    .map(({ pid }) => ({ pid, command: procFiles.command(pid) }))
    .filter(({ pid, command }) => command.startsWith(prefix) && holdsOne(pid, inodes));
}

/**
 * A variable from the environment in which another process of this user was started; undefined when it is not set, or the
 * system does not show it.
 */
export function variableOf(pid: number, name: string): string | undefined {
  try {
    const entry = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").find((line) => line.startsWith(`${name}=`));
    return entry?.slice(name.length + 1);
  } catch {
    return undefined;
  }
}

function readTable(): string {
  try {
    return readFileSync("/proc/net/udp", "latin1");
  } catch {
    // Not Linux, or no access.
    return "";
  }
}
