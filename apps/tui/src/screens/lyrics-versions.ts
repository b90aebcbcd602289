import { lyricsVersionsSchema } from "@vj/schema";
import type { LyricsVersion, LyricsVersions } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { lyricsName } from "../telemetry/understanding.ts";
import { cutText, fitLine, fitText } from "../text/fit.ts";
import { songTime } from "../text/format.ts";
import { bold, coloured, dim, row, selected } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { fold, wrapText } from "../text/wrap.ts";
import { own } from "../rig/settings.ts";
import type { Drawing, View } from "../widgets/view.ts";

/** The versions, and why sources could not be asked; undefined until the worker has answered. */
function answerOf(rig: RigState): LyricsVersions | undefined {
  const last = own(rig.sent, lyricsName);
  // While it is asked once more, and after a refusal, the last answer may be that of another song.
  const data = last?.wish.cmd === command ? last.data : own(own(rig.replies, lyricsName) ?? {}, command)?.data;
  return lyricsVersionsSchema.safeParse(data).data;
}

const command = "list_candidates";

/** The versions of the lyrics among which a person can pick; none until the worker has answered. */
export const versionsOf = (rig: RigState): readonly LyricsVersion[] => answerOf(rig)?.candidates ?? [];

/** The versions with what is known of each, and why sources could not be asked. @param at place of the chosen one */
export function drawVersions({ rig, width }: View, at: number): Drawing {
  const last = rig.sent[lyricsName];
  const versions = versionsOf(rig);
  const title = row(bold("Versions of the lyrics"), dim(`  ${last?.wish.cmd === command && last.phase === "sending" ? "asking …" : `${versions.length} found`}`));
  const faults = last?.wish.cmd === command && last.phase === "refused" ? [last.message] : (answerOf(rig)?.faults ?? []);
  const fault = wrapText(faults.map((text) => `! ${text}`).join("  "), width, 3).filter((text) => text !== "").map((text) => row(coloured("yellow", text)));
  const blocks = versions.map((version, index) => versionRows(version, index === at, width));
  return { top: [title, ...fault, []], list: blocks.flat(), at: blocks.slice(0, at).flat().length };
}

/** A version on one row; the chosen one on as many as it takes. */
function versionRows({ artist, title, source, duration, timing, instrumental, picked }: LyricsVersion, isSelected: boolean, width: number): Line[] {
  const kind = instrumental ? "instrumental" : timing === "none" ? "text" : timing;
  const text = ` ${fitText(kind, 13)}${fitText(duration > 0 ? songTime(duration) : "", 6)}${fitText(source, 8)}${picked ? "picked " : ""}${artist} – ${title}`;
  return isSelected ? fold(text, width).map((part) => selected(fitLine(row(part), width))) : [row(cutText(text, width))];
}
