import { workerStats } from "@vj/rig";
import { bandEdgesHz, levelNames } from "@vj/schema";
import { workerStatus } from "../rig/worker-status.ts";
import { analyzerName, audioSource, audioView } from "../telemetry/audio.ts";
import type { AudioView } from "../telemetry/audio.ts";
import { columns, resample } from "../text/bars.ts";
import { fitText } from "../text/fit.ts";
import { rate } from "../text/format.ts";
import { Span, bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import type { Screen } from "../ui/screen.ts";
import { meter, sourceTitle, tempoLine } from "../widgets/audio-box.ts";
import type { Drawing, View } from "../widgets/view.ts";

const addresses = ["/audio/*", "/karaoke/track"];

/** Everything about the sound. */
export const audioScreen: Screen<undefined> = {
  id: "audio",
  key: "3",
  title: "Audio",
  init: undefined,
  keys: () => [],
  draw,
  listens: () => addresses,
};

const bandLabels = levelNames.map((name, index): readonly [string, string] => {
  const from = bandEdgesHz[index];
  const to = bandEdgesHz[index + 1];
  const range = from === undefined || to === undefined ? "" : `${hertz(from)}–${hertz(to)}`;
  return [name.replaceAll("_", " "), range];
});

function draw(view: View): Drawing {
  const worker = view.rig.workers[analyzerName];
  const source = audioSource(worker);
  const audio = audioView(view.telemetry, view.now);
  const head = row(bold("Audio"), ...sourceTitle(source, view.width - 5));
  const advice = source?.advice ? [row(coloured("yellow", `${view.signs.warn} ${source.advice}`))] : [];
  if (audio.levels === undefined) {
    const { now, detail, sign } = workerStatus(analyzerName, view.rig, view.now);
    const state = detail === "" ? now : `${now} (${detail})`;
    const why = sign === "ok" ? "The analyzer runs, but no levels arrive." : `${analyzerName} is ${state}.`;
    const todo = sign === "off" ? [row("a starts it")] : [];
    return { top: [head, ...advice, [], row(why), ...todo], list: [] };
  }
  const bars = audio.levels.map((value, index) => levelLine(value, index, view.width));
  const beat: Line = [new Span(" "), ...tempoLine(audio), ...phase(audio)];
  if (view.layout === "small") return { top: [head, ...advice, beat], list: bars };
  const gap: Line[] = view.height >= 20 ? [[]] : [];
  const spectrum = spectrumLine(audio, view.width);
  return { top: [head, ...advice, ...gap, ...bars, ...gap, spectrum, ...gap, beat, ...factLines(audio, view)], list: [] };
}

function levelLine(value: number, index: number, width: number): Line {
  const [name, range] = bandLabels[index] ?? ["", ""];
  const rangeWidth = width >= 60 ? 11 : 0;
  return row(
    ` ${fitText(name, 10)}`,
    dim(fitText(range, rangeWidth)),
    meter(value, Math.max(8, width - rangeWidth - 19)),
    `  ${value.toFixed(2)}`,
  );
}

function spectrumLine({ spectrum }: AudioView, width: number): Line {
  if (spectrum === undefined) return row(dim(" spectrum off"));
  const room = Math.max(8, width - 12);
  const perBin = Math.max(1, Math.floor(room / spectrum.length));
  return row(dim(" spectrum  "), coloured("cyan", columns(resample(spectrum, Math.min(room, perBin * spectrum.length)))));
}

function factLines(audio: AudioView, view: View): Line[] {
  const worker = view.rig.workers[analyzerName];
  const stats = worker === undefined ? undefined : workerStats(worker, view.now);
  const lines: Line[] = [];
  const { onsets, structure, pitch } = audio;
  if (onsets !== undefined) lines.push(row(" ", ...onset("kick", onsets.kick), ...onset("snare", onsets.snare), ...onset("hat", onsets.hat)));
  if (structure !== undefined) {
    const { buildup, drop, trend, brightness } = structure;
    const flags = [...flag("build-up", buildup), ...flag("drop", drop)];
    lines.push(row(" ", ...flags, dim("trend "), signed(trend), dim("  bright "), brightness.toFixed(2)));
  }
  if (pitch !== undefined) {
    const { frequency, confidence } = pitch;
    lines.push(row(" ", dim("pitch "), frequency === 0 ? "–" : `${frequency.toFixed(1)} Hz`, dim("  conf "), confidence.toFixed(2)));
  }
  if (audio.silent) lines.push(row(" ", coloured("yellow", "silence")));
  if (stats?.fps !== undefined) {
    const latency = stats.latencyP95 === undefined ? "–" : `${stats.latencyP95.toFixed(1)} ms`;
    lines.push(row(" ", dim("fps "), rate(stats.fps), dim("  p95 "), latency));
  }
  return lines;
}

/** The beat of the bar. */
function phase({ beatInBar }: AudioView): Line {
  if (beatInBar === undefined) return [];
  const dots = Array.from({ length: 4 }, (_, index) => (index < beatInBar ? "▮" : "▯")).join("");
  return [dim("  bar "), coloured("cyan", dots)];
}

const onset = (name: string, strength: number): Line => row(strength > 0.05 ? coloured("cyan", "●") : dim("○"), ` ${fitText(name, 7)}`);
const flag = (name: string, value: number): Line => row(value >= 0.5 ? coloured("magenta", "●") : dim("○"), ` ${name}  `);
const signed = (value: number): string => `${value < 0 ? "–" : "+"}${Math.abs(value).toFixed(2)}`;

function hertz(frequency: number): string {
  return frequency >= 1000 ? `${frequency / 1000}k` : String(frequency);
}
