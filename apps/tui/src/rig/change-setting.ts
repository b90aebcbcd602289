import { readSettingWord } from "@vj/rig/setting-words";
import type { Rig } from "@vj/rig";
import type { SettingsPlaces } from "@vj/worker";
import { refuse } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { RigStore } from "./store.ts";

export interface ChangeSettingOptions {
  readonly store: RigStore;
  readonly bus: Pick<Rig, "send">;
  /** Where settings lie; left out: where the environment says. */
  readonly places: (() => SettingsPlaces) | undefined;
}

/**
 * Changes a setting. A worker that is away reads its file when it starts, so the change outlives this program; once the worker is there
 * it is sent too, as the file may have been read just before.
 * @param word `key=value` @returns how it went @throws Error when there is no reply, or the file cannot be written
 */
export async function changeSetting({ store, bus, places }: ChangeSettingOptions, worker: string, word: string): Promise<Reply> {
  const read = readSettingWord(word);
  if (read === undefined) return refuse(`cannot read "${word}": write key=value`, "bad_arguments");
  const changes = Object.fromEntries([read]);
  if (isThere(store, worker)) return bus.send(worker, "set_config", changes);
  // Loaded now only: the first picture must not wait for it.
  const { changeAway, readEnvironment } = await import("@vj/worker");
  const outcome = await changeAway((places ?? readEnvironment)(), worker, changes);
  if (!outcome.ok) return refuse(outcome.reason, "bad_arguments");
  store.dispatch({ type: "waiting", name: worker, changes: outcome.shown });
  const undo = store.subscribe(() => {
    if (!isThere(store, worker)) return;
    undo();
    void sendToo();
  });
  const sendToo = async (): Promise<void> => {
    try {
      const { success, message } = await bus.send(worker, "set_config", changes);
      if (!success) store.dispatch({ type: "notice", level: "error", text: message ?? `${worker} refuses its new settings` });
    } catch {
      // It is in the file all the same.
    } finally {
      store.dispatch({ type: "waiting", name: worker, changes: undefined });
    }
  };
  const unchecked = outcome.checked ? "" : "; not checked, as it has never run here";
  return { success: true, message: `${worker} is away: saved, it takes it when it starts${unchecked}`, data: null };
}

function isThere(store: RigStore, worker: string): boolean {
  return store.get().workers[worker]?.link === "connected";
}
