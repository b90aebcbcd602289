import { LogSet, followLogs } from "@vj/logs";
import { createCommands } from "./rig/commands.ts";
import type { Commands } from "./rig/commands.ts";
import { connectRig } from "./rig/connections.ts";
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
  /** Addresses to ask for at first; left out: all. */
  readonly addresses?: readonly string[] | undefined;
}

/** How much of the end of each log is read at first, bytes. */
const historyBytes = 65_536;

/** Connects to whatever is on the bus, now and later. */
export function openRig({ busDir, startManager, addresses }: RigOptions): Rig {
  const store = createRigStore();
  const warn = (text: string): void => store.dispatch({ type: "notice", level: "warn", text });
  const inbox = createInbox();
  const subscription = { addresses, onMessage: inbox.take, onMalformed: inbox.takeMalformed };
  const connections = connectRig({ busDir, store, subscription });
  const stopLogs = followLogs(new LogSet({ busDir, printed: true, historyBytes }), {
    onEntries: (entries) => store.dispatch({ type: "logs", entries }),
    onProblem: warn,
  });
  return {
    store,
    commands: createCommands({ store, connections, startManager }),
    telemetry: inbox.snapshot,
    listen: connections.listen,
    close: () => {
      stopLogs();
      connections.close();
    },
  };
}
