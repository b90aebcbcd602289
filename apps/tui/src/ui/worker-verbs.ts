import { canStart } from "../rig/worker-status.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { ask } from "./ask.ts";
import type { KeyContext } from "./keys.ts";
import { isAtWork } from "./questions.ts";

/** Starts a worker that is stopped or failed; stops any other, after a question. */
export function startOrStop(context: KeyContext, worker: string): void {
  if (canStart(worker, context.rig)) start(context, worker);
  else stop(context, worker);
}

export function start({ commands }: KeyContext, worker: string): void {
  void commands.act("start", worker);
}

/** Stops a worker, after a question. */
export function stop(context: KeyContext, worker: string): void {
  const loss = worker === analyzerName ? " Levels and beats end." : "";
  ask(context, `Stop ${worker}?${loss}`, () => void context.commands.act("stop", worker));
}

/** Restarts a worker; asks first when that interrupts anything. */
export function restart(context: KeyContext, worker: string): void {
  const act = (): void => void context.commands.act("restart", worker);
  const loss = worker === analyzerName ? " Levels and beats pause for about a second." : "";
  if (isAtWork(worker, context.rig)) ask(context, `Restart ${worker}?${loss}`, act);
  else act();
}

export function stopAll(context: KeyContext): void {
  ask(context, "Stop all workers?", () => void context.commands.stopAll());
}

export function restartAll(context: KeyContext): void {
  ask(context, "Restart all running workers?", () => void context.commands.restartAll());
}
