import { sanitizeText } from "@vj/schema";
import { limits } from "@vj/schema/limits";
import type { Field } from "./field.ts";
import { rangeOf } from "./check.ts";
import { wordOf } from "./value.ts";

/** What is being typed into a field. */
export interface Draft {
  readonly text: string;
  /** Characters before the cursor. */
  readonly cursor: number;
}

/** A text to be edited, with the cursor at its end. */
export function draftOf(text: string): Draft {
  return { text, cursor: Array.from(text).length };
}

/** Whether characters are typed into a field; otherwise it is changed with the arrows. */
export function isTyped({ kind }: Field): boolean {
  return kind !== "switch" && kind !== "choice";
}

/** What a key does to a field. Pure. @returns undefined for a key that does not edit */
export function pressDraft(field: Field, draft: Draft, key: string): Draft | undefined {
  if (key === "left" || key === "right" || (key === " " && !isTyped(field))) {
    const by = key === "left" ? -1 : 1;
    if (field.kind === "number") return draftOf(stepped(field, draft.text, by));
    return isTyped(field) ? moved(draft, draft.cursor + by) : draftOf(turned(field, draft.text, by));
  }
  if (!isTyped(field)) return undefined;
  switch (key) {
    case "home":
    case "ctrl+a":
      return moved(draft, 0);
    case "end":
    case "ctrl+e":
      return moved(draft, Infinity);
    case "ctrl+u":
      return draftOf("");
    case "backspace":
      return draft.cursor === 0 ? draft : splice(draft, draft.cursor - 1, 1, "");
    default:
      return Array.from(key).length === 1 ? typed(field, draft, key) : undefined;
  }
}

/** A pasted text goes in as text, on one line; lines become the items of a list. @returns undefined where nothing can be typed */
export function pasteDraft(field: Field, draft: Draft, text: string): Draft | undefined {
  if (!isTyped(field)) return undefined;
  const lines = text.replace(/[\r\n]+$/, "");
  return typed(field, draft, field.kind === "list" ? lines.replace(/\s*[\r\n]+\s*/g, ", ") : lines);
}

function typed(field: Field, draft: Draft, text: string): Draft {
  const clean = sanitizeText(text, limits.settingCharacters);
  // A number takes only the characters that numbers are written with, so that a slip of a finger changes nothing.
  const wanted = field.kind === "number" ? clean.replace(/[^\d.eE+-]/g, "") : clean;
  const room = Math.max(0, limits.settingCharacters - Array.from(draft.text).length);
  return splice(draft, draft.cursor, 0, Array.from(wanted).slice(0, room).join(""));
}

function splice(draft: Draft, at: number, removed: number, added: string): Draft {
  const characters = Array.from(draft.text);
  const inserted = Array.from(added);
  characters.splice(at, removed, ...inserted);
  return { text: characters.join(""), cursor: at + inserted.length };
}

function moved({ text }: Draft, cursor: number): Draft {
  return { text, cursor: Math.max(0, Math.min(Array.from(text).length, cursor)) };
}

/** The next value of a switch or a choice; nothing is one of them where nothing need be given. */
function turned(field: Field, text: string, by: number): string {
  const values = field.kind === "switch" ? ["false", "true"] : field.choices.map(wordOf);
  const canBeEmpty = field.nullable || (!field.required && !field.filled && field.fallback === undefined);
  const all = canBeEmpty ? ["", ...values] : values;
  const at = all.indexOf(text);
  return at < 0 ? (all[0] ?? "") : (all[(at + by + all.length) % all.length] ?? "");
}

/** One step up or down, within the range, on the grid of the step. */
function stepped({ rule, step }: Field, text: string, by: number): string {
  const { least = -Infinity, most = Infinity } = rangeOf(rule);
  const before = Number(text);
  if (text.trim() === "" || !Number.isFinite(before)) return String(Math.min(most, Math.max(least, 0)));
  const digits = Math.max(0, Math.min(12, -Math.floor(Math.log10(step)) + 1));
  return String(Number(Math.min(most, Math.max(least, before + by * step)).toFixed(digits)));
}
