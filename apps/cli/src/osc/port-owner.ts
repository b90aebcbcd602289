import { execFile } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";

const patienceMs = 2000;

/** The program that listens on a UDP port of this machine, if the system shows it: `Resolume (pid 4711)`. */
export async function udpPortOwner(port: number): Promise<string | undefined> {
  return fromLsof(await run("lsof", ["-nP", `-iUDP:${port}`, "-Fpcn"]), port) ?? fromSs(await run("ss", ["-lunpH", `sport = :${port}`]));
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

/** Reads `ss -lunp`: `… users:(("name",pid=4711,fd=20))`. */
export function fromSs(output: string): string | undefined {
  const match = /users:\(\("([^"]*)",pid=(\d+)/.exec(output);
  return match === null ? undefined : `${match[1]} (pid ${match[2]})`;
}

/** The next free UDP port above `port`; undefined when there is none near. */
export async function nextFreePort(port: number): Promise<number | undefined> {
  for (let next = port + 1; next <= Math.min(port + 50, 65_535); next += 1) if (await isUdpPortFree(next)) return next;
  return undefined;
}

/** Whether a UDP port of this machine is free. */
export async function isUdpPortFree(port: number): Promise<boolean> {
  const socket = createSocket("udp4");
  try {
    const listening = once(socket, "listening");
    socket.bind(port, "127.0.0.1");
    await listening;
    return true;
  } catch {
    // Taken, or not allowed: in both cases not free for us.
    return false;
  } finally {
    socket.close();
  }
}

/** Output of a program; empty when it is not installed, fails or hangs. */
function run(command: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: patienceMs }, (_error, stdout) => resolve(stdout));
  });
}
