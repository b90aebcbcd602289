import { sourcesOf } from "@vj/schema";
import type { LogLevel } from "@vj/schema";
import { fieldsOf, workerNames } from "@vj/rig";
import type { RigState } from "../../rig/rig-state.ts";
import { playbackName } from "../../telemetry/sources.ts";
import { lyricsName } from "../../telemetry/understanding.ts";
import { own, setConfig } from "../../rig/settings.ts";
import type { KeyContext } from "../keys.ts";
import type { Action } from "./action.ts";
import { targetActions } from "./target-actions.ts";

/** What is done in a show, in a few words. */
export function rigActions(rig: RigState): Action[] {
  return [...lyricsActions(rig), ...sourceActions(rig), ...targetActions(rig), ...logLevelActions(rig)];
}

const send = ({ commands }: KeyContext, worker: string, cmd: string, args: Readonly<Record<string, unknown>>): void =>
  void commands.send({ worker, cmd, args, shown: args });

function lyricsActions(rig: RigState): Action[] {
  if (!workerNames(rig).includes(lyricsName)) return [];
  const offset = (context: KeyContext, text: string): void => {
    if (/^[+-]?\d{1,6}$/.test(text)) send(context, lyricsName, "nudge", { ms: Number(text) });
    else context.say("offset takes milliseconds: offset +100, offset -50");
  };
  return [
    { name: "offset", takes: "+100 or -50 (ms)", about: "lyrics earlier or later", run: offset },
    { name: "offset reset", about: "lyrics as in all songs", run: (context) => send(context, lyricsName, "reset_offset", {}) },
  ];
}

function sourceActions(rig: RigState): Action[] {
  if (!workerNames(rig).includes(playbackName)) return [];
  const pin = (source: string) => (context: KeyContext) => send(context, playbackName, setConfig, { pinned_source: source });
  const sources = new Set(Object.values(rig.workers).flatMap(({ description }) => (description === undefined ? [] : sourcesOf(description))));
  return [
    ...[...sources].sort().map((source): Action => ({ name: `source pin ${source}`, about: "only its tracks count", run: pin(source) })),
    { name: "source unpin", about: "the source is decided by the rules", run: pin("auto") },
  ];
}

const offeredLevels: readonly LogLevel[] = ["debug", "info", "warn", "error"];

/** All workers that have this setting; a stranger's too. */
function logLevelActions(rig: RigState): Action[] {
  const workers = workerNames(rig).filter((name) => {
    const schema = own(rig.workers, name)?.description?.config_schema;
    return fieldsOf(fieldsOf(schema, "properties"), "log_level") !== undefined;
  });
  if (workers.length === 0) return [];
  return offeredLevels.map((level) => ({
    name: `log level ${level}`,
    about: `all workers log ${level} and above`,
    run: (context) => {
      for (const worker of workers) send(context, worker, setConfig, { log_level: level });
    },
  }));
}
