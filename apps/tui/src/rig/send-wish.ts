import { ControlError } from "@vj/control";
import { withAbsoluteFile } from "@vj/rig/setting-words";
import type { Rig } from "@vj/rig";
import type { SettingsPlaces } from "@vj/worker";
import { messageOf, refusalOf, refuse } from "@vj/schema";
import type { Reply } from "@vj/schema";
import type { Wish } from "./rig-state.ts";
import type { RigStore } from "./store.ts";

export interface WishOptions {
  readonly store: RigStore;
  readonly bus: Pick<Rig, "send">;
  /** Where settings lie; left out: where the environment says. It may throw. */
  readonly places: (() => SettingsPlaces) | undefined;
}

/** Sends a command, and keeps its progress in the store. Settings of a worker that is away are saved for it. Never rejects. */
export async function sendWish(options: WishOptions, given: Wish): Promise<Reply> {
  const { store } = options;
  store.dispatch({ type: "sent", sent: { wish: given, phase: "sending", message: "", issues: [], data: null } });
  const reply = await sendOrSave(options, { ...given, args: withFiles(given.args) });
  store.dispatch({
    type: "sent",
    sent: { wish: given, phase: reply.success ? "accepted" : "refused", message: reply.message ?? "", issues: refusalOf(reply)?.issues ?? [], data: reply.data, ...(reply.unanswered === true ? { unanswered: true } : {}) },
  });
  return reply;
}

/** Reads the settings that a worker that is away left behind. */
export async function lookAway({ store, places }: Omit<WishOptions, "bus">, worker: string): Promise<void> {
  // Loaded now only: the first picture must not wait for it.
  const { readEnvironment, schemaAway, settingsAway } = await import("@vj/worker");
  const where = (places ?? readEnvironment)();
  store.dispatch({ type: "kept", name: worker, settings: { schema: schemaAway(where, worker), config: settingsAway(where, worker)?.config ?? {} } });
}

/** A reply, or a refusal made here because none came. */
type Outcome = Reply & { readonly unanswered?: true };

/** Some commands measure or fetch for a while before they answer; a worker that ends does so at once. Milliseconds. */
const commandMs = 90_000;

async function sendOrSave(options: WishOptions, wish: Wish): Promise<Outcome> {
  const { store, bus } = options;
  const { worker, cmd, args } = wish;
  try {
    if (isThere(store, worker)) return await bus.send(worker, cmd, args, cmd === "set_config" ? {} : { timeoutMs: commandMs });
    if (cmd !== "set_config") return refuse(`${worker} is away: start it, then send ${cmd} again`, "unavailable");
    return await saveAway(options, wish);
  } catch (error) {
    if (error instanceof ControlError && error.code === "timeout") {
      return { ...refuse(`${worker} did not answer, so it is not known whether it took this: send it again when it answers`, "unavailable"), unanswered: true };
    }
    return refuse(messageOf(error), "failed");
  }
}

/**
 * A worker that is away reads its file when it starts, so the change outlives this program; once the worker is there it is sent too, as
 * the file may have been read just before.
 */
async function saveAway(options: WishOptions, { worker, args }: Wish): Promise<Reply> {
  const { store, bus, places } = options;
  const { changeAway, readEnvironment } = await import("@vj/worker");
  const outcome = await changeAway((places ?? readEnvironment)(), worker, args);
  if (!outcome.ok) return refuse(outcome.reason, "bad_arguments", outcome.issues);
  store.dispatch({ type: "waiting", name: worker, changes: outcome.shown });
  await lookAway(options, worker);
  const undo = store.subscribe(() => {
    if (!isThere(store, worker)) return;
    undo();
    void sendToo();
  });
  const sendToo = async (): Promise<void> => {
    try {
      const { success, message } = await bus.send(worker, "set_config", args);
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

function withFiles(args: Wish["args"]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).map(([key, value]) => [key, typeof value === "string" ? withAbsoluteFile(value) : value]));
}

function isThere(store: RigStore, worker: string): boolean {
  const { workers } = store.get();
  return Object.hasOwn(workers, worker) && workers[worker]?.link === "connected";
}
