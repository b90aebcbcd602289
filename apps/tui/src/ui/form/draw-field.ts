import { cutText, fitText, widthOf } from "../../text/fit.ts";
import { plainValue } from "../../text/format.ts";
import { Span, coloured, dim, row } from "../../text/span.ts";
import type { Line } from "../../text/span.ts";
import { fold, wrapText } from "../../text/wrap.ts";
import type { View } from "../../widgets/view.ts";
import { rangeOf } from "../field/check.ts";
import { draftOf, isTyped } from "../field/draft.ts";
import type { Field } from "../field/field.ts";
import { fieldsOf, numberField, textField } from "@vj/rig";
import { isHere, own, setConfig } from "../../rig/settings.ts";
import { outcomeOf, textOf, valueOf } from "./form.ts";
import type { Form } from "./form.ts";
import { problemOf } from "./issues.ts";
import { changedMeanwhile, isChanged } from "./press.ts";

/** How a field is shown among the others. */
export interface FieldPlace {
  /** Whether keys act on it. */
  readonly active: boolean;
  /** Cells of the column of names. */
  readonly nameWidth: number;
}

/** A field on its row; below it what is wrong with it, and of the one that keys act on what it is for. */
export function fieldLines(form: Form, field: Field, view: View, { active, nameWidth }: FieldPlace): Line[] {
  const problem = problemOf(form, field, view.rig);
  const mark = problem === undefined ? (active ? "▸ " : "  ") : `${view.signs.bad.trim()} `;
  const name = `${mark}${fitText(field.key, nameWidth)} ${isChanged(form, field, view.rig) ? "*" : " "} `;
  const room = Math.max(4, view.width - nameWidth - 6);
  const style = problem !== undefined ? { colour: "red" as const, bold: active } : { bold: active };
  const note = noteOf(form, field, view);
  const valueRoom = Math.max(4, room - (note === "" ? 0 : widthOf(note) + 2));
  const value = active && isTyped(field) ? editedValue(form, field, view, valueRoom) : [activeOrNot(shownValue(form, field, view), active, valueRoom)];
  const lines: Line[] = [[new Span(name, style), ...value, ...(note === "" ? [] : row("  ", coloured("yellow", note)))]];
  const indent = "    ";
  if (problem !== undefined) lines.push(...wrapText(problem, view.width - 5, 3).map((text) => row(indent, coloured("red", text))));
  if (active && widthOf(field.key) > nameWidth) lines.push(...fold(field.key, Math.max(8, view.width - 5)).slice(0, 3).map((text) => row(indent, text)));
  if (active) lines.push(...wrapText(aboutOf(field), view.width - 5, 3).filter((text) => text !== "").map((text) => row(indent, dim(text))));
  return lines;
}

/** What is on its way, and what the environment decides. */
function noteOf(form: Form, field: Field, { rig }: View): string {
  if (form.cmd !== setConfig) return "";
  const { key } = field;
  const outcome = outcomeOf(form, rig);
  if (outcome?.phase === "sending" && Object.hasOwn(outcome.wish.args, key)) return "sending";
  if (Object.hasOwn(own(rig.waiting, form.worker) ?? {}, key)) return isHere(form.worker, rig) ? "sending" : "waits for its start";
  const meanwhile = changedMeanwhile(form, field, rig);
  if (meanwhile !== undefined) return `meanwhile ${meanwhile === "" ? "emptied" : cutText(meanwhile, 16)} elsewhere`;
  const origins = fieldsOf(own(rig.workers, form.worker)?.state, "config_origin");
  return textField(origins, key) === "environment" ? "set by the environment" : "";
}

function activeOrNot(shown: string, active: boolean, room: number): Span {
  return active ? new Span(cutText(`← ${shown} →`, room), { bold: true }) : new Span(cutText(shown, room));
}

function shownValue(form: Form, field: Field, { rig }: View): string {
  const text = textOf(form, field, rig);
  const unit = text !== "" && field.unit !== "" ? ` ${field.unit}` : "";
  if (field.secret) return secretText(form, field, rig);
  return field.kind === "switch" ? switchWord(text) : text === "" ? "–" : text + unit;
}

const switchWords = new Map([["", "–"], ["true", "● on"], ["false", "○ off"]]);
/** What is neither on nor off, as only a worker of others may have it, is shown as it is. */
const switchWord = (text: string): string => switchWords.get(text) ?? text;

function secretText(form: Form, field: Field, rig: View["rig"]): string {
  const draft = form.drafts.get(field.key);
  if (draft !== undefined) return draft.text === "" ? "(empty)" : "•".repeat(Array.from(draft.text).length);
  const value = valueOf(form, field, rig);
  return value === undefined || value === null || value === "" ? "–" : "••• (set)";
}

/** The part of a text around its cursor that fits. */
function editedValue(form: Form, field: Field, { rig }: View, room: number): Line {
  const draft = form.drafts.get(field.key);
  if (draft === undefined && field.secret) return row(new Span(" ", { inverse: true }), dim(cutText(` ${secretText(form, field, rig)}`, room - 1)));
  const { text, cursor } = draft ?? draftOf(textOf(form, field, rig));
  const characters = Array.from(field.secret ? "•".repeat(Array.from(text).length) : text);
  let first = cursor;
  let width = widthOf(characters[cursor] ?? " ");
  while (first > 0 && width + widthOf(characters[first - 1] ?? "") <= room - 1) {
    first -= 1;
    width += widthOf(characters[first] ?? "");
  }
  const before = `${first > 0 ? "…" : ""}${characters.slice(first, cursor).join("")}`;
  const at = characters[cursor] ?? " ";
  const after = characters.slice(cursor + 1).join("");
  const unit = field.unit === "" || text === "" ? "" : ` ${field.unit}`;
  return row(before, new Span(at, { inverse: true }), cutText(after + unit, Math.max(0, room - widthOf(before) - widthOf(at))));
}

/** What it is for, and what it may be. */
function aboutOf(field: Field): string {
  return [field.about, limitsOf(field)].filter((text) => text !== "").join(" · ");
}

function limitsOf({ kind, rule, secret, required, fallback, step, unit }: Field): string {
  const parts: string[] = [];
  const { least, most } = rangeOf(rule);
  const unitText = unit === "" ? "" : ` ${unit}`;
  if (kind === "number" && least !== undefined && most !== undefined) parts.push(`${least} to ${most}${unitText}`);
  else if (kind === "number" && (least ?? most) !== undefined) parts.push(least === undefined ? `at most ${most}${unitText}` : `at least ${least}${unitText}`);
  if (kind === "number") parts.push(`steps of ${step}`);
  if (kind === "list") parts.push(`apart by commas${numberField(rule, "maxItems") === undefined ? "" : `, at most ${numberField(rule, "maxItems")}`}`);
  if (kind === "json" && !secret) parts.push("as JSON");
  if (required) parts.push("needed");
  const isNothing = fallback === undefined || fallback === null || fallback === "" || (Array.isArray(fallback) && fallback.length === 0);
  if (!secret && !isNothing) parts.push(`default ${defaultText(kind, fallback)}`);
  return parts.join(", ");
}

function defaultText(kind: Field["kind"], value: unknown): string {
  if (kind === "switch") return value === true ? "on" : "off";
  return Array.isArray(value) ? value.map(plainValue).join(", ") : plainValue(value);
}
