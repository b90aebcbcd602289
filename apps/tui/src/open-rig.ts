import { LogSet, followLogs } from "@vj/logs";
import { openRig as openBus } from "@vj/rig";
import { createListeners } from "@vj/schema";
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
  /** Requests other telemetry from now on: all, or addresses, exact or as prefixes that end in `*`. @param rate messages per second of each stream; default: one for each picture */
  listen(wanted: Wanted, rate?: number): void;
  /** Calls the listener whenever something has come that moves in each picture. @returns a function that removes it */
  onMove(listener: () => void): () => void;
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

/** Messages per second of each stream, where the screen does not show them all: one for each picture. Beats and other edges come besides. */
const pictureRate = 10;

/** It comes as often as pictures are drawn, and in each of them it is another. */
const movingAddress = "/audio/levels";

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
  const { on: onEvent, emit } = createListeners<{ move: [] }>();
  const take: typeof inbox.take = (message, receivedAt) => {
    inbox.take(message, receivedAt);
    if (message.address === movingAddress) emit("move");
  };
  const listen = (next: Wanted, rate = pictureRate): (() => void) => bus.listen(next === "all" ? undefined : next, take, { onMalformed: inbox.takeMalformed, rate: next === "all" ? undefined : rate });
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
    onMove: (listener) => onEvent("move", listener),
    listen: (next, rate) => {
      stopListening();
      stopListening = listen(next, rate);
      seen.want(next === "all");
    },
    close: async () => {
      targets.close();
      seen.close();
      await Promise.all([logFollower.close(), bus.close()]);
    },
  };
}
