import { hasManager } from "@vj/rig";
import { healthOf, rigHealthOf, workerStatus } from "../rig/worker-status.ts";
import type { RigState } from "../rig/rig-state.ts";
import { analyzerName, audioSource } from "../telemetry/audio.ts";
import type { Sign } from "../text/signs.ts";
import { signColours } from "../text/signs.ts";
import { Span, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { View } from "./view.ts";

/** Something that is wrong: what, and what is being done or can be done. */
interface Trouble {
  readonly sign: Sign;
  readonly what: string;
  /** Cause, since when, next step; cut where there is too little room. */
  readonly more: string;
}

/**
 * What is wrong with the rig, the worst first, for every screen and size; no rows while all is well. Pure.
 * @param most rows; the last one says how many more troubles there are
 */
export function healthLines({ rig, now, signs }: Pick<View, "rig" | "now" | "signs">, most: number): Line[] {
  const all = troubles(rig, now);
  const shown = all.slice(0, most);
  return shown.map(({ sign, what, more }, index) => {
    const further = index === shown.length - 1 && all.length > shown.length ? ` (+${all.length - shown.length})` : "";
    const colour = signColours[sign];
    return row(new Span(` ${signs[sign].trimEnd()} ${what}${further}`, colour === undefined ? {} : { colour }), more === "" ? "" : dim(`  ${more}`));
  });
}

function troubles(rig: RigState, now: number): Trouble[] {
  const health = rigHealthOf(rig);
  const list: Trouble[] = [];
  if (rig.busProblem !== undefined) list.push({ sign: "bad", what: rig.busProblem, more: "" });
  const sound = soundTrouble(rig);
  if (sound !== undefined) list.push(sound);
  if (!hasManager(rig)) list.push({ sign: "warn", what: "No process manager.", more: "w starts one, or run `vj up`" });
  for (const name of [...health.troubled, ...health.busy]) {
    const { sign, now: word, detail, todo } = workerStatus(name, rig, now);
    // What the analyzer says of its sound stands above already.
    if (name === analyzerName && sound !== undefined && healthOf(name, rig).word === "degraded") continue;
    list.push({ sign, what: `${name} ${word}`, more: [detail, todo].filter((text) => text !== "").join("  ") });
  }
  for (const problem of rig.managerProblems) list.push({ sign: "bad", what: problem, more: "" });
  return list;
}

const signOfVerdict: Readonly<Record<string, Sign>> = { silent: "warn", exact_zeros: "bad", no_callbacks: "bad", device_gone: "bad" };

/** The sound is lost, although the analyzer runs and sends levels. */
function soundTrouble(rig: RigState): Trouble | undefined {
  const source = audioSource(rig.workers[analyzerName]);
  const sign = source === undefined ? undefined : signOfVerdict[source.verdict];
  if (source === undefined || sign === undefined) return undefined;
  return { sign, what: `sound: ${source.verdict.replaceAll("_", " ")}`, more: source.advice || source.name };
}
