import type { Sent } from "../../rig/rig-state.ts";
import { fitText, lineWidth, spread } from "../../text/fit.ts";
import { flatFacts } from "../../text/facts.ts";
import { plainValue } from "../../text/format.ts";
import { rule } from "../../text/panel.ts";
import { bold, coloured, dim, row } from "../../text/span.ts";
import type { Line, Span } from "../../text/span.ts";
import { wrapText } from "../../text/wrap.ts";
import type { Drawing, View } from "../../widgets/view.ts";
import type { Field } from "../field/field.ts";
import { fieldLines } from "./draw-field.ts";
import { isHere, own, setConfig } from "../../rig/settings.ts";
import { formFields, isAsSent, outcomeOf, placeIn, settled } from "./form.ts";
import type { Form } from "./form.ts";
import { generalProblem } from "./issues.ts";
import { hasChanges } from "./press.ts";

/** A form over the screen: its fields around the one that keys act on, and the reply to what was sent, which scrolls. Pure. */
export function drawForm(given: Form, view: View): Drawing {
  const form = settled(given, view.rig);
  const fields = formFields(form, view.rig);
  const head = heading(form, fields ?? [], view);
  if (fields === undefined) return { top: [...head, ...unknownLines(form, view)], list: [] };
  const at = placeIn(form, fields, view.rig);
  const names = nameWidth(fields.map(({ key }) => key), view.width);
  const reply = form.cmd === setConfig ? [] : replyLines(outcomeOf(form, view.rig), view.width);
  const general = generalProblem(form, fields, view.rig);
  const problem = general === undefined ? [] : wrapText(`${view.signs.bad} ${general}`, view.width - 2, 3).map((text) => row(" ", coloured("red", text)));
  const empty = fields.length > 0 ? [] : [row(dim(form.cmd === setConfig ? "  it has no settings" : "  it takes no arguments"))];
  const above = [...head, ...problem, ...empty];
  const room = Math.max(1, view.height - above.length);
  // A reply gets at most half of the room while the fields need the other half.
  const forFields = reply.length === 0 ? room : Math.max(Math.ceil(room / 2), room - reply.length);
  // Fields further away than there are rows cannot be seen.
  const first = Math.max(0, at - forFields);
  const blocks = fields.slice(first, at + forFields).map((field, index) => fieldLines(form, field, view, { active: first + index === at, nameWidth: names }));
  return { top: [...above, ...around(blocks, at - first, forFields)], list: reply };
}

/** From so many fields on, the place among them is shown. */
const manyFields = 12;

function heading(form: Form, fields: readonly Field[], view: View): Line[] {
  const { worker, cmd, task } = form;
  if (task !== undefined) return [row(bold(task.title)), ...(view.layout === "small" || task.about === "" ? [] : [row(" ", dim(task.about))])];
  const place = fields.length < manyFields ? "" : `  ${placeIn(form, fields, view.rig) + 1} of ${fields.length}`;
  const title = row(bold(worker), dim(" › "), bold(cmd === setConfig ? "settings" : cmd), dim(place));
  const state = stateSpan(form, view);
  const about = cmd === setConfig ? "" : (own(own(view.rig.workers, worker)?.description?.commands ?? {}, cmd)?.description ?? "");
  const lines = [spread(title, [state], view.width)];
  if (about !== "" && view.layout !== "small") lines.push(row(" ", dim(about)));
  return lines;
}

function stateSpan(form: Form, { rig, signs }: View): Span {
  const outcome = outcomeOf(form, rig);
  const phase = outcome?.phase;
  if (phase === "sending") return coloured("yellow", `${signs.busy} sending`);
  if (phase === "refused" && isAsSent(form)) return coloured("red", `${signs.bad} ${outcome?.unanswered === true ? "no answer" : "refused"}`);
  if (form.cmd === setConfig && hasChanges(form, rig)) return coloured("yellow", "changed");
  if (!isHere(form.worker, rig)) return coloured("yellow", form.cmd === setConfig ? "away: saved for its next start" : "away");
  return phase === "accepted" ? coloured("green", `${signs.ok} ${form.cmd === setConfig ? "in force" : "done"}`) : dim("");
}

function unknownLines({ worker, cmd }: Form, { rig, width }: View): Line[] {
  const text = cmd !== setConfig || isHere(worker, rig)
    ? `${worker} ${own(rig.workers, worker)?.silentSince === undefined ? "does not describe itself" : "does not answer"}, so its ${cmd === setConfig ? "settings" : "commands"} are not known`
    : own(rig.kept, worker) === undefined
      ? "reading its settings …"
      : `${worker} has never run here, so its settings are not known: start it once, or write vj config set ${worker} key=value`;
  return wrapText(text, width - 2).map((line) => row(" ", dim(line)));
}

const nameWidth = (keys: readonly string[], width: number): number =>
  Math.min(Math.max(8, ...keys.map((key) => lineWidth(row(key)))), Math.max(12, Math.floor(width / 3)));

/** As many lines as there is room for, with all of the one that keys act on as far as possible. */
function around(blocks: readonly (readonly Line[])[], at: number, room: number): Line[] {
  const before = blocks.slice(0, at).flat().length;
  const lines = blocks.flat();
  const own = blocks[at]?.length ?? 0;
  const centred = before - Math.max(0, Math.floor((room - own) / 2));
  const first = Math.max(0, Math.min(centred, lines.length - room));
  return lines.slice(first, first + room);
}

function replyLines(sent: Sent | undefined, width: number): Line[] {
  if (sent === undefined || sent.phase !== "accepted") return [];
  const data = typeof sent.data === "object" && sent.data !== null ? Object.entries(sent.data) : [];
  const facts = data.flatMap(([key, value]) => flatFacts(key, value));
  const keyWidth = Math.min(28, Math.max(0, ...facts.map(([key]) => key.length)), Math.floor(width / 2));
  const message = sent.message === "" ? [] : wrapText(sent.message, width - 2).map((text) => row("  ", text));
  const lines = facts.flatMap(([key, value]) => {
    const [first = "", ...rest] = wrapText(plainValue(value), Math.max(8, width - keyWidth - 4));
    return [row("  ", dim(fitText(key, keyWidth)), "  ", first), ...rest.map((text) => row(" ".repeat(keyWidth + 4), text))];
  });
  return [rule("reply", width), ...message, ...(message.length + lines.length === 0 ? [row(dim("  nothing more"))] : lines)];
}
