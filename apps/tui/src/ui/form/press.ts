import type { RigState, Wish } from "../../rig/rig-state.ts";
import { draftOf, isTyped, pasteDraft, pressDraft } from "../field/draft.ts";
import type { Draft } from "../field/draft.ts";
import type { Field } from "../field/field.ts";
import { readValue, textOfValue } from "../field/value.ts";
import { setConfig } from "../../rig/settings.ts";
import { fieldAt, formFields, placeIn, settled, textOf, valueOf } from "./form.ts";
import type { Form } from "./form.ts";

/** A key edits the field. Pure. @returns undefined for a key that does not */
export function typeIntoForm(form: Form, key: string, rig: RigState): Form | undefined {
  return edited(form, rig, (field, draft) => pressDraft(field, draft, key), key === "backspace" || key === "ctrl+u");
}

/** A pasted text goes into the field, as text. Pure. @returns undefined where it cannot */
export function pasteIntoForm(form: Form, text: string, rig: RigState): Form | undefined {
  return edited(form, rig, (field, draft) => pasteDraft(field, draft, text));
}

/** Whether characters go into the field. */
export function takesText(form: Form, rig: RigState): boolean {
  const field = fieldAt(form, rig);
  return field !== undefined && isTyped(field);
}

function edited(given: Form, rig: RigState, edit: (field: Field, draft: Draft) => Draft | undefined, erases = false): Form | undefined {
  const form = settled(given, rig);
  const field = fieldAt(form, rig);
  if (field === undefined) return undefined;
  const before = form.drafts.get(field.key);
  const draft = edit(field, before ?? draftOf(textOf(form, field, rig)));
  if (draft === undefined) return undefined;
  // Moving the cursor in a hidden secret does not empty it.
  if (field.secret && before === undefined && draft.text === "" && !erases) return form;
  const problems = new Map(form.problems);
  problems.delete(field.key);
  const bases = before === undefined ? new Map(form.bases).set(field.key, textOf(form, field, rig)) : form.bases;
  const at = placeIn(form, formFields(form, rig) ?? [], rig);
  return { ...form, at, problems, bases, drafts: new Map(form.drafts).set(field.key, draft) };
}

/** The field `by` places further down; after the last comes the first. */
export function moveField(form: Form, by: number, rig: RigState): Form {
  const fields = formFields(form, rig) ?? [];
  return fields.length === 0 ? form : movedTo(form, (placeIn(form, fields, rig) + by + fields.length) % fields.length);
}

/** The field `by` places further down, at most the last one, or the first. */
export function pageFields(form: Form, by: number, rig: RigState): Form {
  const fields = formFields(form, rig) ?? [];
  return fields.length === 0 ? form : movedTo(form, Math.max(0, Math.min(fields.length - 1, placeIn(form, fields, rig) + by)));
}

const movedTo = (form: Form, at: number): Form => ({ ...form, at, sent: form.sent === undefined ? undefined : { ...form.sent, at: -1 } });

/** What a field holds now, where that is another value than the one that was found when it was first typed into; else undefined. */
export function changedMeanwhile(form: Form, field: Field, rig: RigState): string | undefined {
  const base = form.bases.get(field.key);
  if (base === undefined || field.secret || !isChanged(form, field, rig)) return undefined;
  const now = textOfValue(field, valueOf(form, field, rig));
  return now === base ? undefined : now;
}

/** Forgets what was typed. */
export function undoChanges(form: Form): Form {
  return { ...form, drafts: new Map(), problems: new Map(), bases: new Map(), sent: undefined };
}

/** Whether what a field holds is not in force. */
export function isChanged(form: Form, field: Field, rig: RigState): boolean {
  const draft = form.drafts.get(field.key);
  return draft !== undefined && (field.secret || draft.text !== textOfValue(field, valueOf(form, field, rig)));
}

/** Whether anything was typed that is not in force. */
export function hasChanges(given: Form, rig: RigState): boolean {
  const form = settled(given, rig);
  return (formFields(form, rig) ?? []).some((field) => isChanged(form, field, rig));
}

/** Checks what was typed, and says what to send: of settings those that were changed, of a command all arguments. Pure. */
export function submit(given: Form, rig: RigState): { readonly form: Form; readonly wish?: Wish } {
  const form = settled(given, rig);
  const fields = formFields(form, rig);
  if (fields === undefined) return { form };
  const wanted = form.cmd === setConfig ? fields.filter((field) => isChanged(form, field, rig)) : fields;
  if (form.cmd === setConfig && wanted.length === 0) return { form };
  const read = wanted.map((field) => ({ field, text: textOf(form, field, rig), given: form.drafts.has(field.key) }))
    .map((entry) => ({ ...entry, value: !entry.given && !entry.field.required && entry.text === "" ? leftOut : readValue(entry.field, entry.text) }));
  const problems = new Map(read.flatMap(({ field, value }) => (value.ok ? [] : [[field.key, value.message] as const])));
  if (problems.size > 0) return { form: { ...form, problems, at: fields.findIndex(({ key }) => problems.has(key)) } };
  const entries = read.flatMap(({ field, value }) => (value.ok && value.value !== undefined ? [[field.key, value.value] as const] : []));
  const secrets = new Set(fields.filter(({ secret }) => secret).map(({ key }) => key));
  const wish: Wish = {
    worker: form.worker,
    cmd: form.cmd,
    args: Object.fromEntries(entries),
    shown: Object.fromEntries(entries.map(([key, value]) => [key, secrets.has(key) && value !== "" ? masked : value])),
  };
  return { form: { ...form, problems, sent: { wish, texts: new Map(read.map(({ field, text }) => [field.key, text])), at: form.at } }, wish };
}

const leftOut = { ok: true, value: undefined } as const;
/** What is shown in place of a secret. */
const masked = "•••";
