import { fieldsOf, numberField, textField } from "@vj/rig";
import { doubtOf, playSign } from "../telemetry/playing.ts";
import type { Playing } from "../telemetry/playing.ts";
import { playbackName, playbackSources, sourceTiming } from "../telemetry/sources.ts";
import { lyricsName } from "../telemetry/understanding.ts";
import { cutText, lineWidth, spread, widthOf } from "../text/fit.ts";
import { age, songTime } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import type { View } from "./view.ts";

/** The sources, who of them is live and pinned, and the offset of the lyrics. */
export function sourcesLine({ rig, width }: View): Line[] {
  const sources = playbackSources(rig);
  const spans = sources.flatMap(({ name, live, pinned }) => {
    const text = `${live ? "●" : "○"} ${name}${pinned ? " (pinned)" : ""} `;
    return [live ? coloured("green", text) : dim(text), dim(" ")];
  });
  const away = rig.workers[playbackName]?.link === "connected" ? "no source yet" : `${playbackName} is away: 2 shows why`;
  const left = row(bold("Now"), "  ", ...(spans.length === 0 ? [dim(away)] : spans));
  const offset = offsetText(rig);
  if (lineWidth(left) + offset.length + 1 <= width) return [spread(left, row(dim(offset)), width)];
  return offset === "" ? [left] : [left, row(" ", dim(offset))];
}

/** `offset +200 ms (song)`; empty while the lyrics worker is away. */
function offsetText({ workers, sent }: View["rig"]): string {
  const offset = fieldsOf(workers[lyricsName]?.state, "offset");
  const ms = numberField(offset, "ms");
  if (workers[lyricsName]?.link !== "connected" || ms === undefined) return "";
  const last = sent[lyricsName];
  const isSaving = last?.phase === "sending" && ["nudge", "reset_offset", "set_offset", "tap_line"].includes(last.wish.cmd);
  return `offset ${ms > 0 ? "+" : ""}${ms} ms (${textField(offset, "scope") === "song" ? "song" : "all songs"})${isSaving ? " …" : ""}`;
}

/** With fewer cells an album says nothing. */
const leastAlbum = 8;

/** Name, position and whether it plays; then how fresh this is. @param isWhole with all of a long name, on more rows */
export function trackHead(track: Playing, { telemetry, rig, now, width }: View, isWhole: boolean): Line[] {
  const { artist, title, album, source } = track;
  const name = [artist, title].filter((text) => text !== "").join(" – ") || "unknown title";
  const time = timeBeside(widthOf(name), track, width);
  const room = width - time.length - 2;
  const cut = row(" ", bold(cutText(name, Math.max(8, room))), dim(album === "" || room - widthOf(name) < leastAlbum ? "" : ` · ${album}`));
  const named = isWhole && widthOf(name) > room ? nameRows(name, album, width, time) : [spread(cut, row(time), width)];
  const live = playbackSources(rig).find((one) => one.name === source);
  const timing = sourceTiming(telemetry, source, now);
  const facts = [
    live?.pollSec === undefined ? "" : `asked every ${live.pollSec} s`,
    timing === undefined ? "" : `last answer ${age(timing.ageMs)} ago`,
    timing?.driftMs === undefined ? "" : `drift ${timing.driftMs > 0 ? "+" : ""}${timing.driftMs} ms`,
  ].filter((fact) => fact !== "");
  const doubt = doubtOf(track, now);
  if (doubt === undefined) return [...named, row(" ", dim(facts.join(" · ")))];
  return [...named, ...fold(`! ${source || "its source"}: ${doubt}; n takes another source`, width - 2).map((text) => row(" ", coloured("yellow", text)))];
}

/** Position, length and state in as many words as leave the name whole; the fewest where nothing does. */
function timeBeside(nameCells: number, track: Playing, width: number): string {
  const { position, duration, moving, heldSince } = track;
  const sign = playSign(track);
  const length = duration > 0 ? ` / ${songTime(duration)}` : "";
  const place = position === undefined ? "-:--" : songTime(position);
  const texts = [
    ` ${position === undefined ? "-:--" : tenths(position)}${length}  ${sign} ${moving ? "playing" : heldSince === undefined ? "paused" : "not known"}`,
    ` ${sign} ${place}${length}`,
    ` ${sign} ${place}`,
  ];
  return texts.find((text) => nameCells + 2 + text.length <= width) ?? (width < 60 ? (texts.at(-1) ?? "") : (texts[0] ?? ""));
}

/** A long name on as many rows as it takes, with the time in the last one, then the album. */
function nameRows(name: string, album: string, width: number, time: string): Line[] {
  const room = width - time.length - 2;
  const parts = fold(name, width - 2);
  const [last = ""] = parts.slice(-1);
  const rest = widthOf(last) <= room ? [spread(row(" ", bold(last)), row(time), width)] : [row(" ", bold(last)), spread([], row(time), width)];
  const albumRows = album === "" ? [] : fold(album, width - 2).map((part) => row(" ", dim(part)));
  return [...parts.slice(0, -1).map((part) => row(" ", bold(part))), ...rest, ...albumRows];
}

/** Where the lyrics come from, what is in them, and how many other versions there are. */
export function lyricsSummary({ rig: { workers, sent } }: View): string {
  const lyrics = fieldsOf(workers[lyricsName]?.state, "lyrics");
  const origin = textField(lyrics, "origin");
  if (workers[lyricsName]?.link !== "connected" || lyrics === undefined || origin === undefined) return "";
  const timing = textField(lyrics, "timing") ?? "none";
  const last = sent[lyricsName];
  const listed = last?.wish.cmd === "list_candidates" && last.phase === "accepted" ? fieldsOf({ data: last.data }, "data")?.["candidates"] : undefined;
  const parts = [
    origin === "lrclib" ? "LRCLIB" : origin === "cache" ? "cached" : origin,
    timing === "none" ? "without times" : `timed by ${timing}`,
    `${numberField(lyrics, "lines") ?? 0} lines`,
    `${numberField(lyrics, "refrain_lines") ?? 0} refrain`,
    Array.isArray(listed) ? `${Math.max(0, listed.length - 1)} other versions` : "m shows other versions",
  ];
  return parts.join(" · ");
}

/** Position with tenths of a second: `1:42.3`. */
export function tenths(seconds: number): string {
  const shown = Math.max(0, Math.floor(seconds * 10) / 10);
  return `${songTime(shown)}.${Math.floor((shown * 10) % 10)}`;
}
