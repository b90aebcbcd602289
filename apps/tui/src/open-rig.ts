import { LogSet, followLogs } from "@vj/logs";
import { openRig as openBus } from "@vj/rig";
import type { SettingsPlaces } from "@vj/worker";
import { createCommands } from "./rig/commands.ts";
import type { Commands } from "./rig/commands.ts";
import { createRigStore } from "./rig/store.ts";
import type { RigStore } from "./rig/store.ts";
import { createInbox } from "./telemetry/snapshot.ts";
import type { TelemetrySnapshot } from "./telemetry/snapshot.ts";

/** Which telemetry is asked for: all, or addresses, exact or as prefixes that end in `*`. */
export type Wanted = "all" | readonly string[];

/** Everything that comes from and goes to the bus. Built anew from the bus alone at each start. */
export interface Rig {
  readonly store: RigStore;
  readonly commands: Commands;
  telemetry(): TelemetrySnapshot;
  /** Asks for other telemetry from now on: all, or addresses, exact or as prefixes that end in `*`. */
  listen(wanted: Wanted): void;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly busDir: string;
  readonly startManager?: (() => Promise<void>) | undefined;
  /** Where the settings of workers that are away lie; default: as the environment says. */
  readonly places?: (() => SettingsPlaces) | undefined;
  /** What to ask for at first. */
  readonly wanted: Wanted;
}

/** How much of the end of each log is read at first, bytes. */
const historyBytes = 65_536;

/** Connects to whatever is on the bus, now and later. */
export function openRig({ busDir, startManager, wanted, places }: RigOptions): Rig {
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
  const listen = (next: Wanted): (() => void) => bus.listen(next === "all" ? undefined : next, inbox.take, { onMalformed: inbox.takeMalformed });
  let stopListening = listen(wanted);
  const stopLogs = followLogs(new LogSet({ busDir, printed: true, historyBytes }), {
    onEntries: (entries) => store.dispatch({ type: "logs", entries }),
    onProblem: warn,
  });
  return {
    store,
    commands: createCommands({ store, bus, startManager, places }),
    telemetry: inbox.snapshot,
    listen: (next) => {
      stopListening();
      stopListening = listen(next);
    },
    close: () => {
      stopLogs();
      return bus.close();
    },
  };
}
