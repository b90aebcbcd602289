import type { Wish } from "../../rig/rig-state.ts";
import { ask } from "../ask.ts";
import { sendAfterQuestion } from "../questions.ts";
import { scrolling } from "../global-keys.ts";
import type { KeyBinding, KeyContext, KeyGroup } from "../keys.ts";
import { withMark } from "../list.ts";
import { isTyped } from "../field/draft.ts";
import type { Field } from "../field/field.ts";
import { isHere, setConfig } from "../../rig/settings.ts";
import { formFields } from "./form.ts";
import type { Form } from "./form.ts";
import { hasChanges, moveField, pageFields, submit, undoChanges } from "./press.ts";

/** Keys of a form. All others go into the field, or nowhere. @param field the one that keys act on */
export function formKeys(form: Form, field: Field | undefined): KeyGroup {
  const isSettings = form.cmd === setConfig;
  const change = (act: (context: KeyContext) => Form) => (context: KeyContext) => context.setUi({ ...context.ui, overlay: { kind: "form", form: act(context) } });
  return {
    title: isSettings ? "Settings" : form.cmd,
    bindings: [
      { keys: ["return"], label: form.task?.label ?? (isSettings ? "apply" : "send"), footer: 10, run: (context) => send(form, context) },
      ...(field === undefined ? [] : [fieldHint(field)]),
      { keys: ["tab", "down"], label: "next", footer: 11, run: change(({ rig }) => moveField(form, 1, rig)) },
      { keys: ["shift+tab", "up"], label: "field above", run: change(({ rig }) => moveField(form, -1, rig)) },
      ...(isSettings ? paging(change, form) : scrolling().filter(({ keys }) => keys.includes("pageup") || keys.includes("pagedown"))),
      { keys: ["escape"], label: "undo/back", footer: 30, run: (context) => leave(form, context) },
      { keys: ["ctrl+c"], label: "quit", run: ({ quit }) => quit() },
    ],
  };
}

/** Fields that a page key goes past. */
const pageBy = 10;

/** A form of settings has nothing below that scrolls: a worker may have very many of them. */
function paging(change: (act: (context: KeyContext) => Form) => KeyBinding["run"], form: Form): KeyBinding[] {
  return [
    { keys: ["pagedown"], label: "ten further", run: change(({ rig }) => pageFields(form, pageBy, rig)) },
    { keys: ["pageup"], label: "ten back", run: change(({ rig }) => pageFields(form, -pageBy, rig)) },
  ];
}

/** How the field is changed; the keys themselves go into it before they come here. */
function fieldHint(field: Field): KeyBinding {
  const keys = isTyped(field) && field.kind !== "number" ? ["ctrl+u"] : ["right", "left"];
  return { keys, label: isTyped(field) && field.kind !== "number" ? "empty it" : "change", footer: 12, run: () => {} };
}

function send(form: Form, context: KeyContext): void {
  const { rig, ui, setUi, commands } = context;
  const { form: next, wish } = submit(form, rig);
  if (form.task !== undefined && wish !== undefined) {
    const question = form.task.question?.(wish.args);
    const act = (): void => perform(next, form.task, wish.args, context);
    return question === undefined ? act() : ask(context, question, act);
  }
  const shown = { ...ui, scroll: 0, overlay: { kind: "form" as const, form: next } };
  setUi(shown);
  if (wish !== undefined) sendAfterQuestion({ ...context, ui: shown }, wish);
  else if (form.cmd === setConfig && next.problems.size === 0) context.say("Nothing is changed: type into a field first, or esc leaves");
  else if (form.task === undefined && !isHere(form.worker, rig)) void commands.look(form.worker);
}

/** Acts on what was entered into the form of a screen; a fault is shown at its field. */
function perform(form: Form, task: Form["task"], values: Wish["args"], { rig, ui, setUi, commands }: KeyContext): void {
  if (task === undefined) return;
  const problems = task.apply(values, rig, commands);
  const at = (formFields(form, rig) ?? []).findIndex(({ key }) => problems.has(key));
  const faulty: Form = { ...form, problems, at: Math.max(0, at) };
  if (problems.size > 0) return setUi({ ...ui, scroll: 0, overlay: { kind: "form", form: faulty } });
  const id = task.chosen?.(values);
  setUi({ ...(id === undefined ? ui : withMark(ui, id)), scroll: 0, overlay: undefined });
}

/** The first time what was typed is taken back, then the form is left. */
function leave(form: Form, { rig, ui, setUi }: KeyContext): void {
  const undone = form.cmd === setConfig && hasChanges(form, rig) ? { kind: "form" as const, form: undoChanges(form) } : undefined;
  setUi({ ...ui, scroll: 0, overlay: undone });
}
