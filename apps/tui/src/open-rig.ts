import { LogSet, followLogs } from "@vj/logs";
import { openRig as openBus } from "@vj/rig";
import type { SettingsPlaces } from "@vj/worker";
import { createCommands } from "./rig/commands.ts";
import type { Commands } from "./rig/commands.ts";
import { isOnlyFigures } from "./rig/only-figures.ts";
import { createRigStore } from "./rig/store.ts";
import type { RigStore } from "./rig/store.ts";
import { watchSeen } from "./rig/watch-seen.ts";
import { createTargetCommands } from "./rig/targets/target-commands.ts";
import { createInbox } from "./telemetry/snapshot.ts";
import type { TelemetrySnapshot } from "./telemetry/snapshot.ts";

/** Telemetry to request: all, or addresses, exact or as prefixes that end in `*`. */
export type Wanted = "all" | readonly string[];

/** All traffic from and to the bus. Rebuilt from the bus alone at each start. */
export interface TuiRig {
  readonly store: RigStore;
  readonly commands: Commands;
  telemetry(): TelemetrySnapshot;
  /** Requests other telemetry from now on: all, or addresses, exact or as prefixes that end in `*`. */
  listen(wanted: Wanted): void;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly busDir: string;
  readonly startManager?: (() => Promise<void>) | undefined;
  /** Folders of the settings of workers that are away; default: those of the environment. */
  readonly places?: (() => SettingsPlaces) | undefined;
  /** Telemetry to request at first. */
  readonly wanted: Wanted;
}

/** Messages per second of each stream, where the screen does not show them all: two for each picture. Beats and other edges come besides. */
const shownRate = 20;

/** Bytes of the end of each log to read at first. */
const historyBytes = 65_536;

/** Connects to everything on the bus, now and later. */
export function openRig({ busDir, startManager, wanted, places }: RigOptions): TuiRig {
  const store = createRigStore({ canStartManager: startManager !== undefined });
  const warn = (text: string): void => store.dispatch({ type: "notice", level: "warn", text });
  const inbox = createInbox();
  const bus = openBus({ busDir });
  store.dispatch({ type: "bus", state: bus.state });
  bus.on("change", (state, event) => store.dispatch({ type: "bus", state, figuresOnly: isOnlyFigures(store.get(), event) }));
  bus.on("problem", (problem, worker) => {
    // Faults of the bus itself are in its state.
    if (worker !== undefined) warn(problem);
  });
  const listen = (next: Wanted): (() => void) => bus.listen(next === "all" ? undefined : next, inbox.take, { onMalformed: inbox.takeMalformed, rate: next === "all" ? undefined : shownRate });
  let stopListening = listen(wanted);
  const logFollower = followLogs(new LogSet({ busDir, printed: true, historyBytes }), {
    onEntries: (entries) => store.dispatch({ type: "logs", entries }),
    onProblem: warn,
  });
  const targets = createTargetCommands({ store, bus, busDir });
  const seen = watchSeen({ store, bus });
  const clearOsc = async (): Promise<void> => {
    inbox.clear();
    await seen.clear();
  };
  return {
    store,
    commands: createCommands({ store, bus, targets, clearOsc, startManager, places }),
    telemetry: inbox.snapshot,
    listen: (next) => {
      stopListening();
      stopListening = listen(next);
      seen.want(next === "all");
    },
    close: async () => {
      targets.close();
      seen.close();
      await Promise.all([logFollower.close(), bus.close()]);
    },
  };
}
