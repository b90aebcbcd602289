import { connect, descendantsOf, forgetChild, killLeftBehind, killTree, messageOf, nameOwner, ownerByClaim, sendSignal, socketOwner, socketPath, terminate } from "@vj/control";
import type { ProcessIdentity } from "@vj/control";
import { probe, removeDead } from "@vj/discovery";
import type { ProbeResult } from "@vj/discovery";
import { untilGone } from "./until-gone.ts";

/** How long the system may take to end what was killed: it waits for a device at most. */
const killMs = 3000;

/** What became of a process that was to end. `problem` is for a person. */
export type Ended =
  | { readonly outcome: "stopped" }
  | { readonly outcome: "killed"; readonly pid: number; readonly why: string }
  | { readonly outcome: "left"; readonly problem: string };

export interface EndOptions {
  /** Time to end by itself, milliseconds. */
  readonly limitMs: number;
  /** Leave alone what it has started: the manager's children are workers, which end in their own time. */
  readonly alone: boolean;
}

/**
 * Ends the process that serves a name: asks it on its socket, else by signal, and kills it when it has not ended in time. Known by its
 * lock, else by what the system says of its socket, so that the right process is meant whatever it claims.
 * @returns undefined when nobody served it.
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

/** @returns why it does not end on request; undefined when it does. */
async function shutDown(name: string, busDir: string): Promise<string | undefined> {
  try {
    const client = await connect(name, { busDir, reconnect: false });
    const reply = await client.request("shutdown").finally(() => client.close());
    return reply.success ? undefined : `it refused: ${reply.message ?? "no reason given"}`;
  } catch (error) {
    return messageOf(error);
  }
}

/** One that answers, but whose process the system does not name: all that can be done is to ask it. */
async function endUnknown(name: string, busDir: string, limitMs: number): Promise<Ended> {
  const refused = await shutDown(name, busDir);
  const end = performance.now() + limitMs;
  while (refused === undefined && performance.now() < end) {
    const { status } = await probe(name, { busDir });
    if (status === "absent" || status === "dead") return { outcome: "stopped" };
  }
  return { outcome: "left", problem: `${name} ${refused ?? "does not end"}, and its process cannot be found: end it yourself` };
}
