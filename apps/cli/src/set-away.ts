import { busDir, nameOwner } from "@vj/control";
import { limits } from "@vj/schema";
import { changeAway, readEnvironment, settingsAway } from "@vj/worker";
import { CliError } from "./cli-error.ts";
import { connectWorker, notRunning } from "./connect-worker.ts";
import { assertKnown } from "./known-worker.ts";
import { accepted } from "@vj/rig/manager";
import { printError, printLine } from "./output.ts";

/** Changes the settings of a worker that does not run. @throws CliError when there is no such worker, or a value is invalid. */
export async function setAway(worker: string, changes: Record<string, unknown>): Promise<void> {
  const places = readEnvironment();
  // A mistyped name would create a file that no worker reads.
  await assertKnown(worker);
  const outcome = await changeAway(places, worker, changes);
  if (!outcome.ok) throw new CliError(outcome.reason);
  const { file, checked, problem, withoutEffect } = outcome;
  if (problem !== undefined) printError(problem);
  // A worker that has started meanwhile may have read its file before this change.
  if (nameOwner(busDir(), worker) !== undefined) return sendToo(worker, changes);
  printLine(`saved in ${file}; ${worker} is not running and will use it when it starts`);
  if (!checked) printLine(`not checked: ${worker} has never run here, so its settings are unknown`);
  if (withoutEffect.length > 0) printLine(`without effect: ${withoutEffect.join(", ")}`);
}

/** The settings that a stopped worker will start with. @throws CliError when it never ran here. */
export async function stateAway(worker: string): Promise<NonNullable<ReturnType<typeof settingsAway>>> {
  const away = settingsAway(readEnvironment(), worker);
  if (away === undefined) {
    await assertKnown(worker);
    throw notRunning(worker);
  }
  printError(`${worker} is not running; these are the settings of its next start, unless its environment sets others`);
  return away;
}

async function sendToo(worker: string, changes: Record<string, unknown>): Promise<void> {
  const client = await connectWorker(worker);
  const reply = await client.request("set_config", changes, { timeoutMs: limits.slowReplyMs }).finally(() => client.close());
  printLine(accepted(reply).message ?? "done");
}
