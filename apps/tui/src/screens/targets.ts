import { placeText, targetPresetNames, targetPresets } from "@vj/schema";
import type { TargetInput, TargetPreset } from "@vj/schema";
import type { RigState } from "../rig/rig-state.ts";
import { starterOf } from "../rig/starter.ts";
import { guardAll, guardTarget, removeTarget } from "../rig/targets/target-change.ts";
import { guardOf } from "../rig/targets/targets-state.ts";
import { fitText } from "../text/fit.ts";
import { listAround } from "../text/list-around.ts";
import { rate } from "../text/format.ts";
import { bold, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { withBelow } from "../text/window.ts";
import { wrapText } from "../text/wrap.ts";
import type { Form } from "../ui/form/form.ts";
import { ask } from "../ui/ask.ts";
import { passesFilter } from "../text/filtered.ts";
import { filterKeys, filterOf } from "../ui/filter.ts";
import { scrolling } from "../ui/global-keys.ts";
import type { KeyContext, Look } from "../ui/keys.ts";
import { listKeys, markedAt } from "../ui/list.ts";
import { usualAddresses } from "../ui/screen.ts";
import { switchOnOff } from "../ui/target-switch.ts";
import type { Screen, ScreenContext, ScreenKey } from "../ui/screen.ts";
import { targetDetail } from "../widgets/target-detail.ts";
import { targetRows } from "../widgets/target-rows.ts";
import type { TargetRow } from "../widgets/target-rows.ts";
import { targetTable } from "../widgets/target-table.ts";
import type { Drawing, View } from "../widgets/view.ts";
import { editTargetForm, newTargetForm } from "./target-form.ts";

/** What is shown: the table, all of the selected target, or the presets with the place of the chosen one. */
type Shown = "table" | "detail" | number;

/** Where OSC goes: every target, whether its messages arrive, and everything that can be done with it. */
export const targetsScreen: Screen<Shown> = {
  id: "targets",
  key: "8",
  title: "Targets",
  init: "table",
  keys: (shown) => (typeof shown === "number" ? presetKeys : shown === "table" ? tableKeys : detailKeys),
  draw: (view, shown) => (typeof shown === "number" ? drawPresets(view, shown) : drawTargets(view, shown)),
  listens: () => usualAddresses,
  isStill: true,
  enter: () => "table",
};

type Key = ScreenKey<Shown>;

const targetKeys: readonly Key[] = [
  { keys: [" "], label: "on/off", footer: 1, run: (context) => withWritten(context, (target) => switchOnOff(context, target)) },
  { keys: ["n"], label: "new", footer: 2, reduce: () => 0 },
  { keys: ["e"], label: "edit", footer: 3, run: (context) => withWritten(context, (target) => openForm(context, editTargetForm(target))) },
  { keys: ["t"], label: "test pattern", footer: 4, run: (context) => withWritten(context, (target) => test(context, target)) },
  { keys: ["f"], label: "flash guard", footer: 5, run: (context) => withWritten(context, ({ name, safe = false }) => void context.commands.targets.change(guardTarget(name, !safe), `flash guard of ${name} is ${safe ? "off" : "on"}`)) },
  { keys: ["F"], label: "flash guard of all", run: guardEvery },
  { keys: ["y"], label: "resend all states", footer: 6, run: (context) => withWritten(context, ({ name }) => void context.commands.targets.resend(name)) },
  { keys: ["d", "x", "delete"], label: "remove", footer: 7, run: (context) => withWritten(context, ({ name }) => ask(context, `Remove ${name}?`, () => void context.commands.targets.change(removeTarget(name), `${name} is removed`))) },
];

const tableKeys: readonly Key[] = [...targetKeys, { keys: ["return"], label: "details", footer: 8, reduce: () => "detail" }, ...filterKeys("targets with"), ...listKeys((look) => namesOf(look))];

const detailKeys: readonly Key[] = [...targetKeys, { keys: ["escape", "return"], label: "back", footer: 8, reduce: () => "table" }, ...scrolling()];

/** Nothing is known of the program. */
const presets = [undefined, ...targetPresetNames] as const;

const presetKeys: readonly Key[] = [
  {
    keys: ["return"],
    label: "choose",
    footer: 1,
    run: (context) => {
      context.update(() => "table");
      openForm(context, newTargetForm(typeof context.state === "number" ? presets[context.state] : undefined, context.rig));
    },
  },
  { keys: ["up", "k"], label: "preset above", moves: true, reduce: (at) => (typeof at === "number" ? Math.max(0, at - 1) : 0) },
  { keys: ["down", "j"], label: "preset below", moves: true, footer: 2, reduce: (at) => (typeof at === "number" ? Math.min(presets.length - 1, at + 1) : 0) },
  { keys: ["escape"], label: "back", footer: 3, reduce: () => "table" },
];

/** The targets that are shown. */
function shownRows(rig: RigState, now: number, filter: string): TargetRow[] {
  return targetRows(rig, now).filter(({ name, target: { host, port, view }, written, word }) => passesFilter(filter, name, placeText({ host, port }), view.shape, written?.preset ?? "", word));
}

const namesOf = ({ rig, now, ui }: Look): string[] => shownRows(rig, now, filterOf(ui)).map(({ name }) => name);

function openForm({ ui, setUi }: KeyContext, form: Form): void {
  setUi({ ...ui, scroll: 0, overlay: { kind: "form", form } });
}

/** Acts on the selected target, if the list has it. */
function withWritten(context: ScreenContext<Shown>, act: (target: TargetInput) => void): void {
  const { rig, now, ui, commands } = context;
  const rows = shownRows(rig, now, filterOf(ui));
  const written = rows[markedAt(ui, namesOf(context))]?.written;
  if (written !== undefined) act(written);
  // The attempt fails with the reason.
  else void commands.targets.change(() => "this target is not in the list; n adds one", "");
}

function test(context: ScreenContext<Shown>, { name }: TargetInput): void {
  const play = (): void => void context.commands.targets.test(name);
  if (context.rig.targets.trial === undefined) ask(context, `Play the test pattern to ${name}, 10 s? Its pictures will move.`, play);
  else play();
}

/** On for all, unless it is on for all. */
function guardEvery({ rig, commands }: KeyContext): void {
  const targets = rig.targets.list?.targets ?? [];
  const safe = !targets.every((target) => target.safe === true);
  void commands.targets.change(guardAll(safe), `flash guard of all targets is ${safe ? "on" : "off"}`);
}

function drawTargets(view: View, shown: Shown): Drawing {
  const { rig, now, width, height, filter, mark } = view;
  const rows = shownRows(rig, now, filter);
  const at = Math.max(0, rows.findIndex(({ name }) => name === mark));
  const top = [...heading(targetRows(rig, now), rig, view), ...listProblems(view)];
  const target = rows[at];
  if (target === undefined) return { top: [...top, [], ...wrapText(emptyText(rig, filter), width - 1).map((text) => row(text))], list: [] };
  const detail = targetDetail(target, view);
  if (shown === "detail") return { top: [...top, []], list: detail };
  const table = targetTable(rows, at, view);
  // The table gets the rows that the details leave; where both do not fit, the details get at most half.
  const room = Math.max(2, height - top.length - 1);
  const forRows = Math.min(rows.length, Math.max(room - detail.length - 1, Math.ceil(room / 2) - 1, 1));
  const first = Math.max(0, Math.min(at - Math.floor(forRows / 2), rows.length - forRows));
  const gap: Line[] = room - forRows > detail.length ? [[]] : [];
  const others = othersThatFit(rows.filter((_, index) => index !== at), room - forRows - gap.length - detail.length, view);
  const forDetail = Math.max(0, room - forRows - gap.length);
  // What is left out here is shown by enter.
  const below = withBelow(detail.slice(0, forDetail), detail.length - forDetail, width);
  return { top: [...top, table.head, ...withBelow(table.lines.slice(first, first + forRows), rows.length - first - forRows, width), ...gap, ...below, ...others], list: [], page: forRows };
}

/** Below the details of the selected target those of the others, each as a whole, as far as there is room. */
function othersThatFit(rows: readonly TargetRow[], room: number, view: View): Line[] {
  const blocks = rows.map((one): Line[] => [[], ...targetDetail(one, view)]);
  const fits = blocks.findIndex((_, index) => blocks.slice(0, index + 1).flat().length > room);
  return blocks.slice(0, fits < 0 ? blocks.length : fits).flat();
}

function heading(rows: readonly TargetRow[], rig: RigState, { layout }: View): Line[] {
  const on = rows.filter(({ target }) => target.enabled).length;
  const perSecond = rows.reduce((sum, { flow }) => sum + (flow?.rate ?? 0), 0);
  const guard = guardOf(rig.targets);
  const guardText = guard === undefined || layout === "small" ? "" : guard.guarded === guard.on ? "flash guard on" : guard.guarded === 0 ? "flash guard off" : `flash guard on ${guard.guarded} of ${guard.on}`;
  const from = rig.targets.list === undefined || layout === "small" ? "" : rig.targets.list.from === "default" ? " · the default" : "";
  return [row(bold("Targets"), dim(" ─ "), `${on} of ${rows.length} on · ${rate(perSecond)}/s`, dim(from), guardText === "" ? "" : dim(" · "), guard?.guarded === guard?.on ? coloured("green", guardText) : guardText)];
}

/** What keeps the list from being read or changed. */
function listProblems({ rig, signs, width }: View): Line[] {
  const { targets: { list, problem }, workers } = rig;
  const said = problem !== undefined
    ? `${signs.bad} The list cannot be read: ${problem}. The last good targets stay in force until it is corrected.`
    : list?.from === "environment"
      ? `${signs.warn} VJ_OSC_TARGETS in the environment sets the targets: unset it to change them here.`
      : list === undefined && workers["process_manager"]?.link !== "connected"
        ? `${signs.warn} No process manager, which keeps the list: ${starterOf(rig)} one. Shown is what the workers send.`
        : "";
  return said === "" ? [] : wrapText(said, width - 1).map((text) => row(coloured(problem === undefined ? "yellow" : "red", text)));
}

function emptyText({ targets: { list, problem } }: RigState, filter: string): string {
  if (filter !== "") return `No target with "${filter}"; esc shows all.`;
  if (list !== undefined) return "No target: nothing is sent anywhere. n adds one from a preset, such as resolume.";
  return problem === undefined ? "No target is known." : "";
}

function drawPresets({ width, height }: View, at: number): Drawing {
  const head = [row(bold("New target"), dim(" ─ which program gets OSC?")), []];
  const room = Math.max(1, height - head.length);
  return { top: [...head, ...listAround(presets.map((name, index) => presetLine(name, width, index === at)), at, { room, width })], list: [] };
}

/** @param whole with its program and how sure that is, whatever the width */
function presetLine(name: (typeof presets)[number], width: number, whole: boolean): Line {
  const preset: TargetPreset | undefined = name === undefined ? undefined : targetPresets[name];
  if (preset === undefined) return row(` ${fitText("none", 15)}`, dim("any program: you give host, port and shape"));
  const port = preset.port === undefined ? "–" : String(preset.port);
  return row(` ${fitText(name ?? "", 15)}${fitText(port, 7)}`, whole || width >= 60 ? fitText(preset.shape, 9) : "", preset.program, dim(whole || width >= 80 ? `  ${preset.certainty}` : ""));
}
