import { placeText, targetPresets } from "@vj/schema";
import type { TargetPreset } from "@vj/schema";
import { count, rate } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { signColours } from "../text/signs.ts";
import { wrapText } from "../text/wrap.ts";
import type { TargetRow } from "./target-rows.ts";
import type { View } from "./view.ts";

/** Everything about one target, the most wanted first, on rows of at most `width` cells. */
export function targetDetail(target: TargetRow, { signs, width }: Pick<View, "signs" | "width">): Line[] {
  const { name, sign, detail } = target;
  const colour = signColours[sign];
  const paint = (text: string): Line => row(" ", colour === undefined ? dim(text) : coloured(colour, text));
  const state = wrapText(`${signs[sign]} ${detail}`, width - 2).map(paint);
  const facts = [rowText(target), target.written === undefined ? "" : passText(target), flowText(target)].filter((text) => text !== "");
  return [row(" ", bold(name)), ...state, ...facts.flatMap((text) => wrapText(text, width - 2).map((line) => row(" ", line)))];
}

function rowText({ target: { host, port, view }, written }: TargetRow): string {
  const preset: TargetPreset | undefined = written?.preset === undefined ? undefined : targetPresets[written.preset];
  const program = preset === undefined ? "" : ` · preset ${written?.preset ?? ""}: ${preset.program} (${preset.certainty})`;
  return written === undefined ? `${placeText({ host, port })} · its shape, filters and flash guard are not known without the list` : `${placeText({ host, port })} · ${view.shape} shape${program}`;
}

/** What it does not get, and what looks different there. */
export function passText({ target: { view } }: TargetRow): string {
  const parts = [
    view.safe ? "flash guard on: at most three flashes a second" : "flash guard off",
    view.only === undefined ? "" : `only ${view.only.join(" ")}`,
    view.not.length === 0 ? "" : `drops ${view.not.join(" ")}`,
    view.rate === undefined ? "no rate limit" : `at most ${view.rate}/s of each address`,
    view.on_change ? "only what has changed" : "",
    renameText(view.rename),
    view.prefix === "" ? "" : `prefix ${view.prefix}`,
    view.text === "ascii" ? "text in plain letters" : "",
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

/** So many renamed addresses are named; the form has all. */
const namedRenames = 2;

function renameText(rules: TargetRow["target"]["view"]["rename"]): string {
  if (rules.length === 0) return "";
  const named = rules.slice(0, namedRenames).map(({ from, to }) => `${from} → ${to}`);
  return `${rules.length} renamed: ${named.join(", ")}${rules.length > namedRenames ? " … (e shows all)" : ""}`;
}

function flowText({ flow, senders }: TargetRow): string {
  if (flow === undefined) return "";
  const counts = [`${count(flow.sent)} sent`, `${count(flow.refused)} refused (nobody listened)`, `${count(flow.errors)} errors`, `${count(flow.dropped)} dropped`];
  const from = senders.filter(([, one]) => one.sent > 0).map(([worker, one]) => `${worker} ${one.rate === undefined ? "–" : rate(one.rate)}/s`);
  return `${counts.join(" · ")}${from.length === 0 ? "" : ` · from ${from.join(", ")}`}`;
}
