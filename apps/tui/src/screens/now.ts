import { lyricsAwaySchema, lyricsAwayText, lyricsVersionsSchema } from "@vj/schema";
import type { LyricsVersion } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { playing } from "../telemetry/playing.ts";
import type { LyricsLine } from "../telemetry/snapshot.ts";
import { cutText, fitText } from "../text/fit.ts";
import { songTime } from "../text/format.ts";
import { bold, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { scrolling } from "../ui/global-keys.ts";
import { usualAddresses } from "../ui/screen.ts";
import type { Screen, ScreenContext, ScreenKey } from "../ui/screen.ts";
import { noTrackLine, trackLines } from "../widgets/now-playing-box.ts";
import type { Drawing, View } from "../widgets/view.ts";

const worker = "lyrics_fetcher";

/** The versions of the lyrics among which a person picks: the one selected; undefined: the lines are shown. */
interface Shown {
  readonly version: number | undefined;
}

/** The song that plays and its lyrics, which are moved in time and picked here. */
export const nowScreen: Screen<Shown> = {
  id: "now",
  key: "4",
  title: "Now",
  init: { version: undefined },
  keys: ({ version }) => [...timingKeys, ...(version === undefined ? lineKeys : versionKeys)],
  draw: (view, shown) => (shown.version === undefined ? drawLines(view) : drawVersions(view, shown.version)),
  listens: () => usualAddresses,
  enter: () => ({ version: undefined }),
};

type Key = ScreenKey<Shown>;
type Send = (context: ScreenContext<Shown>) => void;
const send = (cmd: string, args: Readonly<Record<string, unknown>> = {}): Send => ({ commands }) => void commands.send({ worker, cmd, args, shown: args });

const timingKeys: readonly Key[] = [
  { keys: ["+", "="], label: "200 ms earlier", footer: 1, run: send("nudge", { ms: 200 }) },
  { keys: ["-"], label: "200 ms later", footer: 2, run: send("nudge", { ms: -200 }) },
  { keys: ["."], label: "50 ms earlier", run: send("nudge", { ms: 50 }) },
  { keys: [","], label: "50 ms later", run: send("nudge", { ms: -50 }) },
  { keys: ["0"], label: "offset as all songs", run: send("reset_offset") },
  { keys: ["t"], label: "a line begins now", footer: 3, run: send("tap_line") },
];

const lineKeys: readonly Key[] = [
  { keys: ["m"], label: "pick lyrics", footer: 4, reduce: () => ({ version: 0 }), run: send("list_candidates") },
  ...scrolling(),
];

const versionKeys: readonly Key[] = [
  { keys: ["up", "k"], label: "version above", reduce: ({ version = 0 }) => ({ version: Math.max(0, version - 1) }) },
  { keys: ["down", "j"], label: "version below", reduce: ({ version = 0 }, rig) => ({ version: Math.max(0, Math.min(versionsOf(rig).length - 1, version + 1)) }) },
  { keys: ["return"], label: "pick it", footer: 4, run: pick },
  { keys: ["x"], label: "the best again", footer: 5, run: (context) => choose(context, "auto") },
  { keys: ["escape", "m"], label: "back", footer: 6, reduce: () => ({ version: undefined }) },
];

function pick(context: ScreenContext<Shown>): void {
  const version = versionsOf(context.rig)[context.state.version ?? 0];
  if (version !== undefined) choose(context, version.id);
}

function choose(context: ScreenContext<Shown>, candidate: string): void {
  send("pick_lyrics", { candidate })(context);
  context.update(() => ({ version: undefined }));
}

/** Empty until the worker has answered. */
function versionsOf({ sent }: RigState): readonly LyricsVersion[] {
  const last = sent[worker];
  return last?.wish.cmd === "list_candidates" ? (lyricsVersionsSchema.safeParse(last.data).data?.candidates ?? []) : [];
}

function drawLines(view: View): Drawing {
  const { telemetry, now, width, height } = view;
  const track = playing(telemetry, now);
  if (track === undefined) return { top: [noTrackLine(view, width)], list: [] };
  const head = trackLines(track, view, width).slice(0, 2);
  const [active] = track.lines;
  const lines = telemetry.lyrics.map((line) => lineRow(line, line.index === active?.index, width));
  if (lines.length === 0) return { top: [...head, [], row(dim(cutText(noLines(view), width)))], list: [] };
  // The line being sung stays in the upper half.
  const room = Math.max(1, height - head.length - 1);
  const at = telemetry.lyrics.findIndex(({ index }) => index === active?.index);
  const first = Math.max(0, Math.min(at - Math.floor(room / 3), lines.length - room));
  return { top: [...head, []], list: lines.slice(first) };
}

/** Why there are no lines. */
function noLines({ rig, now }: View): string {
  const away = lyricsAwaySchema.safeParse(rig.workers[worker]?.state?.["lyrics_away"]).data;
  return away === undefined ? "No lyrics with times; m looks for other versions" : lyricsAwayText(away, now / 1000);
}

function lineRow({ time, text }: LyricsLine, isActive: boolean, width: number): Line {
  const clock = dim(`${songTime(time).padStart(7)}  `);
  const words = cutText(text, Math.max(1, width - 13));
  return row(isActive ? "▸ " : "  ", clock, isActive ? bold(words) : words);
}

function drawVersions({ rig, width }: View, at: number): Drawing {
  const last = rig.sent[worker];
  const versions = versionsOf(rig);
  const title = row(bold("Versions of the lyrics"), dim(`  ${last?.wish.cmd === "list_candidates" && last.phase === "sending" ? "asking …" : `${versions.length} found`}`));
  const fault = last?.phase === "refused" ? [row(cutText(last.message, width))] : [];
  return { top: [title, ...fault, []], list: versions.map((version, index) => versionRow(version, index === at, width)) };
}

function versionRow({ artist, title, source, duration, timing, instrumental, picked }: LyricsVersion, isSelected: boolean, width: number): Line {
  const kind = instrumental ? "instrumental" : timing === "none" ? "text" : timing;
  const text = ` ${fitText(kind, 13)}${fitText(duration > 0 ? songTime(duration) : "", 6)}${fitText(source, 8)}${picked ? "picked " : ""}${artist} – ${title}`;
  const line = row(cutText(text, width));
  return isSelected ? selected(line) : line;
}
