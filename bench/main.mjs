// `pnpm bench [name…] [--json]`: each figure beside its limit or rival, in one run.
import { readCommandLine } from "../scripts/command-line.mjs";
import { toJson, toText } from "./report.mjs";

/** @type {Readonly<Record<string, () => Promise<import("./report.mjs").Table | undefined>>>} */
const benches = {
  control: async () => (await import("./control-round-trip.mjs")).controlRoundTrip(),
  encode: async () => (await import("./osc-encode.mjs")).oscEncode(),
  targets: async () => (await import("./targets-cost.mjs")).targetsCost(),
  analyzer: async () => (await import("./analyzer-cost.mjs")).analyzerCost(),
  recording: async () => (await import("./recording-cost.mjs")).recordingCost(),
  replay: async () => (await import("./replay-lateness.mjs")).replayLateness(),
  debugger: async () => (await import("./debugger-flood.mjs")).debuggerFlood(),
  restart: async () => (await import("./restart.mjs")).restart(),
  latency: async () => (await import("./hop-latency.mjs")).hopLatency(),
  tui: async () => (await import("./tui-cost.mjs")).tuiCost(),
  click: async () => (await import("./click-latency.mjs")).clickLatency(),
};
const usage = `Usage: pnpm bench [name...] [--json]

Measures each figure beside its limit or rival; without names, all of them.

Options:
  --json  one line of JSON per table

pnpm bench:compare measures two states of the code in turns.`;
const { names, flags } = readCommandLine(usage, Object.keys(benches), ["--json"]);
for (const [name, run] of Object.entries(benches)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const table = await run();
  if (table !== undefined) console.log(flags.includes("--json") ? JSON.stringify({ bench: name, ...toJson(table) }) : toText(table));
}
