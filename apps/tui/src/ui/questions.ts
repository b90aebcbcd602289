import { isFields } from "@vj/rig";
import type { RigState, Wish } from "../rig/rig-state.ts";
import { features } from "../rig/sound-features.ts";
import { healthOf } from "../rig/worker-status.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { ask } from "./ask.ts";
import { setConfig, settingOf } from "../rig/settings.ts";
import type { KeyContext } from "./keys.ts";

/** Commands after which a worker no longer does its work, or does it anew. */
const ending = /^(stop|shutdown|restart|kill|quit|exit|terminate)(_|$)/;

/** What to ask before a command is sent; undefined for one that nobody would miss anything by. */
function questionOf({ worker, cmd, args }: Pick<Wish, "worker" | "cmd" | "args">, rig: RigState): string | undefined {
  if (ending.test(cmd)) {
    const whom = isFields(args) && typeof args["worker"] === "string" ? ` ${args["worker"]}` : "";
    return `Send ${cmd}${whom} to ${worker}?`;
  }
  return worker === analyzerName && cmd === setConfig ? soundQuestion(args, rig) : undefined;
}

/** What changes in the sound, by a key, a form, or the palette. */
function soundQuestion(args: Wish["args"], rig: RigState): string | undefined {
  const source = Object.hasOwn(args, "audio_source") ? String(args["audio_source"]) : undefined;
  const now = settingOf(analyzerName, "audio_source", rig);
  const instead = typeof now === "string" && now !== source ? ` instead of ${now}` : "";
  // What is off already ends nowhere.
  const ending = features.filter(({ setting }) => args[setting] === false && settingOf(analyzerName, setting, rig) !== false).map(({ name }) => name);
  const off = ending.length === 0 ? "" : `switch ${ending.join(", ")} off`;
  if (source !== undefined) return `Take the sound from ${source}${instead}${off === "" ? "" : `, and ${off}`}?`;
  return off === "" ? undefined : `S${off.slice(1)}?`;
}

/** Sends a command, after a question where one is due. */
export function sendAfterQuestion(context: KeyContext, wish: Wish): void {
  const question = questionOf(wish, context.rig);
  const act = (): void => void context.commands.send(wish);
  if (question === undefined) act();
  else ask(context, question, act);
}

/** Whether a worker does anything that ends when it is stopped. */
export function isAtWork(worker: string, rig: RigState): boolean {
  return rig.managed?.[worker]?.running === true || rig.workers[worker]?.link === "connected" || healthOf(worker, rig).level === "ok";
}
