import { soundInputsSchema } from "@vj/schema";
import type { SoundInput } from "@vj/schema";
import type { RigState, Wish } from "../rig/rig-state.ts";
import { starterBy } from "../rig/starter.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { bar } from "../text/bars.ts";
import { cutText, fitText, widthOf } from "../text/fit.ts";
import { listAround } from "../text/list-around.ts";
import { bold, clickable, coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { own, setConfig, settingOf } from "../rig/settings.ts";
import type { KeyBinding } from "../ui/keys.ts";
import { listKeys, markedId } from "../ui/list.ts";
import { sendAfterQuestion } from "../ui/questions.ts";
import type { Drawing, View } from "../widgets/view.ts";

const command = "meter_devices";
/** Time between an answer and the next question, milliseconds: each opens every input for a moment. */
const restMs = 800;

/** What needs no device. */
const others: readonly SoundInput[] = [
  ["auto", "the best loopback input, else the default one, else the demo signal"],
  ["demo", "a built-in loop of house music"],
  ["none", "silence"],
].map(([source = "", problem = ""]) => ({ source, name: source, hostApi: "", channels: 0, isDefault: false, loopback: false, playing: false, peak: null, problem }));

/** The inputs as the analyzer measured them last; undefined while it has not. */
function measured({ replies }: RigState): readonly SoundInput[] | undefined {
  const reply = own(own(replies, analyzerName) ?? {}, command);
  return soundInputsSchema.safeParse(reply?.data).data?.inputs;
}

/** What is always there comes first, so that no row moves under the cursor when the answer comes. */
const shown = (rig: RigState): readonly SoundInput[] => [...others, ...(measured(rig) ?? [])];

/** Asks for the loudness again and again. */
export function pollDevices(rig: RigState, now: number): Wish | undefined {
  const worker = own(rig.workers, analyzerName);
  if (worker?.link !== "connected" || worker.description === undefined || !Object.hasOwn(worker.description.commands, command)) return undefined;
  const sent = own(rig.sent, analyzerName);
  const at = own(own(rig.replies, analyzerName) ?? {}, command)?.at ?? 0;
  // An answer that never comes, or a refusal, is not waited for longer than this.
  const busy = sent?.wish.cmd === command && (sent.phase === "sending" ? now - sent.at < 30_000 : now - sent.at < restMs);
  return busy || now - at < restMs ? undefined : { worker: analyzerName, cmd: command, args: {}, shown: {}, quiet: true };
}

/** Keys of the list; choosing one asks, because the sound changes. */
export const deviceKeys: readonly KeyBinding[] = [
  {
    keys: ["return"],
    label: "take it",
    footer: 1,
    run: (context) => {
      const source = markedId(context.ui, shown(context.rig).map((input) => input.source));
      const args = { audio_source: source };
      if (source !== undefined) sendAfterQuestion(context, { worker: analyzerName, cmd: setConfig, args, shown: args });
    },
  },
  ...listKeys(({ rig }) => shown(rig).map((input) => input.source)),
];

/** Draws every input with its loudness. */
export function drawDevices(view: View): Drawing {
  const inputs = shown(view.rig);
  const at = Math.max(0, inputs.findIndex(({ source }) => source === view.mark));
  const state = measured(view.rig) === undefined ? stateOf(view.rig) : "each is opened for a moment, but not the one that plays";
  const wanted = settingOf(analyzerName, "audio_source", view.rig);
  const head = [row(bold("Audio"), dim(" › "), bold("inputs")), row(dim(cutText(` ${state}`, view.width))), []];
  const lines = inputs.map((input, index) => inputLine(input, { chosen: index === at, wanted: input.source === wanted }, view));
  const room = Math.max(1, view.height - head.length);
  return { top: [...head, ...listAround(lines, at, { room, width: view.width })], list: [], page: room };
}

function stateOf(rig: RigState): string {
  const worker = own(rig.workers, analyzerName);
  if (worker?.link !== "connected") return `${analyzerName} is away: ${starterBy("a", rig)} it`;
  return worker.description !== undefined && !Object.hasOwn(worker.description.commands, command) ? `this ${analyzerName} cannot measure its inputs` : "listening to every input …";
}

function inputLine(input: SoundInput, { chosen, wanted }: { chosen: boolean; wanted: boolean }, { width, signs }: View): Line {
  const nameWidth = Math.max(14, Math.min(34, width - 36));
  const marks = [input.hostApi, input.loopback ? "loopback" : "", input.isDefault ? "default" : ""].filter((mark) => mark !== "").join(", ");
  const line = row(
    chosen ? "▸ " : "  ",
    wanted || input.playing ? `${signs.ok} ` : " ".repeat(signs.ok.length + 1),
    // The chosen one is shown whole.
    chosen && widthOf(input.name) > nameWidth ? input.name : fitText(input.name, nameWidth),
    "  ",
    ...loudness(input, width - nameWidth < 44 ? 6 : 12),
    dim(marks === "" ? "" : `  ${marks}`),
  );
  return clickable(line, { kind: "mark", id: input.source });
}

function loudness({ peak, playing, problem }: SoundInput, width: number): Line {
  if (playing) return row(fitText("plays now", width + 8));
  if (peak === null) return row(dim(problem === "" ? fitText("–", width + 8) : fitText(problem, Math.max(width + 8, problem.length))));
  if (peak === 0) return row(dim(fitText("only zeros", width + 8)));
  const db = 20 * Math.log10(peak);
  // 60 dB across the bar.
  return row(coloured("green", bar(1 + db / 60, width)), ` ${String(Math.round(db)).padStart(4)} dB`);
}
