import { hasManager, sumTargets, workerNames } from "@vj/rig";
import type { TargetFlow } from "@vj/rig";
import { placeText, rigRemarks } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { rigHealthOf } from "../rig/worker-status.ts";
import { cutText, lineWidth } from "../text/fit.ts";
import { count, rate } from "../text/format.ts";
import type { Signs } from "../text/signs.ts";
import { Span, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { View } from "./view.ts";

/** Every target with its flow, as many on a row as fit. Data of workers that do not answer are left out. */
export function targetLines({ rig, signs }: View, width: number): Line[] {
  const senders = Object.values(rig.workers).filter((worker) => worker.link === "connected");
  const targets = sumTargets(senders.map((worker) => worker.targets));
  if (targets.length === 0) return [row(dim(nothingSent(rig)))];
  const lines: Line[] = [];
  for (const target of targets) {
    const line = targetLine(target, signs);
    const last = lines.at(-1);
    const fits = last !== undefined && lineWidth(last) + lineWidth(line) + 4 <= width;
    if (fits) lines[lines.length - 1] = [...last, new Span("    "), ...line];
    else lines.push(line);
  }
  return lines;
}

function nothingSent(rig: RigState): string {
  if (workerNames(rig).length === 0) return "No worker, so nothing is sent";
  return rigHealthOf(rig).running === 0 ? "Nothing is running, so nothing is sent" : "No target: nothing is sent anywhere";
}

function targetLine({ name, host, port, phase, rate: perSecond, errors, dropped, refusing, listening }: TargetFlow, signs: Signs): Line {
  const place = name === placeText({ host, port }) ? name : `${cutText(name, 16)} ${placeText({ host, port })}`;
  const flow = perSecond === undefined ? "" : `  ${rate(perSecond)}/s`;
  if (phase === "failed") return row(coloured("red", `${signs.bad} ${place}`), "  cannot be reached");
  const faults = errors + dropped === 0 ? dim("  0 err") : coloured("yellow", `  ${count(errors)} err ${count(dropped)} dropped`);
  // A missing listener is not a fault of ours, the visual software may not be started yet: it counts nowhere as trouble.
  if (refusing || !listening) return row(coloured("yellow", signs.warn), ` ${place}${flow}`, coloured("yellow", "  nobody listens"));
  const sending = perSecond === 0 ? dim(signs.off) : coloured("green", signs.ok);
  return row(sending, ` ${place}${flow}`, faults);
}

/** The state of the whole rig in a few words: the title of the workers' panel. */
export function rigSummary({ rig }: View): Line {
  const health = rigHealthOf(rig);
  const colour = health.idle || health.troubled.length > 0 ? "red" : "yellow";
  const remarks = [...rigRemarks(health), ...(hasManager(rig) ? [] : ["no process manager"])];
  return row(dim(" ─ "), `${health.running} of ${health.total} running`, ...remarks.flatMap((text) => [dim(" · "), coloured(colour, text)]));
}
