import type { RigState } from "../rig/rig-state.ts";
import { workerStatus } from "../rig/worker-status.ts";
import { starterBy } from "../rig/starter.ts";
import { analyzerName, audioSource, audioView } from "../telemetry/audio.ts";
import type { AudioSource, AudioView } from "../telemetry/audio.ts";
import { bar } from "../text/bars.ts";
import { cutText, lineWidth } from "../text/fit.ts";
import { innerHeight, innerWidth, panel } from "../text/panel.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { wrapText } from "../text/wrap.ts";
import { tempoGiver } from "./tempo-source.ts";
import type { View } from "./view.ts";

/** The sound, as a box. @param height rows including the edges */
export function audioBox(view: View, width: number, height: number): Line[] {
  const source = audioSource(view.rig.workers[analyzerName]);
  const inside = innerWidth(width);
  return panel({ title: [bold("Audio"), ...sourceTitle(source, inside - 6)], width, height, body: body(view, source, inside, innerHeight(height)) });
}

/** ` ─ BlackHole 2ch · ok` in at most `width` cells; a demo is marked as one. */
function sourceTitle(source: AudioSource | undefined, width: number): Line {
  if (source === undefined) return [];
  const verdict = source.verdict === "" ? [] : [dim(" · "), verdictSpan(source)];
  const room = width - 3 - lineWidth(verdict);
  return [dim(" ─ "), source.demo ? coloured("magenta", cutText("demo signal", room)) : new Span(cutText(source.name, room)), ...verdict];
}

/** The verdict on a source in its colour. */
export function verdictSpan({ verdict }: AudioSource): Span {
  const word = verdict.replaceAll("_", " ");
  if (verdict === "ok") return coloured("green", word);
  return coloured(verdict === "starting" || verdict === "silent" || verdict === "off" ? "yellow" : "red", word);
}

/** The sound in one line: `b● 128 .62/.48/.27`. */
export function audioLine(view: View): Line {
  const audio = audioView(view.telemetry, view.now);
  if (audio.levels === undefined) return row(dim(`no sound: ${whyNoLevels(view)}`));
  const source = audioSource(view.rig.workers[analyzerName]);
  // Silence is sent when the sound is lost: the levels alone do not show that.
  if (source !== undefined && withoutSound.has(source.verdict)) return row(verdictSpan(source), dim(` ${source.advice || source.name}`));
  const levels = bands(audio.levels).map(([, value]) => value.toFixed(2).replace(/^0/, "")).join("/");
  const demo = source?.demo === true ? [" ", coloured("magenta", "demo")] : [];
  return row(beatSign(audio), tempoText(audio), " ", levels, ...demo);
}

const withoutSound = new Set(["off", "silent", "exact_zeros", "no_callbacks", "device_gone"]);

function body(view: View, source: AudioSource | undefined, width: number, rows: number): Line[] {
  const audio = audioView(view.telemetry, view.now);
  const advice = source?.advice ?? "";
  if (audio.levels === undefined) {
    const todo = workerStatus(analyzerName, view.rig, view.now).sign === "off" ? [row(`${starterBy("a", view.rig)} the analyzer`)] : [];
    return [row("No levels"), row(dim(whyNoLevels(view))), ...todo, ...adviceLines(advice, width)];
  }
  // In a very tall box the bars are thicker: they are seen from further away.
  const more = rows > 2 * audio.levels.length ? 1 : 0;
  const meters = (rows > audio.levels.length ? everyBand : bands)(audio.levels).flatMap(([name, value]) => {
    const bars = meter(value, Math.max(4, width - 10));
    return [row(`${name} `, bars, `  ${value.toFixed(2)}`), ...Array.from({ length: more }, () => row("    ", bars))];
  });
  // With advice there is hardly any sound to show: the advice comes first.
  return advice === "" ? [...meters, tempoLine(audio, view.rig)] : [...adviceLines(advice, width), ...meters];
}

function adviceLines(advice: string, width: number): Line[] {
  return advice === "" ? [] : wrapText(`! ${advice}`, width, 3).map((text) => row(coloured("yellow", text)));
}

/** A level as a bar; near the top it turns from green to yellow to red. */
export function meter(value: number, width: number): Span {
  return coloured(value > 0.95 ? "red" : value > 0.8 ? "yellow" : "green", bar(value, width));
}

/** The tempo, and how sure it is, or who gives it where the analysis does not. */
export function tempoLine(audio: AudioView, rig: RigState): Line {
  const giver = tempoGiver(rig);
  const end = giver === undefined ? row(dim("conf "), audio.confidence.toFixed(2)) : row(coloured("magenta", giver));
  return row(beatSign(audio), " beat  ", bold(tempoText(audio)), " bpm  ", ...end);
}

function beatSign({ beat }: AudioView): Span {
  return beat ? coloured("cyan", "●") : dim("○");
}

/** Tempo to a tenth, `–` while unknown. */
function tempoText({ tempo, exact }: AudioView): string {
  const bpm = exact !== undefined && exact.tempo > 0 ? exact.tempo : tempo;
  return bpm === undefined || bpm === 0 ? "   –" : bpm.toFixed(1);
}

function whyNoLevels({ rig, now }: View): string {
  const { sign, word } = workerStatus(analyzerName, rig, now);
  return sign === "ok" ? "the analyzer sends none" : `${analyzerName} ${word}`;
}

const shortNames = ["sub", "bas", "lom", "mid", "him", "pre", "air", "rms"] as const;

/** Each band and the overall level, for a tall box. */
function everyBand(levels: readonly number[]): [string, number][] {
  return levels.map((value, index) => [shortNames[index] ?? "   ", value]);
}

/** Four bands of the seven, for a small box. */
function bands(levels: readonly number[]): [string, number][] {
  const at = (...indexes: number[]): number => Math.max(...indexes.map((index) => levels[index] ?? 0));
  return [
    ["sub", at(0)],
    ["bas", at(1)],
    ["mid", at(2, 3)],
    ["hi ", at(4, 5, 6)],
  ];
}
