import { LogSet, followLogs } from "@vj/logs";
import { openRig as openBus } from "@vj/rig";
import { readEnvironment } from "@vj/worker";
import type { SettingsPlaces } from "@vj/worker";
import { createCommands } from "./rig/commands.ts";
import type { Commands } from "./rig/commands.ts";
import { createRigStore } from "./rig/store.ts";
import type { RigStore } from "./rig/store.ts";
import { createInbox } from "./telemetry/snapshot.ts";
import type { TelemetrySnapshot } from "./telemetry/snapshot.ts";

/** Everything that comes from and goes to the bus. Built anew from the bus alone at each start. */
export interface Rig {
  readonly store: RigStore;
  readonly commands: Commands;
  telemetry(): TelemetrySnapshot;
  /** Asks for the telemetry of these addresses from now on: exact ones, or prefixes that end in `*`; undefined: all. */
  listen(addresses: readonly string[] | undefined): void;
  close(): void;
}

export interface RigOptions {
  readonly busDir: string;
  readonly startManager?: (() => Promise<void>) | undefined;
  /** Where the settings of workers that are away lie; default: as the environment says. */
  readonly places?: (() => SettingsPlaces) | undefined;
  /** Addresses to ask for at first; left out: all. */
  readonly addresses?: readonly string[] | undefined;
}

/** How much of the end of each log is read at first, bytes. */
const historyBytes = 65_536;

/** Connects to whatever is on the bus, now and later. */
export function openRig({ busDir, startManager, addresses, places = readEnvironment }: RigOptions): Rig {
  const store = createRigStore();
  const warn = (text: string): void => store.dispatch({ type: "notice", level: "warn", text });
  const inbox = createInbox();
  const bus = openBus({ busDir });
  store.dispatch({ type: "bus", state: bus.state });
  bus.on("change", (state) => store.dispatch({ type: "bus", state }));
  bus.on("problem", (problem, worker) => {
    // What is wrong with the bus itself stands in its state.
    if (worker !== undefined) warn(problem);
  });
  const listen = (wanted: readonly string[] | undefined): (() => void) => bus.listen(wanted, inbox.take, { onMalformed: inbox.takeMalformed });
  let stopListening = listen(addresses);
  const stopLogs = followLogs(new LogSet({ busDir, printed: true, historyBytes }), {
    onEntries: (entries) => store.dispatch({ type: "logs", entries }),
    onProblem: warn,
  });
  return {
    store,
    commands: createCommands({ store, bus, startManager, places }),
    telemetry: inbox.snapshot,
    listen: (wanted) => {
      stopListening();
      stopListening = listen(wanted);
    },
    close: () => {
      stopLogs();
      bus.close();
    },
  };
}
