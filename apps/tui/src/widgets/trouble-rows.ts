import { managerOf } from "@vj/rig";
import { troublesOf } from "./troubles.ts";
import type { Trouble } from "./troubles.ts";
import { signColours } from "../text/signs.ts";
import { Span, bold, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold } from "../text/wrap.ts";
import { targetRows } from "./target-rows.ts";
import { foldRepeats, logLine, noticeLines } from "./log-lines.ts";
import type { View } from "./view.ts";

/** All that is wrong, and what the process manager warns of, on as many rows as it takes. Pure. */
export function troubleRows({ rig, now, signs, width }: Pick<View, "rig" | "now" | "signs" | "width">): Line[] {
  const listed = managerOf(rig)?.state?.["warnings"];
  const warnings = (Array.isArray(listed) ? listed.map(String) : []).map((what): Trouble => ({ sign: "warn", what, more: "", names: [] }));
  const all = [...troublesOf(rig, now), ...warnings];
  const wrong = all.length === 0 ? [[], row(` ${signs.ok.trimEnd()} no fault is known`)] : all.flatMap((trouble) => [[], ...rowsOf(trouble, signs[trouble.sign], width)]);
  return [row(bold("What is wrong")), ...wrong, ...deafTargets(rig, now, signs, width), ...lastWarnings(rig, now, width), ...lastNotices(rig, width)];
}

/** Targets that get nothing: no fault of the rig, so they stand apart, but a person may have to start a program. */
function deafTargets(rig: View["rig"], now: number, signs: View["signs"], width: number): Line[] {
  const rows = targetRows(rig, now).filter(({ sign }) => sign === "warn" || sign === "bad");
  return rows.length === 0 ? [] : [[], row(bold("Targets that nobody receives")), ...rows.flatMap(({ name, detail, sign }) => [[], ...rowsOf({ sign, what: name, more: detail, names: [] }, signs[sign], width)])];
}

/** So many of the last messages are shown. */
const keptNotices = 8;

/** The last messages in full, the newest first: at the foot of a screen they are cut, and gone after a moment. */
function lastNotices({ notices }: View["rig"], width: number): Line[] {
  const shown = notices.slice(-keptNotices).reverse();
  return shown.length === 0 ? [] : [[], row(bold("Last messages")), ...shown.flatMap((notice) => noticeLines(notice, width))];
}

/** So many of the last warnings are shown, and for so long, milliseconds. */
const warnings = { kept: 5, ms: 600_000 } as const;

/** The last warnings of the logs in full, the newest first: at the foot of a screen they are cut. */
function lastWarnings({ logs }: View["rig"], now: number, width: number): Line[] {
  const recent = foldRepeats(logs.filter(({ level, at }) => (level === "warn" || level === "error" || level === "fatal") && now - at < warnings.ms)).slice(-warnings.kept).reverse();
  return recent.length === 0 ? [] : [[], row(bold("Last warnings"), dim("  7 shows all")), ...recent.flatMap(({ entry, repeats }) => [logLine({ ...entry, text: "" }, repeats), ...fold(entry.text, width - 4).map((part) => row("   ", part))])];
}

function rowsOf({ sign, what, more, names }: Trouble, mark: string, width: number): Line[] {
  const colour = signColours[sign];
  const text = names.length > 1 ? `${what}: ${names.join(", ")}` : what;
  const head = fold(text, width - 4).map((part, index) => row(new Span(` ${index === 0 ? mark.trimEnd() : " "} ${part}`, colour === undefined ? {} : { colour })));
  return [...head, ...(more === "" ? [] : more.split(/; | {2}/).flatMap((part) => fold(part, width - 4)).map((part) => row(dim(`   ${part}`))))];
}
