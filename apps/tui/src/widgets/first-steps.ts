import { hasManager, sumTargets, workerNames } from "@vj/rig";
import { starterOf } from "../rig/starter.ts";
import { audioSource, analyzerName } from "../telemetry/audio.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { hasTracks } from "./now-playing-box.ts";
import type { View } from "./view.ts";

/** Something that is done once, before the first show. */
interface Step {
  readonly done: boolean;
  readonly name: string;
  readonly how: string;
  /** The same in few cells. */
  readonly brief: string;
}

/** What is left to be done before the first show, each with its keys; nothing once most of it is done. @param rows room for it */
export function firstSteps(view: View, rows: number): Line[] {
  const steps = stepsOf(view);
  const left = steps.filter(({ done }) => !done);
  if (left.length < 2 || rows < 1) return [];
  const { ok, off } = view.signs;
  if (rows <= steps.length) return [row(bold("First steps: "), left.map(({ brief }) => brief).join(" · "))];
  return [row(bold("First steps")), ...steps.map(({ done, name, how }) => row(done ? coloured("green", `${ok} `) : `${off} `, `${name}  `, dim(done ? "done" : how)))];
}

function stepsOf({ rig, telemetry, now }: View): readonly Step[] {
  const source = audioSource(rig.workers[analyzerName]);
  const flows = sumTargets(Object.values(rig.workers).map(({ targets }) => targets));
  const away: Step = { name: "rig", done: false, how: `${starterOf(rig)} it`, brief: rig.canStartManager ? "w rig" : "`vj up`" };
  return [
    ...(hasManager(rig) || workerNames(rig).length > 0 ? [] : [away]),
    // The demo signal counts when it was asked for.
    { name: "sound", done: source !== undefined && !(source.demo && source.chosenBy.startsWith("auto")), how: "3, then d chooses an input", brief: "3 d sound" },
    { name: "target", done: flows.some(({ phase, listening }) => phase === "open" && listening), how: "8, then n adds a receiver", brief: "8 n target" },
    { name: "tracks", done: hasTracks(rig, telemetry, now), how: "4 shows what each source needs", brief: "4 tracks" },
  ];
}
