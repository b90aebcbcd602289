import { workerStatus } from "../rig/worker-status.ts";
import { analyzerName, audioSource, audioView } from "../telemetry/audio.ts";
import type { AudioSource, AudioView } from "../telemetry/audio.ts";
import { columns, resample } from "../text/bars.ts";
import { cutText, lineWidth, spread } from "../text/fit.ts";
import { flow } from "../text/flow.ts";
import { age } from "../text/format.ts";
import { beside } from "../text/panel.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { wrapText } from "../text/wrap.ts";
import { scrolling } from "../ui/global-keys.ts";
import type { Screen, ScreenKey } from "../ui/screen.ts";
import { tempoLine, verdictSpan } from "../widgets/audio-box.ts";
import { missingWord, soundFacts, workLines } from "../widgets/sound-facts.ts";
import { levelRows } from "../widgets/sound-meters.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { deviceKeys, drawDevices, pollDevices } from "./audio-devices.ts";
import { features } from "../rig/sound-features.ts";
import { starterBy } from "../rig/starter.ts";
import { featureKeys, handKeyWords, handKeys, isOn } from "./audio-keys.ts";
import { benchmarkKey, benchmarkLines } from "./audio-benchmark.ts";

const addresses = ["/audio/*", "/karaoke/track"];

/** Whether the inputs of the machine are shown, among which a person chooses. */
type Choosing = boolean;

const openDevices: ScreenKey<Choosing> = { keys: ["d"], label: "inputs", footer: 1, reduce: () => true };
const closeDevices: ScreenKey<Choosing> = { keys: ["escape", "d"], label: "back", footer: 2, reduce: () => false };

/** Everything about the sound. */
export const audioScreen: Screen<Choosing> = {
  id: "audio",
  key: "3",
  title: "Audio",
  init: false,
  keys: (choosing, rig) => (choosing ? [...deviceKeys, closeDevices] : [openDevices, ...featureKeys(rig), ...handKeys(rig), ...benchmarkKey(rig), ...scrolling()]),
  draw: (view, choosing) => (choosing ? drawDevices(view) : draw(view)),
  listens: () => addresses,
  // Two for each picture: its histories show the loudest of each fifth of a second.
  rate: 20,
  poll: (choosing, rig, now) => (choosing ? pollDevices(rig, now) : undefined),
  enter: () => false,
};

/** Cells of what is recognised, beside the meters. */
const factsWidth = 32;
/** Rows of each band in a terminal of this height: the history gets finer. */
const bandRows = (height: number): number => (height >= 50 ? 4 : height >= 30 ? 2 : 1);

function draw(view: View): Drawing {
  const source = audioSource(view.rig.workers[analyzerName]);
  const audio = audioView(view.telemetry, view.now);
  const head = [heading(source, view), ...adviceLines(source, view.width)];
  if (audio.levels === undefined) return { top: [...head, [], ...whyNoLevels(view), ...benchmarkLines(view)], list: [] };
  const isWide = view.width >= 76;
  const { sound } = view.telemetry;
  const meters = levelRows(audio.levels, sound.levels.slice(0, sound.levels.length - sound.open), { width: isWide ? view.width - factsWidth - 1 : view.width, rows: bandRows(view.height) });
  const facts = soundFacts(view);
  const below = [spectrumLine(audio, view), ...workLines(view), ...featureLines(view), ...handLines(view), ...benchmarkLines(view)];
  if (isWide) return { top: head, list: [...beside(meters, facts, view.width - factsWidth), ...below] };
  // The tempo first: it is what must be seen in the smallest terminal.
  return { top: [...head, [...row(" "), ...tempoLine(audio, view.rig)]], list: [...meters, ...facts.slice(1).map((line): Line => [...row(" "), ...line]), ...below] };
}

/** `Audio  BlackHole 2ch (auto: name match)  48 kHz · stereo       ✓ sound`. */
function heading(source: AudioSource | undefined, { width, signs }: View): Line {
  if (source === undefined) return row(bold("Audio"));
  const state = verdictWords(source, signs.ok);
  const format = source.sampleRate === 0 ? "" : `  ${source.sampleRate / 1000} kHz · ${channelWord(source.channels)}`;
  const why = source.chosenBy === "" ? "" : ` (${source.chosenBy})`;
  const room = width - lineWidth(state) - 8;
  const name = source.demo ? coloured("magenta", "demo signal") : row(cutText(source.name, Math.max(8, room)))[0] ?? "";
  const left = row(bold("Audio"), "  ", name, dim(why));
  const withFormat = [...left, ...row(dim(format))];
  return spread(lineWidth(withFormat) + lineWidth(state) + 2 <= width ? withFormat : left, [...row("  "), ...state], width);
}

const channelWord = (channels: number): string => (channels === 1 ? "mono" : channels === 2 ? "stereo" : `${channels} channels`);

/** What the analyzer thinks of the sound, and for how long. */
function verdictWords(source: AudioSource, ok: string): Line {
  const since = source.since === undefined || source.verdict === "ok" ? "" : ` for ${age(source.since * 1000)}`;
  return source.verdict === "ok" ? row(coloured("green", `${ok} sound`)) : row(verdictSpan(source), dim(since));
}

/** All of the advice: it is read when the sound is gone. */
function adviceLines(source: AudioSource | undefined, width: number): Line[] {
  const texts = source === undefined ? [] : [source.advice, source.waitingFor === "" ? "" : `waiting for ${source.waitingFor}`];
  return texts.filter((text) => text !== "").flatMap((text) => wrapText(`! ${text}`, width - 2, 4).map((line) => row(" ", coloured("yellow", line))));
}

function whyNoLevels({ rig, now }: View): Line[] {
  const { now: word, detail, sign } = workerStatus(analyzerName, rig, now);
  const state = detail === "" ? word : `${word} (${detail})`;
  const why = sign === "ok" ? "The analyzer runs, but no levels arrive." : `${analyzerName} is ${state}.`;
  return [row(why), ...(sign === "off" ? [row(`${starterBy("a", rig)} it`)] : [])];
}

/** From so many cells on, a bin of the spectrum takes more than two: each changes ten times a second, and all of them have to be sent. */
const veryWide = 150;

function spectrumLine({ spectrum }: AudioView, { rig, width }: View): Line {
  if (spectrum === undefined) return row(dim(` spectrum ${missingWord("enable_spectrum", rig)}`));
  const room = Math.max(8, width - 12);
  const perBin = Math.max(1, Math.min(width >= veryWide ? Infinity : 2, Math.floor(room / spectrum.length)));
  return row(dim(" spectrum "), coloured("cyan", columns(resample(spectrum, Math.min(room, perBin * spectrum.length)))));
}

/** Which features are on, each with its key. */
function featureLines({ rig, width }: View): Line[] {
  const shown = features.flatMap((feature): Line[] => {
    const on = isOn(feature, rig);
    return on === undefined ? [] : [row(dim(`${feature.key} `), on ? coloured("green", "●") : dim("○"), ` ${feature.name}`)];
  });
  return flow(shown, { width });
}

/** The keys that correct the tempo. */
function handLines({ rig, width }: View): Line[] {
  const words = handKeyWords(rig).map((word) => row(word));
  return words.length === 0 ? [] : flow([row(dim("tempo"), " ", ...(words[0] ?? [])), ...words.slice(1)], { width });
}
