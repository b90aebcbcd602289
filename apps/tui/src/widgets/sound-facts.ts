import { workerStats } from "@vj/rig";
import { analyzerName, audioSource, audioView, isLit } from "../telemetry/audio.ts";
import type { AudioView } from "../telemetry/audio.ts";
import type { HitName } from "../telemetry/sound-memory.ts";
import { fieldsOf, numberField } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import { flow } from "../text/flow.ts";
import { rate } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { settingOf } from "../rig/settings.ts";
import { isLocked, sourceName } from "./tempo-source.ts";
import type { View } from "./view.ts";

/** What the analyzer recognises, beside the meters: hits, tempo, pitch, structure. Eight rows. */
export function soundFacts(view: View): Line[] {
  const { telemetry, now, rig } = view;
  const audio = audioView(telemetry, now);
  const lamp = (name: HitName, label: string): Line => row(fitName(label), isLit(telemetry, name, now) ? coloured("cyan", "●") : dim("○"));
  return [
    row(...lamp("beat", "beat"), "   ", ...beatDots(audio, rig)),
    row(...lamp("kick", "kick"), "   ", ...lamp("snare", "snare"), "   ", ...lamp("hat", "hat")),
    tempoRow(audio),
    tempoByRow(audio, rig),
    pitchRow(audio, rig),
    structureRow(audio, view),
    trendRow(audio),
    audio.silent ? row(coloured("yellow", "silence")) : sectionRow(audio),
  ];
}

const fitName = (name: string): string => `${name} `;

/** What stands for values that have not come: that they are switched off, or a dash, as in the first moment of a screen. */
export function missingWord(setting: string, rig: RigState): string {
  return settingOf(analyzerName, setting, rig) === false ? "off" : "–";
}

/** The beat of the bar, and how far it has gone. */
function beatDots({ beatInBar, metre, phase }: AudioView, rig: RigState): Line {
  if (beatInBar === undefined) return row(dim(`bar ${missingWord("enable_bpm", rig)}`));
  const dots = Array.from({ length: metre }, (_, index) => (index < beatInBar ? "▮" : "▯")).join("");
  return row(dim("bar "), coloured("cyan", dots), dim(`  phase ${(phase ?? 0).toFixed(1)}`));
}

function tempoRow({ tempo, confidence, exact }: AudioView): Line {
  const bpm = exact !== undefined && exact.tempo > 0 ? exact.tempo.toFixed(2) : tempo === undefined || tempo === 0 ? "–" : tempo.toFixed(1);
  return row(dim("bpm "), bold(bpm), dim("  conf "), confidence.toFixed(2));
}

function tempoByRow({ exact }: AudioView, rig: RigState): Line {
  if (isLocked(rig)) return row(coloured("magenta", "tempo locked"), ...(exact === undefined ? [] : [dim("  beats "), String(exact.beats)]));
  return exact === undefined ? row(dim(`tempo ${missingWord("enable_bpm", rig)}`)) : row(dim("tempo by "), sourceName(exact), dim("  beats "), String(exact.beats));
}

function pitchRow({ pitch }: AudioView, rig: RigState): Line {
  if (pitch === undefined) return row(dim(`pitch ${missingWord("enable_pitch", rig)}`));
  return row(dim("pitch "), pitch.frequency === 0 ? "–" : `${pitch.frequency.toFixed(1)} Hz`, dim("  conf "), pitch.confidence.toFixed(2));
}

function structureRow({ structure }: AudioView, { telemetry, now, rig }: View): Line {
  if (structure === undefined) return row(dim(`structure ${missingWord("enable_structure", rig)}`));
  const flag = (name: string, on: boolean): Line => row(dim(`${name} `), on ? coloured("magenta", "●") : dim("○"));
  return row(...flag("build-up", structure.buildup >= 0.5), "  ", ...flag("drop", isLit(telemetry, "drop", now)));
}

function trendRow({ structure }: AudioView): Line {
  if (structure === undefined) return [];
  const { trend, brightness } = structure;
  return row(dim("trend "), `${trend < 0 ? "-" : "+"}${Math.abs(trend).toFixed(2)}`, dim("  bright "), brightness.toFixed(2));
}

function sectionRow({ section, phrase }: AudioView): Line {
  if (section === undefined) return [];
  return row(dim("section "), section, ...(phrase === undefined || phrase.bar === 0 ? [] : [dim("  bar "), `${phrase.bar} of 8`]));
}

/** How well it works: `fps 60.0  latency p50 6 p95 9 max 14 ms  drops 0  gain auto +8.2 dB`. */
export function workLines({ rig, now, width }: View): Line[] {
  const worker = rig.workers[analyzerName];
  const stats = { ...worker?.heartbeat?.stats, ...fieldsOf(worker?.state, "stats") };
  const latency = fieldsOf(stats, "latency_ms");
  const ms = (key: string): string => numberField(latency, key)?.toFixed(1) ?? "–";
  const fps = worker === undefined ? undefined : workerStats(worker, now).fps;
  const gain = audioSource(worker)?.gainDb;
  return flow([
    row(dim("fps "), fps === undefined ? "–" : rate(fps)),
    row(dim("latency p50 "), ms("p50"), dim(" p95 "), ms("p95"), dim(" max "), `${ms("max")} ms`),
    row(dim("drops "), String(numberField(stats, "dropped_frames") ?? 0)),
    ...(gain === undefined || gain === 0 ? [] : [row(dim("gain auto "), `${gain < 0 ? "-" : "+"}${Math.abs(gain).toFixed(1)} dB`)]),
  ], { width });
}
