import { hasManager } from "@vj/rig";
import { analyzerName, audioSource } from "../telemetry/audio.ts";
import { clock } from "../text/format.ts";
import type { Sign } from "../text/signs.ts";
import type { RigState } from "../rig/rig-state.ts";
import { healthOf, rigHealthOf, workerStatus } from "../rig/worker-status.ts";

/** Something that is wrong: what, and what is being done or can be done. */
export interface Trouble {
  readonly sign: Sign;
  readonly what: string;
  /** Cause, since when, next step. */
  readonly more: string;
  /** Whom it is about, where these are several workers. */
  readonly names: readonly string[];
}

/** What is wrong with the rig, the worst first. What several workers report in the same words is one trouble. Pure. @param now epoch milliseconds */
export function troublesOf(rig: RigState, now: number): readonly Trouble[] {
  const { busProblem, managerProblems } = rig;
  const sound = soundTrouble(rig, now);
  return [
    ...(busProblem === undefined ? [] : [one("bad", busProblem, "")]),
    ...(sound === undefined ? [] : [sound]),
    ...(hasManager(rig) ? [] : [one("warn", "No process manager.", rig.canStartManager ? "w starts one, or run `vj up`" : "`vj up` starts one")]),
    ...workerTroubles(rig, now, sound !== undefined),
    ...managerProblems.map((problem) => one("bad", problem, "")),
  ];
}

const one = (sign: Sign, what: string, more: string): Trouble => ({ sign, what, more, names: [] });

function workerTroubles(rig: RigState, now: number, isSoundKnown: boolean): readonly Trouble[] {
  const { troubled, busy } = rigHealthOf(rig);
  const list: Trouble[] = [];
  for (const name of [...troubled, ...busy]) {
    const { sign, now: word, detail, todo } = workerStatus(name, rig, now);
    // What the analyzer reports of its sound stands above already.
    if (name === analyzerName && isSoundKnown && healthOf(name, rig).word === "degraded") continue;
    const more = [detail, todo].filter((text) => text !== "").join("  ");
    const same = detail === "" ? -1 : list.findIndex((other) => other.sign === sign && other.more === more);
    const earlier = list[same];
    if (earlier === undefined) list.push({ sign, what: `${name} ${word}`, more, names: [name] });
    else list[same] = { ...earlier, what: `${earlier.names.length + 1} workers ${word}`, names: [...earlier.names, name] };
  }
  return list;
}

const signOfVerdict: Readonly<Record<string, Sign>> = { silent: "warn", exact_zeros: "bad", no_callbacks: "bad", device_gone: "bad", off: "off" };

/** The sound is lost or switched off, although the analyzer runs and sends levels. */
function soundTrouble(rig: RigState, now: number): Trouble | undefined {
  const source = audioSource(rig.workers[analyzerName]);
  const sign = source === undefined ? undefined : signOfVerdict[source.verdict];
  if (source === undefined || sign === undefined) return undefined;
  const at = rig.workers[analyzerName]?.stateAt ?? now;
  const since = source.since === undefined ? "" : `since ${clock(at - source.since * 1000)}`;
  const more = [source.advice || source.name, since, "3, then d, takes another input"].filter((text) => text !== "").join("; ");
  return one(sign, `sound: ${source.verdict.replaceAll("_", " ")}`, more);
}
