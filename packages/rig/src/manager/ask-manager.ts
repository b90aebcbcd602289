import { connect, ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import type { WaitOptions } from "../wait.ts";
import type { ManagerOptions } from "./manager-options.ts";
import { explainIssues, limits, managerName, managerStateSchema } from "@vj/schema";
import type { ManagedWorker, ManagerState, Reply } from "@vj/schema";
import { RigError } from "./rig-error.ts";
import { untilListed } from "./until-listed.ts";

/** A connection to the process manager, or undefined when there is none. */
export async function findManager({ busDir, signal }: ManagerOptions = {}): Promise<ControlClient | undefined> {
  try {
    return await connect(managerName, { busDir, signal, reconnect: false });
  } catch (error) {
    if (error instanceof ControlError && (error.code === "not_found" || error.code === "refused")) return undefined;
    throw error;
  }
}

/** As `findManager`; when its files were deleted, it is waited for. */
async function findListedManager(options: ManagerOptions): Promise<ControlClient | undefined> {
  const manager = await findManager(options);
  if (manager !== undefined) return manager;
  await untilListed(options);
  return findManager(options);
}

/** The running process manager; undefined when there is none, or only one that is shutting down. */
export async function findOpenManager(options: ManagerOptions = {}): Promise<ControlClient | undefined> {
  const manager = await findManager(options);
  if (manager === undefined) return undefined;
  try {
    if ((await managerState(manager, options))["closing"] !== true) return manager;
  } catch (error) {
    await manager.close();
    // It ended before the reply: it was shutting down.
    if (error instanceof ControlError && error.code === "closed") return undefined;
    throw error;
  }
  await manager.close();
  return undefined;
}

/** Connects to the process manager, uses the connection, and ends it. @throws RigError `no_manager` when there is none. */
export async function withManager<T>(use: (manager: ControlClient) => Promise<T>, options: ManagerOptions = {}): Promise<T> {
  const manager = await findListedManager(options);
  if (manager === undefined) throw noManager();
  try {
    return await use(manager);
  } finally {
    await manager.close();
  }
}

/** The error when no process manager runs. */
export function noManager(): RigError {
  return new RigError("no_manager", "no process manager is running");
}

/** The manager's state. @throws RigError `no_answer` when it does not answer in time; `bad_answer` when the answer has another form. */
export async function managerState(manager: ControlClient, options: WaitOptions = {}): Promise<ManagerState> {
  const state = managerStateSchema.safeParse(accepted(await ask(manager, "get_state", {}, options)).data);
  if (state.success) return state.data;
  const why = `the state of the process manager has another form: ${explainIssues(state.error)}`;
  throw new RigError("bad_answer", why, { cause: state.error });
}

/** The state of the running manager; undefined when there is none. */
export async function currentManagerState(options: ManagerOptions = {}): Promise<ManagerState | undefined> {
  const manager = await findListedManager(options);
  return manager === undefined ? undefined : managerState(manager, options).finally(() => manager.close());
}

/** Sends a command to the manager. @throws RigError `no_answer` when it does not answer in time. */
export async function ask(manager: ControlClient, cmd: string, args: Record<string, unknown> = {}, { signal }: WaitOptions = {}): Promise<Reply> {
  try {
    return await manager.request(cmd, args, { timeoutMs: limits.slowReplyMs, signal });
  } catch (error) {
    if (!(error instanceof ControlError) || error.code !== "timeout") throw error;
    throw new RigError("no_answer", "the process manager does not answer", { cause: error });
  }
}

/** Passes a reply on if it was carried out. @throws RigError `refused` with the reason when the reply is a refusal. */
export function accepted(reply: Reply): Reply {
  if (!reply.success) throw new RigError("refused", reply.message ?? "refused without a reason");
  return reply;
}

/** The worker of a name in the manager's state. @throws RigError `unknown_worker` when there is no worker of this name. */
export function knownWorker(workers: ManagerState["workers"], name: string): ManagedWorker {
  // A person may type any word, even the name of a property that every object has.
  const worker = Object.hasOwn(workers, name) ? workers[name] : undefined;
  if (worker !== undefined) return worker;
  throw new RigError("unknown_worker", `there is no worker "${name}"`, { hint: `there are: ${Object.keys(workers).join(", ") || "none"}` });
}
