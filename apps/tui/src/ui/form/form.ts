import { fieldsOf } from "@vj/rig";
import type { Fields } from "@vj/rig";
import type { Commands } from "../../rig/commands.ts";
import type { RigState, Sent, Wish } from "../../rig/rig-state.ts";
import { isAhead, isHere, own, setConfig } from "../../rig/settings.ts";
import type { Draft } from "../field/draft.ts";
import { readFields, readSettings } from "../field/field.ts";
import type { Field } from "../field/field.ts";
import { textOfValue } from "../field/value.ts";

/** A form of a screen: what it asks for, and what it does with it, in place of a command that is sent as it stands. */
export interface FormTask {
  readonly title: string;
  readonly about: string;
  /** What the key that ends it does. */
  readonly label: string;
  /** What the fields hold at first. */
  readonly values: Fields;
  /** Acts on what was entered. @returns what is wrong, by field; when nothing is, the form is closed */
  apply(values: Fields, rig: RigState, commands: Commands): ReadonlyMap<string, string>;
  /** What to ask before it acts; undefined, or left out: nothing. */
  question?(values: Fields): string | undefined;
  /** Id of the row that is chosen afterwards, so that keys act on what was entered; left out: the choice stays. */
  chosen?(values: Fields): string;
}

/** What a person has typed into the settings of a worker, or the arguments of one of its commands. The rest is in the rig. */
export interface Form {
  readonly worker: string;
  /** The command that it sends. */
  readonly cmd: string;
  /** Place of the field that keys act on. */
  readonly at: number;
  /** What was typed and is not in force, by key of the field. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** What was found wrong before sending, by key. */
  readonly problems: ReadonlyMap<string, string>;
  /** What each field held when it was first typed into, by key: another person may have changed it since. */
  readonly bases: ReadonlyMap<string, string>;
  /** What was sent last, what the fields held then, and the place at which keys acted; -1 after the person has moved. */
  readonly sent: { readonly wish: Wish; readonly texts: ReadonlyMap<string, string>; readonly at: number } | undefined;
  /** What was known when it was opened, for the time in which the worker is away. */
  readonly schema: Fields | undefined;
  readonly values: Fields;
  /** Undefined: it sends its command. */
  readonly task: FormTask | undefined;
}

/** The form of a screen. @param schema JSON Schema of its fields */
export function openTask(task: FormTask, schema: Fields): Form {
  return { worker: "", cmd: task.title, at: 0, drafts: new Map(), problems: new Map(), bases: new Map(), sent: undefined, schema, values: task.values, task };
}

/** A form as it is opened. */
export function openForm(worker: string, cmd: string, rig: RigState): Form {
  const empty = { worker, cmd, at: 0, drafts: new Map(), problems: new Map(), bases: new Map(), sent: undefined, task: undefined };
  const opened: Form = { ...empty, schema: undefined, values: {} };
  return { ...opened, schema: schemaOf(opened, rig), values: valuesOf(opened, rig) };
}

function schemaOf({ worker, cmd, schema, task }: Form, rig: RigState): Fields | undefined {
  if (task !== undefined) return schema;
  const description = own(rig.workers, worker)?.description;
  if (cmd !== setConfig) return own(description?.commands ?? {}, cmd)?.args ?? schema;
  const here = description?.config_schema;
  const kept = own(rig.kept, worker)?.schema;
  return (isHere(worker, rig) ? (here ?? kept) : (kept ?? here)) ?? schema;
}

/** The settings in force, or those that a worker that is away will have. */
function valuesOf({ worker, cmd, values, task }: Form, rig: RigState): Fields {
  if (task !== undefined) return task.values;
  if (cmd !== setConfig) return {};
  const here = fieldsOf(own(rig.workers, worker)?.state, "config");
  const kept = own(rig.kept, worker)?.config;
  const waiting = own(rig.waiting, worker) ?? {};
  const base = (isHere(worker, rig) ? (here ?? kept) : (kept ?? here)) ?? values;
  return { ...base, ...waiting };
}

/** Its fields; undefined as long as it is not known which there are. */
export function formFields(form: Form, rig: RigState): readonly Field[] | undefined {
  const schema = schemaOf(form, rig);
  if (schema === undefined) return undefined;
  return form.cmd === setConfig && form.task === undefined ? readSettings(schema) : readFields(schema);
}

/** The field that keys act on. */
export function fieldAt(form: Form, rig: RigState): Field | undefined {
  const fields = formFields(form, rig) ?? [];
  return fields[placeIn(form, fields, rig)];
}

/** The place of the field that keys act on: after a refusal that of the first field at fault, unless the person has moved or typed since. */
export function placeIn(form: Form, fields: readonly Field[], rig: RigState): number {
  const outcome = outcomeOf(form, rig);
  const isRefused = outcome?.phase === "refused" && form.sent?.at === form.at && isAsSent(form);
  const faulty = isRefused ? fields.findIndex(({ key }) => outcome.issues.some(({ path }) => path === key || path.startsWith(`${key}.`))) : -1;
  return faulty >= 0 ? faulty : Math.max(0, Math.min(form.at, fields.length - 1));
}

/** Whether nothing was typed since the last time it was sent. */
export function isAsSent({ drafts, sent }: Form): boolean {
  return sent !== undefined && [...sent.texts].every(([key, text]) => (drafts.get(key)?.text ?? text) === text);
}

/** What a field holds where nothing was typed: the value in force, or on its way; of an argument its default. */
export function valueOf(form: Form, field: Field, rig: RigState): unknown {
  const sent = own(rig.sent, form.worker);
  if (form.cmd === setConfig && sent?.wish.cmd === setConfig && isAhead(sent, form.worker, rig) && Object.hasOwn(sent.wish.shown, field.key)) {
    return sent.wish.shown[field.key];
  }
  return own(valuesOf(form, rig), field.key) ?? field.fallback;
}

/** What a field shows to be edited. */
export function textOf(form: Form, field: Field, rig: RigState): string {
  return form.drafts.get(field.key)?.text ?? textOfValue(field, valueOf(form, field, rig));
}

/** Outcome of the last command from this form. */
export function outcomeOf(form: Form, rig: RigState): Sent | undefined {
  const sent = own(rig.sent, form.worker);
  return form.sent !== undefined && sent?.wish === form.sent.wish ? sent : undefined;
}

/** The form once settings that were sent are in force: they stop being drafts. */
export function settled(form: Form, rig: RigState): Form {
  if (form.cmd !== setConfig || outcomeOf(form, rig)?.phase !== "accepted") return form;
  const drafts = new Map([...form.drafts].filter(([key, { text }]) => form.sent?.texts.get(key) !== text));
  return drafts.size === form.drafts.size ? form : { ...form, drafts, bases: new Map([...form.bases].filter(([key]) => drafts.has(key))) };
}
