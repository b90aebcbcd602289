import { connect, descendantsOf, forgetChild, killLeftBehind, killTree, nameOwner, ownerByClaim, sendSignal, socketOwner, socketPath, terminate } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { messageOf } from "@vj/schema";
import { probe, removeDead } from "@vj/discovery";
import type { ProbeResult } from "@vj/discovery";
import { untilGone } from "./until-gone.ts";

/** Time for the system to end a killed process, milliseconds: it may wait for a device. */
const killMs = 3000;

/** Outcome for a process that was to end. `problem` is for a person. */
export type Ended =
  | { readonly outcome: "stopped" }
  | { readonly outcome: "killed"; readonly pid: number; readonly why: string }
  | { readonly outcome: "left"; readonly problem: string };

export interface EndOptions {
  /** Time to end on its own, milliseconds. */
  readonly limitMs: number;
  /** Do not end its children: the manager's children are workers, which end in their own time. */
  readonly alone: boolean;
}

/**
 * Ends the process that serves a name: asks it on its socket, or else by signal, and kills it when it has not ended in
 * time. The process is identified by its lock or by the system's record of its socket, so that it is the right one
 * whatever pid it claims.
 * @returns undefined when no process served the name.
 */
export async function endProcess(name: string, busDir: string, options: EndOptions): Promise<Ended | undefined> {
  try {
    const found = await probe(name, { busDir });
    const owner = nameOwner(busDir, name) ?? ownerOf(found, socketPath(name, busDir));
    if (owner !== undefined) {
      const ended = await end(name, owner, { ...options, ask: found.status === "alive" ? () => shutDown(name, busDir) : undefined });
      if (ended.outcome !== "left") forgetChild(busDir, name, owner);
      return ended;
    }
    switch (found.status) {
      case "absent":
      case "blocked":
        return undefined;
      case "dead":
        await removeDead(name, { busDir });
        return undefined;
      case "alive":
        return await endUnknown(name, busDir, options.limitMs);
      case "silent":
        return { outcome: "left", problem: `${name} does not answer, and its process cannot be found: end it yourself` };
      case "unusable":
        return { outcome: "left", problem: `${name}: ${found.reason}` };
    }
  } catch (error) {
    return { outcome: "left", problem: `${name}: ${messageOf(error)}` };
  }
}

function ownerOf(found: ProbeResult, file: string): ProcessIdentity | undefined {
  return found.status === "alive" ? ownerByClaim(found.state.pid, file) : socketOwner(file);
}

/** Ends a process that has no socket to be asked on: by signal, and kills it when it has not ended in time. */
export function endOwner(name: string, owner: ProcessIdentity, options: EndOptions): Promise<Ended> {
  return end(name, owner, { ...options, ask: undefined });
}

async function end(name: string, owner: ProcessIdentity, options: EndOptions & { ask: (() => Promise<string | undefined>) | undefined }): Promise<Ended> {
  const { pid } = owner;
  const seconds = options.limitMs / 1000;
  let why = options.ask === undefined ? `it neither answered nor ended within ${seconds} s` : `it did not end within ${seconds} s`;
  const descendants = descendantsOf(owner);
  const refused = await options.ask?.();
  if (refused !== undefined) why = refused;
  if (options.ask === undefined || refused !== undefined) terminate(owner);
  const ended = await untilGone(owner, options.limitMs);
  if (!ended) {
    if (options.alone) sendSignal(owner, "SIGKILL");
    else killTree(owner);
    if (!(await untilGone(owner, killMs))) return { outcome: "left", problem: `${name} (pid ${pid}) does not end, although it was killed` };
  }
  if (!options.alone) killLeftBehind(owner, descendants);
  return ended ? { outcome: "stopped" } : { outcome: "killed", pid, why };
}

/** @returns the reason why it does not end on request; undefined when it does. */
async function shutDown(name: string, busDir: string): Promise<string | undefined> {
  try {
    const client = await connect(name, { busDir, reconnect: false });
    const reply = await client.request("shutdown").finally(() => client.close());
    return reply.success ? undefined : `it refused: ${reply.message ?? "no reason given"}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** A process that answers but that the system does not identify: it can only be asked to end. */
async function endUnknown(name: string, busDir: string, limitMs: number): Promise<Ended> {
  const refused = await shutDown(name, busDir);
  const end = performance.now() + limitMs;
  while (refused === undefined && performance.now() < end) {
    const { status } = await probe(name, { busDir });
    if (status === "absent" || status === "dead") return { outcome: "stopped" };
  }
  return { outcome: "left", problem: `${name} ${refused ?? "does not end"}, and its process cannot be found: end it yourself` };
}
