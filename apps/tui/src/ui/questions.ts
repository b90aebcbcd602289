import { isFields } from "@vj/rig";
import type { RigState, Wish } from "../rig/rig-state.ts";
import { healthOf } from "../rig/worker-status.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { ask } from "./ask.ts";
import type { KeyContext } from "./keys.ts";

/** Commands after which a worker no longer does its work, or does it anew. */
const ending = /^(stop|shutdown|restart|kill|quit|exit|terminate)(_|$)/;

/** What to ask before a command is sent; undefined for one that nobody would miss anything by. */
function questionOf({ worker, cmd, args }: Pick<Wish, "worker" | "cmd" | "args">): string | undefined {
  if (ending.test(cmd)) {
    const whom = isFields(args) && typeof args["worker"] === "string" ? ` ${args["worker"]}` : "";
    return `Send ${cmd}${whom} to ${worker}?`;
  }
  return worker === analyzerName && Object.hasOwn(args, "audio_source") ? "Change the source of the sound?" : undefined;
}

/** Sends a command, after a question where one is due. */
export function sendAfterQuestion(context: KeyContext, wish: Wish): void {
  const question = questionOf(wish);
  const act = (): void => void context.commands.send(wish);
  if (question === undefined) act();
  else ask(context, question, act);
}

/** Whether a worker does anything that ends when it is stopped. */
export function isAtWork(worker: string, rig: RigState): boolean {
  return rig.managed?.[worker]?.running === true || rig.workers[worker]?.link === "connected" || healthOf(worker, rig).level === "ok";
}
