// `pnpm bench [name…] [--json] [--quick] [--night] [--install] [--pictures]`: each figure beside its limit or rival, in one run.
import { setTimeout as delay } from "node:timers/promises";
import { createProgress, interrupted, interruptedCode } from "@vj/terminal";
import { hasReaderLeft, readCommandLine } from "../scripts/command-line.mjs";
import { toJson, toText } from "../scripts/report.mjs";
import { installRivals, missingRivals } from "./rivals.mjs";
import { beginSession, endSession } from "./session.mjs";

/** @typedef {import("../scripts/report.mjs").Table | import("../scripts/report.mjs").Table[] | undefined} Found */
/** @type {Readonly<Record<string, () => Promise<Found>>>} */
const benches = {
  control: async () => (await import("./control-round-trip.mjs")).controlRoundTrip(),
  encode: async () => (await import("./osc-encode.mjs")).oscEncode(),
  targets: async () => (await import("./targets-cost.mjs")).targetsCost(),
  analyzer: async () => (await import("./analyzer-cost.mjs")).analyzerCost(),
  recording: async () => {
    const tables = [await (await import("./recording-cost.mjs")).recordingCost(), await (await import("./recording-night.mjs")).recordingNight()];
    return tables[0] === undefined ? undefined : tables.flatMap((table) => table ?? []);
  },
  replay: async () => (await import("./replay-lateness.mjs")).replayLateness(),
  debugger: async () => (await import("./debugger-flood.mjs")).debuggerFlood(),
  restart: async () => (await import("./restart.mjs")).restart(),
  hang: async () => (await import("./hang.mjs")).hang(),
  rate: async () => (await import("./telemetry-rate.mjs")).telemetryRate(),
  latency: async () => (await import("./hop-latency.mjs")).hopLatency(),
  tui: async () => (await import("./tui-cost.mjs")).tuiCost(),
  "tui-start": async () => (await import("./tui-start.mjs")).tuiStart(),
  click: async () => (await import("./click-latency.mjs")).clickLatency(),
  growth: async () => {
    await (await import("./growth/main.mjs")).growth(flags.includes("--pictures"), (table) => progress.above(() => print("growth", table)));
    return [];
  },
};
const usage = `Usage: pnpm bench [name...] [--json] [--quick] [--night] [--install] [--pictures]

Measures each figure beside its limit or rival; without names, all of them.

Options:
  --json      one line of JSON per table
  --quick     short runs, which show that a bench works; their figures mean nothing
  --night     recording takes five hours of messages instead of one
  --install   installs the rivals first: pm2, vscode-jsonrpc, node-ipc, zeromq (npm), supervisord, liblo (Debian)
  --pictures  growth also draws its curves into docs/pictures

pnpm bench:compare measures two states of the code in turns; pnpm link-check the phase beside a peer of the official Link library;
pnpm soak memory, descriptors and rate over time; pnpm chaos the recovery from faults.`;
const { names, flags } = readCommandLine(usage, Object.keys(benches), ["--json", "--quick", "--night", "--install", "--pictures"]);
const json = flags.includes("--json");
const note = (/** @type {string} */ line) => console.error(line);

const progress = createProgress({ lines: false });
/** @param {string} name @param {import("../scripts/report.mjs").Table} table */
const print = (name, table) => console.log(json ? JSON.stringify({ bench: name, ...toJson(table) }) : toText(table));
beginSession();
interrupted().addEventListener("abort", () => {
  progress.end();
  endSession();
  process.exit(hasReaderLeft() ? 0 : interruptedCode);
});
// Ctrl-C also reaches the programs that a bench has started, whose end may be noticed before our own signal.
const noticedMs = 300;
process.on("uncaughtException", (error) => {
  setTimeout(() => {
    progress.end();
    endSession();
    console.error(error);
    process.exit(1);
  }, noticedMs);
});
if (flags.includes("--install")) installRivals(note);
if (missingRivals().length > 0) note(`without rivals that are not installed: ${missingRivals().join(", ")} (pnpm bench --install)`);
const wanted = Object.entries(benches).filter(([name]) => names.length === 0 || names.includes(name));
try {
  for (const [index, [name, run]] of wanted.entries()) {
    progress.show(index / wanted.length, `${index + 1}/${wanted.length} ${name}`);
    const found = await run().catch(async (error) => {
      await delay(noticedMs);
      throw error;
    });
    progress.above(() => {
      if (found === undefined) note(`\n${name}: not measured here`);
      for (const table of [found ?? []].flat()) print(name, table);
    });
  }
} finally {
  progress.end();
  endSession();
}
// A rival may keep the process alive.
process.exit();
