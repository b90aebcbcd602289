import { setTimeout as delay } from "node:timers/promises";
import { hasManager } from "@vj/rig";
import type { Rig } from "@vj/rig";
import { managerName, messageOf, refusalOf, writtenTargetsSchema } from "@vj/schema";
import type { Reply } from "@vj/schema";
import { starterOf } from "../starter.ts";
import type { RigStore } from "../store.ts";
import { checkedTargets } from "./target-change.ts";
import type { TargetChange } from "./target-change.ts";
import { startTrials } from "./target-trials.ts";
import type { TargetTrials } from "./target-trials.ts";
import type { TargetsState } from "./targets-state.ts";

/** What a person can do with the targets. Each ends in a notice; none throws. */
export interface TargetCommands extends TargetTrials {
  /**
   * Changes the list, which is shown changed at once and as it was when the change is refused. When somebody else changes it at the same time,
   * both changes count. @param done what is said afterwards
   */
  change(change: TargetChange, done: string): Promise<void>;
  /** Stops reading the list, and what is being tried out. */
  close(): void;
}

export interface TargetOptions {
  readonly store: RigStore;
  readonly bus: Pick<Rig, "send">;
  readonly busDir?: string | undefined;
}

/** The list is read this often: others change it, too. Milliseconds. */
const lookMs = 2000;
/** Other changes that may come between before this one gives up, and the pause before each try, milliseconds. */
const mostTries = 40;
const retryMs = 40;

/** Follows the list of the targets as the process manager has it, and changes it. */
export function createTargetCommands({ store, bus, busDir }: TargetOptions): TargetCommands {
  let reading: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  const know = (part: Partial<TargetsState>): void => store.dispatch({ type: "targets", part });

  const send = async (cmd: string, args: Record<string, unknown> = {}): Promise<Reply> => {
    try {
      return await bus.send(managerName, cmd, args);
    } catch (error) {
      return { success: false, message: messageOf(error), data: null };
    }
  };

  const readNow = async (): Promise<void> => {
    const reply = hasManager(store.get()) ? await send("get_targets") : undefined;
    if (reply === undefined || !hasManager(store.get())) return forget();
    const read = writtenTargetsSchema.safeParse(reply.data);
    if (!reply.success || !read.success) return know({ list: undefined, problem: reply.message ?? "the process manager does not say which targets there are" });
    const { targets, from, file, revision } = read.data;
    const list = { targets, from, file, revision };
    const { list: before, problem } = store.get().targets;
    if (problem !== undefined || JSON.stringify(before) !== JSON.stringify(list)) know({ list, problem: undefined });
  };
  const read = (): Promise<void> => (reading ??= readNow().finally(() => (reading = undefined)));
  const forget = (): void => {
    const { list, problem } = store.get().targets;
    if (list !== undefined || problem !== undefined) know({ list: undefined, problem: undefined });
  };

  const changeNow = async (change: TargetChange): Promise<Reply> => {
    await reading;
    for (let left = mostTries; ; left -= 1) {
      const { list, problem } = store.get().targets;
      if (list === undefined) return { success: false, message: problem ?? `No process manager, which keeps the targets: ${starterOf(store.get())} one`, data: null };
      const checked = checkedTargets(list.targets, change);
      if (!checked.ok) return { success: false, message: checked.message, data: null };
      know({ ahead: checked.targets });
      const reply = await send("set_targets", { targets: checked.targets, ...(list.revision === undefined ? {} : { revision: list.revision }) });
      // One reading after the other: of two at once the older one might be kept.
      await reading;
      await read();
      if (reply.success || left === 0 || refusalOf(reply)?.code !== "busy") return reply;
      await delay(Math.random() * retryMs);
    }
  };

  const changeAndSay = async (change: TargetChange, done: string): Promise<void> => {
    const { success, message } = await changeNow(change);
    know({ ahead: undefined });
    store.dispatch({ type: "notice", level: success ? "info" : "error", text: success ? done : `not changed: ${message ?? "refused without a reason"}` });
  };

  const trials = startTrials({ store, busDir });
  const timer = setInterval(() => void read(), lookMs);
  timer.unref();
  let hadManager = false;
  const unwatch = store.subscribe((rig) => {
    const has = hasManager(rig);
    if (has === hadManager) return;
    hadManager = has;
    void read();
  });
  return {
    ...trials,
    change: (change, done) => (last = last.then(() => changeAndSay(change, done))),
    close: () => {
      clearInterval(timer);
      unwatch();
      trials.stop();
    },
  };
}
