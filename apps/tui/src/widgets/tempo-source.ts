import { fieldsOf, flagField } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import { analyzerName } from "../telemetry/audio.ts";
import type { AudioView } from "../telemetry/audio.ts";

/** By the code in `/audio/tempo`: the word in the analyzer's heartbeat, and the name for a person. */
const sources = [["none", "nothing yet"], ["analysis", "analysis"], ["tap", "tap"], ["link", "Link"], ["midi", "MIDI"], ["os2l", "OS2L"]] as const;

/** Whose tempo it is, in words. */
export function sourceName({ tempo_by: code }: Exclude<AudioView["exact"], undefined>): string {
  return sources[code]?.[1] ?? String(code);
}

/** What a person or program does to the tempo, `by Link`, `by tap` or `locked`, as the analyzer's heartbeat says; undefined where the analysis finds it. */
export function tempoGiver(rig: RigState): string | undefined {
  const word = fieldsOf(rig.workers[analyzerName]?.heartbeat, "stats")?.["tempo_by"];
  const name = sources.slice(2).find(([one]) => one === word)?.[1];
  if (isLocked(rig)) return "locked";
  return name === undefined ? undefined : `by ${name}`;
}

/** Whether a person holds the tempo, as the analyzer says. */
export function isLocked({ workers }: RigState): boolean {
  return Object.hasOwn(workers, analyzerName) && flagField(fieldsOf(workers[analyzerName]?.state, "tempo"), "locked") === true;
}
