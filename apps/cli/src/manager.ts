import { busDir, connect, ControlError } from "@vj/control";
import type { ControlClient } from "@vj/control";
import { limits, managerName, managerStateSchema } from "@vj/schema";
import type { ManagerState, Reply } from "@vj/schema";
import { CliError, noManager } from "./cli-error.ts";

/** A connection to the process manager, or undefined when there is none. */
export async function findManager(): Promise<ControlClient | undefined> {
  try {
    return await connect(managerName, { busDir: busDir(), reconnect: false });
  } catch (error) {
    if (error instanceof ControlError && (error.code === "not_found" || error.code === "refused")) return undefined;
    throw error;
  }
}

/**
 * Connects to the process manager, uses the connection, and ends it.
 * @throws CliError (exit 2) when there is no manager.
 */
export async function withManager<T>(use: (manager: ControlClient) => Promise<T>): Promise<T> {
  const manager = await findManager();
  if (manager === undefined) throw noManager();
  try {
    return await use(manager);
  } finally {
    manager.close();
  }
}

/** What the manager knows of itself and the workers. */
export async function managerState(manager: ControlClient): Promise<ManagerState> {
  return managerStateSchema.parse(accepted(await ask(manager, "get_state")).data);
}

/** The state of the manager that runs; undefined when there is none. */
export async function currentManagerState(): Promise<ManagerState | undefined> {
  const manager = await findManager();
  return manager === undefined ? undefined : managerState(manager).finally(() => manager.close());
}

/**
 * Asks the manager.
 * @throws CliError when it does not answer.
 */
export async function ask(manager: ControlClient, cmd: string, args: Record<string, unknown> = {}): Promise<Reply> {
  try {
    return await manager.request(cmd, args, { timeoutMs: limits.slowReplyMs });
  } catch (error) {
    if (!(error instanceof ControlError) || error.code !== "timeout") throw error;
    throw new CliError("the process manager does not answer", {
      hint: "see what it does with: vj logs process_manager; if it hangs for good, end it by its pid (ps ax | grep 'vj process_manager')",
      cause: error,
    });
  }
}

/** @throws CliError with the reason when the reply is a refusal. */
export function accepted(reply: Reply): Reply {
  if (!reply.success) throw new CliError(reply.message ?? "refused without a reason");
  return reply;
}
