import type { TapLine, TapSession } from "./tap-session.ts";

const withoutBlanks = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The lines that were tapped whole, as LRC: with a stamp for each word (A2), where words were tapped. */
export function toLrc({ artist, title }: { artist: string; title: string }, { lines, taps }: TapSession): string {
  let at = 0;
  const stamped = lines.flatMap((line) => {
    const times = taps.slice(at, (at += line.parts.length));
    return times.length < line.parts.length ? [] : lineOf(line, times);
  });
  return [`[ar:${tag(artist)}]`, `[ti:${tag(title)}]`, "[re:vj lyrics tap]", ...stamped, ""].join("\n");
}

function lineOf({ text, parts }: TapLine, times: readonly number[]): string {
  const start = `[${stamp(times[0] ?? 0)}]`;
  if (parts.length === 1) return `${start}${text}`;
  return start + parts.map((part, index) => `${blankBetween(parts[index - 1], part)}<${stamp(times[index] ?? 0)}>${part}`).join("");
}

function blankBetween(before: string | undefined, part: string): string {
  if (before === undefined) return "";
  return withoutBlanks.test(before.at(-1) ?? "") && withoutBlanks.test(part[0] ?? "") ? "" : " ";
}

/** mm:ss.xx */
function stamp(seconds: number): string {
  const hundredths = Math.round(Math.max(0, seconds) * 100);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(hundredths / 6000))}:${two(Math.floor(hundredths / 100) % 60)}.${two(hundredths % 100)}`;
}

/** A bracket would end the tag. */
function tag(name: string): string {
  return name.replaceAll(/[[\]\r\n]/g, " ").trim();
}
