import { lyricsAwaySchema, lyricsAwayText } from "@vj/schema";
import { textField } from "@vj/rig";
import { starterOf } from "../rig/starter.ts";
import { playing } from "../telemetry/playing.ts";
import { playbackName, playbackSources } from "../telemetry/sources.ts";
import { lyricsName } from "../telemetry/understanding.ts";
import { cutText, fitText } from "../text/fit.ts";
import { remember } from "../text/remember.ts";
import { bold, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenContext, ScreenKey } from "../ui/screen.ts";
import { wrapText } from "../text/wrap.ts";
import { lyricRows } from "../widgets/lyric-rows.ts";
import { lyricsSummary, sourcesLine, trackHead } from "../widgets/now-head.ts";
import { noTrackLine } from "../widgets/now-playing-box.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { drawVersions, versionsOf } from "./lyrics-versions.ts";

/** What is shown, with the place of the selected row: the lines, all of the song with nothing cut, the versions of the lyrics, or the sources. */
interface Shown {
  readonly list: "lines" | "all" | "versions" | "sources";
  readonly at: number;
}

const lines: Shown = { list: "lines", at: 0 };
/** The position of the source that is live, beside that which is published. */
const addresses = [...usualAddresses, "/playback/*"];

/** The song that plays, its source and its lyrics, all of which are chosen and moved in time here. */
export const nowScreen: Screen<Shown> = {
  id: "now",
  key: "4",
  title: "Now",
  init: lines,
  keys: ({ list }) => (list === "sources" ? sourceKeys : [...timingKeys, ...(list === "lines" ? lineKeys : list === "all" ? allKeys : versionKeys)]),
  draw: (view, { list, at }) => (list === "sources" ? drawSources(view, at) : list === "versions" ? drawVersions(view, at) : drawLines(view, list === "all")),
  listens: () => addresses,
  enter: () => lines,
};

type Key = ScreenKey<Shown>;
type Send = (context: ScreenContext<Shown>) => void;
const send = (cmd: string, args: Readonly<Record<string, unknown>> = {}): Send => ({ commands }) => void commands.send({ worker: lyricsName, cmd, args, shown: args });

const timingKeys: readonly Key[] = [
  { keys: ["+", "="], label: "200 ms earlier", footer: 1, run: send("nudge", { ms: 200 }) },
  { keys: ["-"], label: "200 ms later", footer: 2, run: send("nudge", { ms: -200 }) },
  { keys: ["."], label: "50 ms earlier", run: send("nudge", { ms: 50 }) },
  { keys: [","], label: "50 ms later", run: send("nudge", { ms: -50 }) },
  { keys: ["0"], label: "offset as all songs", run: send("reset_offset") },
  { keys: ["t"], label: "a line begins now", footer: 3, run: send("tap_line") },
];

const lineKeys: readonly Key[] = [
  { keys: ["m"], label: "pick lyrics", footer: 4, reduce: () => ({ list: "versions", at: 0 }), run: send("list_candidates") },
  { keys: ["n"], label: "pick source", footer: 5, reduce: (_shown, rig) => ({ list: "sources", at: Math.max(0, playbackSources(rig).findIndex(({ live }) => live)) }) },
  { keys: ["x"], label: "unpin source", footer: 6, run: (context) => pin(context, "auto") },
  { keys: ["f"], label: "fetch lyrics", footer: 7, run: fetchLyrics },
  { keys: ["return"], label: "whole title and lines", footer: 8, reduce: () => ({ list: "all", at: 0 }) },
  ...scrolling(),
];

const within = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
const back: Key = { keys: ["escape"], label: "back", footer: 6, reduce: () => lines };

const allKeys: readonly Key[] = [{ ...back, keys: ["escape", "return"], footer: 0 }, ...scrolling()];

const versionKeys: readonly Key[] = [
  { keys: ["up", "k"], label: "version above", moves: true, reduce: ({ list, at }, rig) => ({ list, at: within(at - 1, versionsOf(rig).length) }) },
  { keys: ["down", "j"], label: "version below", moves: true, reduce: ({ list, at }, rig) => ({ list, at: within(at + 1, versionsOf(rig).length) }) },
  { keys: ["return"], label: "pick it", footer: 0.1, run: pick },
  { keys: ["x"], label: "the best again", footer: 0.2, run: (context) => choose(context, "auto") },
  { ...back, keys: ["escape", "m"], footer: 0.3 },
];

const sourceKeys: readonly Key[] = [
  { keys: ["up", "k"], label: "source above", moves: true, reduce: ({ list, at }, rig) => ({ list, at: within(at - 1, playbackSources(rig).length) }) },
  { keys: ["down", "j"], label: "source below", moves: true, reduce: ({ list, at }, rig) => ({ list, at: within(at + 1, playbackSources(rig).length) }) },
  { keys: ["return"], label: "pin it", footer: 4, run: (context) => {
    const source = playbackSources(context.rig)[context.state.at];
    if (source !== undefined) pin(context, source.name);
    context.update(() => lines);
  } },
  { keys: ["x"], label: "unpin: by the rules", footer: 5, run: (context) => {
    pin(context, "auto");
    context.update(() => lines);
  } },
  { ...back, keys: ["escape", "n"] },
];

function pin({ commands }: ScreenContext<Shown>, source: string): void {
  const args = { pinned_source: source };
  void commands.send({ worker: playbackName, cmd: "set_config", args, shown: args });
}

/** Fetches the lyrics of the song that plays once more; without one it says so. */
function fetchLyrics(context: ScreenContext<Shown>): void {
  const track = playing(context.telemetry, context.now);
  if (track === undefined) context.say("no track plays, so there are no lyrics to fetch");
  else send("fetch_lyrics", { artist: track.artist, title: track.title })(context);
}

function pick(context: ScreenContext<Shown>): void {
  const version = versionsOf(context.rig)[context.state.at];
  if (version !== undefined) choose(context, version.id);
}

function choose(context: ScreenContext<Shown>, candidate: string): void {
  send("pick_lyrics", { candidate })(context);
  context.update(() => lines);
}

/** @param isAll from the top and with nothing cut, to be scrolled, in place of the line that is sung */
function drawLines(view: View, isAll: boolean): Drawing {
  const { telemetry, now, width, height } = view;
  const track = playing(telemetry, now);
  const sources = sourcesLine(view);
  if (track === undefined) return { top: [...sources, noTrackLine(view, width)], list: drawSources(view, -1).list };
  const summary = lyricsSummary(view);
  const whole = trackHead(track, view, true);
  const wholeFoot = summary === "" ? [] : wrapText(summary, width - 1).map((text) => row(" ", dim(text)));
  // In a low terminal the lines count more than the end of a long title.
  const fits = isAll || sources.length + whole.length + wholeFoot.length + leastLines <= height;
  const head = [...(fits ? sources : sources.slice(0, 1)), ...(fits ? whole : trackHead(track, view, false))];
  const foot = fits ? wholeFoot : summary === "" ? [] : [row(" ", dim(cutText(summary, width - 1)))];
  const [active] = track.lines;
  const blocks = lastLines([telemetry.lyrics, telemetry.refrain, telemetry.keywords, active?.index, width], () => telemetry.lyrics.map((line) => lyricRows(line, line.index === active?.index, telemetry, width)));
  const rows = blocks.flat();
  if (isAll) return { top: [], list: [...head, ...foot, [], ...rows] };
  if (rows.length === 0) return { top: [...head, ...foot], list: [[], ...wrapText(noLines(view), width - 1).map((text) => row(dim(text)))] };
  // The line being sung stays in the upper half.
  const room = Math.max(1, height - head.length - foot.length);
  const sung = telemetry.lyrics.findIndex(({ index }) => index === active?.index);
  const at = blocks.slice(0, Math.max(0, sung)).flat().length;
  const wanted = Math.max(0, Math.min(at - Math.floor(room / 3), rows.length - room));
  // The end of a line whose beginning is out of sight says nothing.
  const first = at < wanted ? wanted : firstOfBlock(blocks, wanted);
  return { top: [...head, ...foot], list: rows.slice(first), isPart: true };
}

/** The first row at or after this one that begins a line of the lyrics. */
function firstOfBlock(blocks: readonly (readonly Line[])[], wanted: number): number {
  let begins = 0;
  for (const { length } of blocks) {
    if (begins >= wanted) break;
    begins += length;
  }
  return begins;
}

/** Rows of the lyrics that a long title leaves. */
const leastLines = 4;
const lastLines = remember<Line[][]>();

/** Why there are no lines, and what helps. */
function noLines({ rig, now }: View): string {
  const entry = rig.workers[lyricsName];
  if (entry?.link !== "connected") return `${lyricsName} is away, so there are no lyrics: ${starterOf(rig)} it; 2 says why it is away`;
  const away = lyricsAwaySchema.safeParse(entry.state?.["lyrics_away"]).data;
  if (away !== undefined) return lyricsAwayText(away, now / 1000);
  const last = rig.sent[lyricsName];
  if (last?.wish.cmd === "fetch_lyrics" && last.phase === "sending") return "Fetching lyrics …";
  const problem = textField(entry.state, "problem");
  return `No lyrics with times${problem === undefined ? "" : `: ${problem}`}; m looks for other versions, f fetches again`;
}

/** The sources, each with what it plays or why it does not. */
function drawSources({ rig, width }: View, at: number): Drawing {
  const sources = playbackSources(rig);
  const blocks = sources.map(({ name, live, pinned, playing: plays, track, reason }, index) => {
    const state = track === "" ? reason || "no track" : `${plays ? "▶" : "■"} ${track}`;
    const [first = "", ...rest] = wrapText(`${pinned ? "pinned " : ""}${state}`, Math.max(8, width - 15));
    const lines = [row(`${live ? "●" : "○"} ${fitText(name, 12)}`, first), ...rest.map((text) => row(" ".repeat(14), text))];
    return index === at ? lines.map(selected) : lines;
  });
  const head = [row(bold("Sources"), dim("  which one counts?")), []];
  return { top: head, at: blocks.slice(0, Math.max(0, at)).flat().length, list: blocks.length > 0 ? blocks.flat() : [row(dim(`${playbackName} is away, so no source is known: ${starterOf(rig)} it`))] };
}
