import type { Rig } from "@vj/rig";
import { debuggerName, readSeen } from "./osc-seen.ts";
import type { RigStore } from "./store.ts";

/** The debugger is asked this often while its data are shown, milliseconds. */
const lookMs = 1000;

/** Follows what the debugger has seen. */
export interface SeenWatch {
  /** @param wanted whether it is shown now */
  want(wanted: boolean): void;
  /** Deletes what the debugger has; where it does not run, nothing. Never rejects. */
  clear(): Promise<void>;
  close(): void;
}

export function watchSeen({ store, bus }: { readonly store: RigStore; readonly bus: Pick<Rig, "send"> }): SeenWatch {
  let timer: NodeJS.Timeout | undefined;
  let asking = false;
  const isHere = (): boolean => store.get().workers[debuggerName]?.link === "connected";

  const look = async (): Promise<void> => {
    if (asking) return;
    asking = true;
    try {
      const reply = isHere() ? await bus.send(debuggerName, "get_addresses") : undefined;
      store.dispatch({ type: "seen", seen: reply?.success === true ? readSeen(reply.data) : undefined });
    } catch {
      store.dispatch({ type: "seen", seen: undefined });
    } finally {
      asking = false;
    }
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    want(wanted) {
      if (!wanted) return stop();
      if (timer !== undefined) return;
      timer = setInterval(() => void look(), lookMs);
      timer.unref();
      void look();
    },
    clear: async () => {
      try {
        if (isHere()) await bus.send(debuggerName, "clear");
      } catch {
        // Not cleared: the figures stay on the screen, which shows the person that it failed.
      }
      await look();
    },
    close: stop,
  };
}
