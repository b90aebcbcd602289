import { managerName } from "@vj/schema";
import { managerOf, workerNames } from "@vj/rig";
import type { RigState } from "../../rig/rig-state.ts";
import { canStart } from "../../rig/worker-status.ts";
import { offeredCommands } from "../command-list.ts";
import { readFields } from "../field/field.ts";
import { draftOf } from "../field/draft.ts";
import { isHere, own, setConfig } from "../../rig/settings.ts";
import { formFields, openForm } from "../form/form.ts";
import type { Form } from "../form/form.ts";
import { submit } from "../form/press.ts";
import type { KeyContext } from "../keys.ts";
import { sendAfterQuestion } from "../questions.ts";
import { restart, start, stop } from "../worker-verbs.ts";
import type { Action } from "./action.ts";

/** What can be done with each worker, strangers included: by its name, its settings, its commands. */
export function workerActions(rig: RigState): Action[] {
  const names = workerNames(rig);
  const all = managerOf(rig) === undefined ? names : [...names, managerName];
  return [...names.flatMap((worker) => verbs(worker, rig)), ...all.flatMap((worker) => settings(worker, rig)), ...all.flatMap((worker) => commands(worker, rig))];
}

function verbs(worker: string, rig: RigState): Action[] {
  return [
    { name: `restart ${worker}`, about: "asks while it is at work", run: (context) => restart(context, worker) },
    canStart(worker, rig)
      ? { name: `start ${worker}`, about: "", run: (context) => start(context, worker) }
      : { name: `stop ${worker}`, about: "asks", run: (context) => stop(context, worker) },
    { name: `details ${worker}`, about: "everything known of it", run: ({ open }) => open("workers", worker) },
    { name: `log ${worker}`, about: "its log", run: ({ open }) => open("logs", worker) },
  ];
}

function settings(worker: string, rig: RigState): Action[] {
  const edit: Action = { name: `settings ${worker}`, about: "all its settings", run: (context) => editSettings(context, worker) };
  const schema = own(rig.workers, worker)?.description?.config_schema ?? own(rig.kept, worker)?.schema ?? {};
  const fields = readFields(schema).map(({ key, about, unit }): Action => ({
    name: `set ${worker} ${key}`,
    about,
    takes: unit === "" ? "<value>" : `<${unit}>`,
    run: (context, rest) => editSettings(context, worker, key, rest),
  }));
  return [edit, ...fields];
}

/** Opens the settings at one of them; a value that was typed and fits is applied at once. */
function editSettings(context: KeyContext, worker: string, key?: string, value = ""): void {
  const { rig, ui, setUi, commands: { look } } = context;
  if (!isHere(worker, rig)) void look(worker);
  const opened = openForm(worker, setConfig, rig);
  const at = Math.max(0, (formFields(opened, rig) ?? []).findIndex((field) => field.key === key));
  const form: Form = { ...opened, at, drafts: key === undefined || value === "" ? opened.drafts : new Map([[key, draftOf(value)]]) };
  const sent = value === "" ? { form } : submit(form, rig);
  setUi({ ...ui, scroll: 0, overlay: { kind: "form", form: sent.form } });
  if (sent.wish !== undefined) sendAfterQuestion({ ...context, ui: { ...ui, overlay: { kind: "form", form: sent.form } } }, sent.wish);
}

function commands(worker: string, rig: RigState): Action[] {
  return offeredCommands(worker, rig).map((cmd): Action => {
    const { description = "", args = {} } = own(own(rig.workers, worker)?.description?.commands ?? {}, cmd) ?? {};
    const names = readFields(args).map(({ key }) => key);
    return {
      name: `${worker} ${cmd}`,
      about: description,
      ...(names.length === 0 ? {} : { takes: names.map((name) => `${name}=`).join(" ") }),
      run: (context, rest) => sendCommand(context, worker, cmd, rest),
    };
  });
}

/** Opens the form of a command, where its reply is shown; sends it at once when nothing is missing. */
function sendCommand(context: KeyContext, worker: string, cmd: string, rest: string): void {
  const { rig, ui, setUi } = context;
  const opened = openForm(worker, cmd, rig);
  const fields = formFields(opened, rig) ?? [];
  const form: Form = { ...opened, drafts: draftsOf(opened, rest, rig) };
  const complete = fields.length === 0 || rest !== "";
  const sent = complete ? submit(form, rig) : { form };
  const next = { ...ui, scroll: 0, overlay: { kind: "form" as const, form: sent.form } };
  setUi(next);
  if (sent.wish !== undefined) sendAfterQuestion({ ...context, ui: next }, sent.wish);
}

/** `key=value` fills the field of that name; other words fill the first one that is left. */
function draftsOf(form: Form, rest: string, rig: RigState): Form["drafts"] {
  const fields = formFields(form, rig) ?? [];
  const drafts = new Map<string, ReturnType<typeof draftOf>>();
  const others: string[] = [];
  for (const [word] of rest.matchAll(/(?:[^\s"]|"[^"]*")+/g)) {
    const [, key = "", value = ""] = /^([^=\s"]+)=(.*)$/s.exec(word) ?? [];
    if (fields.some((field) => field.key === key)) drafts.set(key, draftOf(unquoted(value)));
    else others.push(unquoted(word));
  }
  const free = fields.find(({ key }) => !drafts.has(key));
  if (free !== undefined && others.length > 0) drafts.set(free.key, draftOf(others.join(" ")));
  return drafts;
}

const unquoted = (text: string): string => text.replaceAll('"', "");
