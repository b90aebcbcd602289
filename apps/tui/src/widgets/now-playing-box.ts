import { workerNames } from "@vj/rig";
import { sourcesOf } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { workerStatus } from "../rig/worker-status.ts";
import { doubtOf, playSign, playing, whyNoTrack } from "../telemetry/playing.ts";
import type { Playing } from "../telemetry/playing.ts";
import { playbackSources } from "../telemetry/sources.ts";
import { lyricsName, readMeaning } from "../telemetry/understanding.ts";
import type { LyricsLine, TelemetrySnapshot } from "../telemetry/snapshot.ts";
import { progress } from "../text/bars.ts";
import { cutText, fitText, widthOf } from "../text/fit.ts";
import { songTime } from "../text/format.ts";
import { innerHeight, innerWidth, panel } from "../text/panel.ts";
import { clockTurn, remember } from "../text/remember.ts";
import { bold, coloured, dim, row, textOf } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { wrapText } from "../text/wrap.ts";
import type { View } from "./view.ts";

/** The playing track, as a box. @param height rows including the edges */
export function nowPlayingBox(view: View, width: number, height: number): Line[] {
  const track = playing(view.telemetry, view.now);
  if (track === undefined) {
    const { rig, now, signs } = view;
    return lastWithout([rig, clockTurn(now), signs, width, height], () => panel({ title: row(bold("Now playing")), width, height, body: nothingPlays(view, innerWidth(width)) }));
  }
  const { rig, now } = view;
  const { position: _position, lines, ...constant } = track;
  const time = timeLine(track, innerWidth(width));
  return lastWith([rig, clockTurn(now), width, height, textOf(time), lines.length, lines[0], ...Object.values(constant)], () => {
    const title = row(bold("Now playing"), dim(" ─ "), track.source || "unknown source", isPinned(track, rig) ? " (pinned)" : "");
    return panel({ title, width, height, body: trackLines(track, view, innerWidth(width), { time, rows: innerHeight(height) }) });
  });
}

const lastWith = remember<Line[]>();
const lastWithout = remember<Line[]>();

/** The track in one line. */
export function nowPlayingLine(view: View): Line {
  const track = playing(view.telemetry, view.now);
  if (track === undefined) return noTrackLine(view, view.width);
  return row(playSign(track), track.position === undefined ? " " : ` ${songTime(track.position)} `, bold(name(track)));
}

/** That there is no track, and why not. */
export function noTrackLine({ rig }: View, width: number): Line {
  return row(dim(cutText(whyNoTrack(rig) ?? "no track", width)));
}

/** Name and time of a track, the line being sung and the next ones, its mood. @param rows in which all of it is to fit, at least 5 */
function trackLines(track: Playing, { now, rig }: View, width: number, { time, rows }: { readonly time: Line; readonly rows: number }): Line[] {
  const [line, ...following] = track.lines;
  const lines = [row(bold(cutText(name(track), width))), time];
  const doubt = doubtOf(track, now);
  if (doubt !== undefined) lines.push(...wrapText(`! ${doubt}`, width, Math.max(1, rows - 3)).map((text) => row(coloured("yellow", text))));
  else if (line !== undefined) lines.push(row("▸ ", line.text), ...nextLines(following.slice(0, rows - 4)));
  else lines.push([], []);
  if (track.mood !== "") lines.push(row(dim("mood "), track.mood, ...feeling(track, rig)));
  return lines;
}

/** `energy 0.42  valence -0.21`, where they are of this song. */
function feeling({ mood }: Playing, { workers }: RigState): Line {
  const worker = workers[lyricsName];
  const meaning = worker?.link === "connected" ? readMeaning(worker.state) : undefined;
  if (meaning?.mood !== mood) return [];
  return row(dim("  energy "), meaning.energy.toFixed(2), dim("  valence "), meaning.valence.toFixed(2));
}

function isPinned({ source }: Playing, rig: RigState): boolean {
  return playbackSources(rig).some(({ name, pinned }) => pinned && name === source);
}

/** At least one row, so that what follows stays in its place. */
function nextLines(lines: readonly LyricsLine[]): Line[] {
  return lines.length === 0 ? [[]] : lines.map(({ text }) => row(dim(`  ${text}`)));
}

/** `Album   1:42 ━━━━──── 5:29`; without a duration there is no bar to draw. */
function timeLine(track: Playing, width: number): Line {
  const at = track.position === undefined ? "-:--" : songTime(track.position);
  const sign = playSign(track);
  if (track.duration <= 0) return row(sign, ` ${at}`, dim(track.album === "" ? "" : `  ${track.album}`));
  const times = widthOf(at) + widthOf(songTime(track.duration)) + 4;
  const album = track.album === "" ? 0 : Math.min(widthOf(track.album) + 2, Math.floor(width * 0.36));
  const line = progress((track.position ?? 0) / track.duration, Math.max(4, width - times - album));
  return row(dim(fitText(track.album, album)), `${sign} ${at} `, coloured("cyan", line), ` ${songTime(track.duration)}`);
}

/** The reason why there is no track, as far as the bus shows it. */
function nothingPlays({ rig, now, signs }: View, width: number): Line[] {
  const why = whyNoTrack(rig);
  const lines: Line[] = [row(cutText(why ?? "No track", width)), []];
  for (const { source, worker } of sourceWorkers(rig)) {
    const { sign, word, detail } = workerStatus(worker, rig, now);
    // A source that runs without anything to read from does not count as one yet.
    const usable = sign === "ok" && detail !== "" ? signs.off : signs[sign];
    lines.push(row(`${usable} ${source}  `, dim(detail || (sign === "ok" && why === undefined ? "no track" : word))));
  }
  return lines;
}

/** Whether a track plays, or a source could bring one. */
export function hasTracks(rig: RigState, telemetry: TelemetrySnapshot, now: number): boolean {
  return playing(telemetry, now) !== undefined || hasSource(rig, now);
}

function hasSource(rig: RigState, now: number): boolean {
  return lastSource([rig, clockTurn(now)], () => sourceWorkers(rig).some(({ worker }) => {
    const { sign, detail } = workerStatus(worker, rig, now);
    return sign === "ok" && detail === "";
  }));
}

const lastSource = remember<boolean>();

/** Every source of tracks, from its worker's description; one that has not run yet is listed by its name. */
function sourceWorkers(rig: RigState): { source: string; worker: string }[] {
  return workerNames(rig).flatMap((worker) => {
    const description = rig.workers[worker]?.description;
    const named = worker.endsWith("_monitor") ? [worker.replace(/_monitor$/, "")] : [];
    return (description === undefined ? named : sourcesOf(description)).map((source) => ({ source, worker }));
  });
}

function name({ artist, title }: Playing): string {
  return artist === "" ? title || "unknown title" : `${artist} – ${title}`;
}
