import { audioView } from "../telemetry/audio.ts";
import { playing } from "../telemetry/playing.ts";
import { lyricsName, readMeaning, readModel, readSteps, songOf } from "../telemetry/understanding.ts";
import type { ModelView } from "../telemetry/understanding.ts";
import { cutText, spread } from "../text/fit.ts";
import { clock } from "../text/format.ts";
import { beside, rule } from "../text/panel.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { withBelow } from "../text/window.ts";
import { wrapText } from "../text/wrap.ts";
import { ask } from "../ui/ask.ts";
import { isHere, setConfig } from "../rig/settings.ts";
import { openForm } from "../ui/form/form.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenContext, ScreenKey } from "../ui/screen.ts";
import { workerStatus } from "../rig/worker-status.ts";
import { meaningLines, reasonLines, sourceLines, stepLines, testLines } from "../widgets/ai-lines.ts";
import { lyricRows } from "../widgets/lyric-rows.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { starterOf } from "../rig/starter.ts";

/** Whether the data are shown as JSON. */
type Shown = boolean;

/** What the song is about, by which source, and how far the work on it is. */
export const aiScreen: Screen<Shown> = {
  id: "ai",
  key: "5",
  title: "AI",
  init: false,
  keys: (isJson) => (isJson ? [...keys, { keys: ["escape"], label: "words", reduce: () => false }] : keys),
  draw: (view, isJson) => (isJson ? drawJson(view) : drawMeaning(view)),
  listens: () => usualAddresses,
  isStill: true,
};

const send = (cmd: string) => ({ commands }: ScreenContext<Shown>): void => void commands.send({ worker: lyricsName, cmd, args: {}, shown: {} });

const keys: readonly ScreenKey<Shown>[] = [
  { keys: ["u"], label: "run again", footer: 1, run: send("understand") },
  { keys: ["c"], label: "clear cache for song", footer: 2, run: clear },
  { keys: ["v"], label: "JSON/words", footer: 3, reduce: (isJson) => !isJson },
  { keys: ["t"], label: "test backend", footer: 4, run: send("test_model") },
  {
    keys: ["e"],
    label: "settings of model and pictures",
    footer: 5,
    run: ({ ui, rig, setUi, commands }) => {
      if (!isHere(lyricsName, rig)) void commands.look(lyricsName);
      setUi({ ...ui, scroll: 0, overlay: { kind: "form", form: openForm(lyricsName, setConfig, rig) } });
    },
  },
  ...scrolling(),
];

function clear(context: ScreenContext<Shown>): void {
  const song = songOf(context.rig.workers[lyricsName]);
  if (song === "") context.say("no song is shown, so nothing is kept of it");
  else ask(context, `Forget what the model answered about ${cutText(song, 40)}?`, () => send("forget_meaning")(context));
}

function drawMeaning(view: View): Drawing {
  const { rig, telemetry, now, width } = view;
  const worker = rig.workers[lyricsName];
  if (worker?.link !== "connected") return { top: [row(bold("AI"))], list: away(view) };
  const { state } = worker;
  const model = readModel(state);
  const song = songOf(worker);
  const meaning = readMeaning(state);
  const songLine = song === "" ? row(dim(" No song is shown: what it is about appears when one plays")) : row(" ", bold(cutText(song, width - 1)));
  const body = meaning === undefined
    ? (song === "" ? [] : wrapText("No lyrics, so there is nothing to understand; f on screen 4 fetches them", width - 2).map((text) => row(" ", dim(text))))
    : [...meaningLines(meaning, audioView(telemetry, now).tempo, width), ...sourceLines(model, width)];
  const steps = readSteps(state);
  const words = (width: number, lines: readonly Line[]): Line[] => {
    const test = testLines(model, { ...view, width });
    // Who has just asked for it looks for its result, which is out of sight at the end.
    const isAwaited = model.test !== undefined && (model.test.state === "running" || now - model.test.at * 1000 < awaitedMs);
    const failed = reasonLines(steps, "error", { ...view, width });
    // What settings leave out is not a fault, and the same for every song: the song comes first.
    const leftOut = reasonLines(steps, "skipped", { ...view, width });
    const help = nextStep(model, failed.length + leftOut.length, { ...view, width });
    const isAtFault = failed.length > 0 || model.problem !== "";
    return [
      ...(isAwaited ? test : []),
      songLine,
      ...stepLines(steps, { ...view, width }),
      ...failed,
      ...(isAtFault ? help : []),
      ...lines,
      ...leftOut,
      ...(isAtFault ? [] : help),
      ...(isAwaited ? [] : test),
    ];
  };
  if (width < wideEnough || meaning === undefined) return { top: [modelLine(model, view)], list: withLyrics(words(width, body), view) };
  const left = Math.floor(width * 0.62);
  const shown = words(left - 1, [...meaningLines(meaning, audioView(telemetry, now).tempo, left - 1), ...sourceLines(model, left - 1)]);
  const right = [rule("as JSON, v shows it alone", width - left - 2), ...jsonLines(view, width - left - 2)];
  const room = Math.max(1, view.height - 1);
  const data = withBelow(right.slice(0, room), right.length - room, width - left - 2).map((line): Line => [dim("│ "), ...line]);
  return { top: [modelLine(model, view)], list: beside(withLyrics(shown, { ...view, width: left - 1 }), data, left) };
}

/** So long the result of a test stands above all else, milliseconds. */
const awaitedMs = 60_000;
/** From so many cells on, the data as JSON stand beside the words. */
const wideEnough = 150;
/** Rows that the words leave, from which on the lyrics, which they are about, stand below. */
const leastLyrics = 6;

/** Below what the song is about its lyrics from the line that is sung on, as far as there is room. */
function withLyrics(words: readonly Line[], { telemetry, now, width, height }: View): Line[] {
  const room = height - 2 - words.length - 1;
  const track = playing(telemetry, now);
  if (room < leastLyrics || track === undefined || telemetry.lyrics.length === 0) return [...words];
  const sung = track.lines[0]?.index;
  const at = Math.max(0, telemetry.lyrics.findIndex(({ index }) => index === sung));
  const first = Math.max(0, Math.min(at - 1, telemetry.lyrics.length - room));
  const lyrics = telemetry.lyrics.slice(first, first + room).flatMap((line) => lyricRows(line, line.index === sung, telemetry, width));
  return [...words, [], rule("lyrics, all on screen 4", width), ...lyrics.slice(0, room)];
}

/** What helps where a step failed or was left out. */
function nextStep({ problem }: ModelView, reasons: number, { width }: View): Line[] {
  return problem !== "" || reasons > 0 ? wrapText("e opens the settings: llm_enabled and llm_url for a model, images_dir or comfyui_enabled for pictures; t tests the model, u asks again", width - 2).map((text) => row(" ", text)) : [];
}

/** The backend, how its answers are held to their form, and who waits for it. */
function modelLine({ name, url, format, problem, queue }: ModelView, { signs, width }: View): Line {
  const place = url.replace(/^https?:\/\//, "").replace(/\/v1$/, "");
  const backend = name === "" ? coloured("yellow", problem === "" ? "no model has been asked yet" : "no model: the mood is a guess by words") : bold(name);
  const left = row(bold("AI"), "  ", backend, dim(place === "" ? "" : ` @${place}`), name === "" || format === "" ? "" : dim(`  ${format} ${signs.ok}`));
  return spread(left, row(dim(queue === undefined ? "" : ` queue ${queue}`)), width);
}

function away({ rig, now, width }: View): Line[] {
  const { now: word, detail, todo } = workerStatus(lyricsName, rig, now);
  const since = rig.workers[lyricsName];
  const text = `${lyricsName} is ${word}${since === undefined ? "" : ` since ${clock(since.since)}`}${detail === "" ? "" : ` (${detail})`}, so nothing is known of the song. ${todo === "" ? `${starterOf(rig)} it.` : `On screen 2 ${todo}.`}`;
  return [[], ...wrapText(text, width - 1).map((part) => row(part))];
}

/** Parts of the state of the worker that say what a song is about. */
const jsonParts = ["current_track", "meaning", "llm", "lyrics", "image", "pipeline_steps"] as const;

/** The data as they are; they scroll. */
function drawJson(view: View): Drawing {
  return { top: [row(bold("AI"), dim(" ─ as JSON; v shows words"))], list: jsonLines(view, view.width) };
}

function jsonLines({ rig }: View, width: number): Line[] {
  const state = rig.workers[lyricsName]?.state;
  const parts = Object.fromEntries(jsonParts.map((key) => [key, state?.[key]]));
  const text = state === undefined ? "" : JSON.stringify(parts, null, 2);
  return text === "" ? [row(dim("nothing is known yet"))] : text.split("\n").flatMap((line) => wrapJson(line, width - 1)).map((line) => row(line));
}

/** A long text goes on in the next rows, indented as it is. */
function wrapJson(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? "";
  return wrapText(line.trimStart(), Math.max(8, width - indent.length)).map((part) => indent + part);
}
