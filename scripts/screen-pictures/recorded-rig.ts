import { emptyRig, reduceRig } from "@vj/rig";
import { writtenTargetsSchema } from "@vj/schema";
import type { Commands } from "../../apps/tui/src/rig/commands.ts";
import { createRigStore } from "../../apps/tui/src/rig/store.ts";
import { createScreens } from "../../apps/tui/src/screens/index.ts";
import { createSession } from "../../apps/tui/src/session.ts";
import type { Session } from "../../apps/tui/src/session.ts";
import { createInbox } from "../../apps/tui/src/telemetry/snapshot.ts";
import type { TerminalSize } from "../../apps/tui/src/text/size.ts";
import { createKeyTable } from "../../apps/tui/src/ui/key-table.ts";
import type { Happening } from "./recorded-show.ts";

/** A rig that is only recorded, under a clock that stands until it is moved. */
export interface RecordedRig {
  /** Lets everything happen up to this time, epoch milliseconds. */
  goTo(time: number): void;
  /** The screen of the TUI in front of this rig, as a person finds it who has just started it. */
  openSession(size: TerminalSize): Session;
}

/** @param show ordered by time */
export function openRecordedRig(show: readonly Happening[]): RecordedRig {
  let clock = show[0]?.at ?? 0;
  let next = 0;
  let bus = emptyRig;
  const now = (): number => clock;
  const store = createRigStore({ now });
  const inbox = createInbox(now);

  const happen = (one: Happening): void => {
    switch (one.type) {
      case "bus":
        bus = reduceRig(bus, one.event, one.at);
        return store.dispatch({ type: "bus", state: bus });
      case "osc":
        return inbox.take(one.message, one.at);
      case "log":
        return store.dispatch({ type: "logs", entries: [one.entry] });
      case "targets": {
        const { targets, from, file, revision } = writtenTargetsSchema.parse(one.data);
        return store.dispatch({ type: "targets", part: { list: { targets, from, file, revision }, problem: undefined } });
      }
    }
  };

  return {
    goTo(time) {
      for (let one = show[next]; one !== undefined && one.at <= time; one = show[(next += 1)]) {
        clock = Math.max(clock, one.at);
        happen(one);
      }
      clock = time;
    },
    openSession: (size) => {
      const screens = createScreens();
      return createSession({
        screens,
        keys: createKeyTable(screens, "quit (workers run on)"),
        palette: { colour: true, ascii: false },
        keyboard: true,
        commands: noCommands,
        rig: store.get,
        telemetry: inbox.snapshot,
        size: () => size,
        now,
        quit: nothing,
        redraw: nothing,
        suspend: nothing,
        say: nothing,
        pressedUs: () => clock * 1000,
        copy: nothing,
      });
    },
  };
}

const nothing = (): void => {};
const never = (): Promise<void> => Promise.resolve();
/** What is recorded takes no commands. */
const noCommands: Commands = {
  act: never, startAll: never, stopAll: never, restartAll: never, send: never, look: never, clearOsc: never,
  targets: { change: never, close: nothing, test: never, resend: never, sendOnce: never, stop: nothing },
};
