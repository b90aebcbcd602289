import { fieldsOf, numberField, textField } from "@vj/rig";
import type { Fields } from "@vj/rig";
import type { RigState } from "../rig/rig-state.ts";
import { analyzerName } from "../telemetry/audio.ts";
import { age } from "../text/format.ts";
import { coloured, dim, row } from "../text/span.ts";
import type { Line } from "../text/span.ts";
import { isFields } from "@vj/rig";
import { own } from "../rig/settings.ts";
import type { KeyBinding } from "../ui/keys.ts";
import type { View } from "../widgets/view.ts";

const command = "benchmark";
const seconds = 10;
/** A result is shown for this long, milliseconds. */
const shownMs = 120_000;

/** The key that measures the analyzer, where it can. */
export function benchmarkKey(rig: RigState): readonly KeyBinding[] {
  if (!Object.hasOwn(own(rig.workers, analyzerName)?.description?.commands ?? {}, command)) return [];
  const run: KeyBinding["run"] = ({ commands }) => void commands.send({ worker: analyzerName, cmd: command, args: { seconds }, shown: { seconds } });
  return [{ keys: ["b"], label: "benchmark", footer: 60, run }];
}

/** How it goes on, and its result. */
export function benchmarkLines({ rig, now }: View): Line[] {
  const sent = own(rig.sent, analyzerName);
  if (sent?.wish.cmd === command && sent.phase === "sending") return [row(dim(" benchmark "), coloured("yellow", `measuring, ${Math.max(0, Math.ceil(seconds - (now - sent.at) / 1000))} s left`))];
  const reply = own(own(rig.replies, analyzerName) ?? {}, command);
  if (reply === undefined || now - reply.at > shownMs || !isFields(reply.data)) return [];
  const stages = fieldsOf(reply.data, "stages");
  return [
    row(dim(" benchmark "), textField(reply.data, "verdict") ?? "", ` ${times(fieldsOf(reply.data, "latency_ms"), ["p50", "p95", "p99", "max"])} ms`, dim(`  ${age(now - reply.at)} ago`)),
    row(
      dim(" analysis p95 "),
      times(fieldsOf(stages, "analysis_ms"), ["p95"]),
      dim("  publishing p95 "),
      `${times(fieldsOf(stages, "publishing_ms"), ["p95"])} ms`,
      dim("  fps "),
      number(reply.data, "fps"),
      dim("  drops "),
      number(reply.data, "dropped_frames"),
    ),
  ];
}

const number = (fields: Fields | undefined, key: string): string => String(numberField(fields, key) ?? "–");
const times = (fields: Fields | undefined, keys: readonly string[]): string => keys.map((key) => (keys.length === 1 ? number(fields, key) : `${key} ${number(fields, key)}`)).join(" ");
