import { execFile } from "node:child_process";
import { readFile, readdir, readlink } from "node:fs/promises";
import path from "node:path";

/** What a port belongs to: UDP and TCP ports of one number are two. */
export type PortProtocol = "udp" | "tcp";

const patienceMs = 2000;

/** The program that has a port of this machine, if the system shows it: `Resolume (pid 4711)`. Never throws. */
export async function portOwner(protocol: PortProtocol, port: number): Promise<string | undefined> {
  const inProc = process.platform === "linux" ? await fromProc(protocol, port) : undefined;
  if (inProc !== undefined) return inProc;
  const asked = protocol === "udp" ? [`-iUDP:${port}`] : [`-iTCP:${port}`, "-sTCP:LISTEN"];
  return fromLsof(await run("lsof", ["-nP", ...asked, "-Fpcn"]), port);
}

/** The sockets of a port in a table of `/proc/net`: inode and user. Those that are not connected come first. */
export function socketsOf(table: string, protocol: PortProtocol, port: number): { inode: string; uid: string }[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const lines = table.split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  const ours = lines.filter(([, local = "", , state]) => local.endsWith(wanted) && (protocol === "udp" || state === listening));
  const free = ours.filter(([, , remote = ""]) => remote.endsWith(":0000"));
  return [...free, ...ours.filter((line) => !free.includes(line))].map(([, , , , , , , uid = "", , inode = ""]) => ({ inode, uid }));
}

/** State of a TCP socket in `/proc/net/tcp`. */
const listening = "0A";

async function fromProc(protocol: PortProtocol, port: number): Promise<string | undefined> {
  const tables = await Promise.all([`/proc/net/${protocol}`, `/proc/net/${protocol}6`].map((file) => readFile(file, "utf8").catch(() => "")));
  const [socket] = tables.flatMap((table) => socketsOf(table, protocol, port));
  if (socket === undefined) return undefined;
  const pid = await processWith(`socket:[${socket.inode}]`);
  // Descriptors of other users' processes are not ours to read.
  if (pid === undefined) return socket.uid === String(process.getuid?.()) ? undefined : `a program of another user (uid ${socket.uid})`;
  return `${await nameOf(pid)} (pid ${pid})`;
}

/** The process that has an open descriptor of this name. */
async function processWith(name: string): Promise<string | undefined> {
  for (const pid of (await readdir("/proc").catch(() => [])).filter((entry) => /^\d+$/.test(entry))) {
    const folder = `/proc/${pid}/fd`;
    const links = await Promise.all((await readdir(folder).catch(() => [])).map((fd) => readlink(`${folder}/${fd}`).catch(() => "")));
    if (links.includes(name)) return pid;
  }
  return undefined;
}

/** The name by which a person knows a process: its program, or the script that an interpreter runs. */
async function nameOf(pid: string): Promise<string> {
  const words = (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")).split("\0").filter((word) => word !== "");
  const [program, script] = words.map((word) => (word.startsWith("/") ? path.basename(word) : word));
  if (program === undefined) return (await readFile(`/proc/${pid}/comm`, "utf8").catch(() => "a program")).trim();
  const runs = /^(?:node|python[\d.]*|perl|ruby|java|deno|bun)$/.test(program) && script !== undefined && !script.startsWith("-");
  return (runs ? `${program} ${path.basename(script)}` : program).slice(0, 60);
}

/** Reads `lsof -F pcn`: one field per line, its kind as the first letter. */
export function fromLsof(output: string, port: number): string | undefined {
  let pid = "";
  let command = "";
  for (const line of output.split("\n")) {
    const value = line.slice(1);
    if (line.startsWith("p")) pid = value;
    else if (line.startsWith("c")) command = value;
    // A name like `127.0.0.1:50000->127.0.0.1:9000` is a sender.
    else if (line.startsWith("n") && !value.includes("->") && value.endsWith(`:${port}`)) return `${command} (pid ${pid})`;
  }
  return undefined;
}

/** Output of a program; empty when it is not installed, fails or hangs. */
function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: patienceMs }, (_error, stdout) => resolve(stdout));
  });
}
